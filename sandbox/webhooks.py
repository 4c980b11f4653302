"""Signed webhooks, really posted, with a log of every attempt."""

import asyncio
import hashlib
import hmac
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from sandbox.journal import Journal
from sandbox.model import Installation, Payload, Repository
from sandbox.shapes.accounts import installation as installation_shape
from sandbox.state import State

HOOK_ID = 77_001
AUTOMATIC = frozenset({"check_run", "check_suite"})
ALWAYS = frozenset({"installation", "installation_repositories", "installation_target"})


@dataclass(slots=True, eq=False)
class Delivery:
    """One attempt; a redelivery is a new one with the same `guid`."""

    id: int
    guid: str
    event: str
    action: str | None
    body: bytes
    installation_id: int | None
    repository_id: int | None
    delivered_at: datetime
    redelivery: bool = False
    throttled_at: datetime | None = None
    duration: float = 0.0
    status: str = ""
    status_code: int = 0
    request_headers: dict[str, str] = field(default_factory=dict)
    response_headers: dict[str, str] = field(default_factory=dict)
    response_body: str = ""
    done: bool = False

    @property
    def payload(self) -> Payload:
        loaded: Payload = json.loads(self.body)
        return loaded

    @property
    def succeeded(self) -> bool:
        return 200 <= self.status_code < 300


class Webhooks:
    """`url` None means that the app's hook is switched off: nothing is sent, nothing is logged."""

    def __init__(self, state: State, journal: Journal, secret: str) -> None:
        self.url: str | None = None
        self.deliveries: list[Delivery] = []
        self._state = state
        self._journal = journal
        self._secret = secret
        self._running: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(state.settings.webhooks_at_once)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        for task in tuple(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def idle(self, seconds: float = 20.0) -> None:
        """Until everything sent so far was answered or failed."""
        async with asyncio.timeout(seconds):
            while self._running:
                await asyncio.wait(tuple(self._running))

    def emit(
        self,
        event: str,
        action: str | None,
        payload: Payload,
        installation: Installation,
        repository: Repository | None = None,
    ) -> Delivery | None:
        if self.url is None or not self._subscribed(event, installation):
            return None
        reference = {
            "id": installation.id,
            "node_id": f"MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u{installation.id}",
        }
        whole = installation_shape(self._state, installation) if event in ALWAYS else reference
        body = {} if action is None else {"action": action}
        return self._send(
            Delivery(
                id=self._state.next_id(),
                guid=str(uuid.uuid4()),
                event=event,
                action=action,
                body=json.dumps(body | payload | {"installation": whole}).encode("utf-8"),
                installation_id=installation.id,
                repository_id=None if repository is None else repository.id,
                delivered_at=self._state.now(),
            )
        )

    def redeliver(self, past: Delivery) -> Delivery:
        return self._send(
            Delivery(
                id=self._state.next_id(),
                guid=past.guid,
                event=past.event,
                action=past.action,
                body=past.body,
                installation_id=past.installation_id,
                repository_id=past.repository_id,
                delivered_at=self._state.now(),
                redelivery=True,
            )
        )

    def _subscribed(self, event: str, installation: Installation) -> bool:
        if event in ALWAYS:
            return True
        if installation.suspended_at is not None:
            return False
        if event in AUTOMATIC:
            return installation.permissions.get("checks") == "write"
        return event in installation.events

    def _send(self, delivery: Delivery) -> Delivery:
        self.deliveries.append(delivery)
        task = asyncio.get_running_loop().create_task(self._deliver(delivery))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return delivery

    def _headers(self, delivery: Delivery) -> dict[str, str]:
        def sign(name: str) -> str:
            return f"{name}=" + hmac.new(self._secret.encode("utf-8"), delivery.body, name).hexdigest()

        headers = {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/" + hashlib.sha256(delivery.body).hexdigest()[:7],
            "X-GitHub-Delivery": delivery.guid,
            "X-GitHub-Event": delivery.event,
            "X-GitHub-Hook-ID": str(HOOK_ID),
            "X-GitHub-Hook-Installation-Target-ID": str(self._state.app.id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-Hub-Signature": sign("sha1"),
            "X-Hub-Signature-256": sign("sha256"),
        }
        if self._state.settings.enterprise:
            headers |= {"X-GitHub-Enterprise-Host": "localhost", "X-GitHub-Enterprise-Version": "3.19.0"}
        return headers

    async def _deliver(self, delivery: Delivery) -> None:
        if self._slots.locked():
            delivery.throttled_at = self._state.now()
            await self._journal.poke()
        delivery.request_headers = self._headers(delivery)
        async with self._slots:
            started = asyncio.get_running_loop().time()
            await self._post(delivery)
            delivery.duration = round(asyncio.get_running_loop().time() - started, 3)
        delivery.done = True
        await self._journal.poke()

    async def _post(self, delivery: Delivery) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self._state.settings.webhook_seconds)
        try:
            async with self._session.post(
                self.url or "",
                data=delivery.body,
                headers=delivery.request_headers,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                delivery.response_body = (await response.content.read(10_000)).decode("utf-8", "replace")
                delivery.response_headers = dict(response.headers)
                delivery.status_code = response.status
                delivery.status = "OK" if delivery.succeeded else f"Invalid HTTP Response: {response.status}"
        except TimeoutError:
            delivery.status, delivery.status_code = "timed out", 504
        except (aiohttp.ClientError, OSError):
            delivery.status, delivery.status_code = "failed to connect to host", 502
