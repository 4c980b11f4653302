"""POST /webhook: verify on the raw bytes, store once, wake a worker, answer. No call to GitHub in here."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from aiohttp import web
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from bot.events import MalformedPayload, job_for
from bot.jobs import Job
from bot.log import get_logger
from bot.metrics import Metrics
from bot.queue import Queue
from bot.settings import Credentials
from bot.store import deliveries, requests
from bot.store.database import Database
from bot.store.deliveries import Delivery, Standing

SIZE_LIMIT: Final = 25 * 1024 * 1024 + 64 * 1024  # GitHub sends at most 25 MiB
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}", re.ASCII)
_NAME = re.compile(r"[a-z_]{1,64}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """Not a delivery we accept: the status and the sentence to answer with."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Headers:
    """What the headers of a delivery say, checked."""

    hook: str
    guid: str
    event: str


def verify(secret: str, signature: str | None, body: bytes) -> None:
    """Refuse unless the body was signed with our secret. In constant time; SHA-1 is not accepted."""
    if signature is None:
        raise Refused(401, "X-Hub-Signature-256 is missing")
    if not _SIGNATURE.fullmatch(signature):
        raise Refused(401, "X-Hub-Signature-256 is malformed")
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise Refused(401, "X-Hub-Signature-256 does not match")


def read_headers(headers: Mapping[str, str]) -> Headers:
    """The event, its id and the hook's, in the form that GitHub sends them."""
    event = headers.get("X-GitHub-Event", "")
    guid = headers.get("X-GitHub-Delivery", "")
    hook = headers.get("X-GitHub-Hook-ID", "")
    if not _NAME.fullmatch(event):
        raise Refused(400, "X-GitHub-Event is missing or malformed")
    if not _ID.fullmatch(guid):
        raise Refused(400, "X-GitHub-Delivery is missing or malformed")
    if not _ID.fullmatch(hook):
        raise Refused(400, "X-GitHub-Hook-ID is missing or malformed")
    return Headers(hook, guid, event)


def read_payload(body: bytes) -> Mapping[str, Any]:
    """The body as a JSON object."""
    try:
        payload = json.loads(body, parse_constant=_not_a_number)
        if b"\\u" in body:  # half of a surrogate pair can be written, but neither stored nor sent
            json.dumps(payload, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused(400, "the body is not JSON") from None
    if not isinstance(payload, dict):
        raise Refused(400, "the body is not a JSON object")
    return payload


def _not_a_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


class Webhook:
    """Takes deliveries for one app."""

    def __init__(self, credentials: Credentials, database: Database, queue: Queue, metrics: Metrics) -> None:
        self._credentials = credentials
        self._database = database
        self._queue = queue
        self._metrics = metrics

    async def post(self, request: web.Request) -> web.Response:
        """Answer a delivery: 202 when it is stored, 4xx when it is none, 503 when it can't be stored."""
        started = time.perf_counter()
        event, guid = request.headers.get("X-GitHub-Event", ""), request.headers.get("X-GitHub-Delivery", "")
        line: dict[str, object] = {"github_event": event[:64], "delivery": guid[:64]}
        try:
            outcome = await self._accept(request, line)
            status, reason = 202, outcome
        except Refused as refused:
            outcome, status, reason = "refused", refused.status, refused.reason
        except web.HTTPRequestEntityTooLarge:
            outcome, status, reason = "refused", 413, "the body is larger than GitHub's limit of 25 MB"
        except (psycopg.Error, PoolTimeout, ConnectorException):
            outcome, status, reason = (
                "not stored",
                503,
                "the delivery could not be stored; redeliver it later",
            )
        seconds = time.perf_counter() - started
        known = event if _NAME.fullmatch(event) and outcome != "refused" else "none"
        self._metrics.deliveries.labels(known, outcome).inc()
        self._metrics.delivery_seconds.observe(seconds)
        get_logger().info(
            "delivery",
            **{**line, "outcome": outcome, "reason": reason, "status": status},
            milliseconds=round(seconds * 1000, 1),
        )
        return web.json_response({"message": reason}, status=status)

    async def _accept(self, request: web.Request, line: dict[str, object]) -> str:
        if request.content_type != "application/json":
            raise Refused(415, "the content type is not application/json")
        signature = request.headers.get("X-Hub-Signature-256")
        body = await request.read()
        verify(self._credentials.webhook_secret, signature, body)
        headers = read_headers(request.headers)
        payload = read_payload(body)
        action = payload.get("action")
        try:
            job = job_for(headers.event, payload, self._credentials.app_id)
        except MalformedPayload as error:
            raise Refused(422, str(error)) from None
        except OverflowError:
            raise Refused(422, "a number in the payload is out of range") from None
        line |= {"action": action if isinstance(action, str) else None, **_ids(job)}
        text = action if isinstance(action, str) and _NAME.fullmatch(action) else ""
        return await self._store(Delivery(headers.hook, headers.guid, headers.event, text), job)

    async def _store(self, delivery: Delivery, job: Job | None) -> str:
        """Delivery, request and wake-up together or not at all: nothing is answered that isn't durable."""
        async with self._database.transaction() as connection:
            standing = await deliveries.store(connection, delivery)
            if job is None:
                return "ignored"
            if standing in {Standing.DONE, Standing.WAITING}:
                return f"known: {standing}"
            number = await requests.ask(connection, job)
            await deliveries.assign(connection, delivery, job.lock, number)
            await self._queue.wake(job.lock, connection=connection)
        return "queued" if standing is Standing.NEW else "queued again"


def _ids(job: Job | None) -> dict[str, object]:
    if job is None:
        return {}
    repository = getattr(job, "repository", None)
    return {
        "job": job.kind,
        "installation": job.installation,
        "repository": repository.full_name if repository else None,
        "number": getattr(job, "number", None),
        "head": getattr(job, "head", None),
    }
