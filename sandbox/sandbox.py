"""A running sandbox: GitHub on loopback, to be told what people do and asked what the app did."""

import secrets
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self, Unpack

from aiohttp import web

from sandbox import sample
from sandbox.authentication import Tokens, new_key
from sandbox.faults import Fault, FaultOptions, Faults
from sandbox.hub import Hub
from sandbox.journal import Journal
from sandbox.limiter import Limiter
from sandbox.manifests import Manifests
from sandbox.model import (
    CheckRun,
    PullRequest,
    Repository,
)
from sandbox.people import People
from sandbox.server import application
from sandbox.settings import Settings
from sandbox.shapes.pulls import page_url
from sandbox.state import State
from sandbox.webhooks import Delivery, Webhooks


def new_hub(settings: Settings) -> Hub:
    state, journal = State(settings), Journal()
    secret = secrets.token_hex(20)
    pem, public = new_key()
    return Hub(
        state=state,
        webhooks=Webhooks(state, journal, secret),
        tokens=Tokens(settings),
        limiter=Limiter(settings),
        faults=Faults(),
        journal=journal,
        manifests=Manifests(),
        public_key=public,
        private_key=pem,
        webhook_secret=secret,
    )


class Sandbox(People):
    """Start with `async with Sandbox.running() as sandbox`. People are named by login; roles are per repository."""

    def __init__(self, hub: Hub, scratch: Path) -> None:
        super().__init__(hub, scratch)
        self.faults = hub.faults
        self.requests = hub.journal

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        settings: Settings | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        webhook_url: str | None = None,
    ) -> AsyncIterator[Self]:
        hub = new_hub(settings or Settings())
        hub.webhooks.url = webhook_url
        runner = web.AppRunner(application(hub), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        with tempfile.TemporaryDirectory(prefix="sandbox-") as scratch:
            try:
                await web.TCPSite(runner, host, port).start()
                _announce_addresses(hub, host, runner.addresses[0][1])
                yield cls(hub, Path(scratch))
            finally:
                hub.faults.clear()
                await hub.webhooks.close()
                await runner.cleanup()
                for repository in hub.state.repositories.values():
                    repository.git.close()

    # What the app is configured with

    @property
    def api_url(self) -> str:
        return self.state.api_url

    @property
    def html_url(self) -> str:
        return self.state.html_url

    @property
    def app_id(self) -> int:
        return self.state.app.id

    @property
    def private_key(self) -> str:
        return self.hub.private_key

    @property
    def webhook_secret(self) -> str:
        return self.hub.webhook_secret

    @property
    def webhook_url(self) -> str | None:
        return self.hub.webhooks.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self.hub.webhooks.url = url

    def page_url(self, pull: PullRequest) -> str:
        return page_url(self.state, pull)

    # Faults, limits, deliveries

    def fault(self, **what: Unpack[FaultOptions]) -> Fault:
        """The next matching requests go wrong; see `sandbox.faults.Fault` for how."""
        return self.faults.add(Fault(**what))

    def exhaust(self, repository: Repository, resource: str = "core", seconds: float | None = None) -> None:
        """The primary rate limit of the repository's installation is used up."""
        self.hub.limiter.exhaust(f"installation {self.installation(repository).id}", resource, seconds)

    def expire_tokens(self) -> None:
        self.hub.tokens.expire_all()

    def manifest_code(self) -> str:
        return self.hub.manifests.code(self.state.settings.clock())

    def open_sample(self) -> PullRequest:
        """The pull request that is shipped with the sandbox, with its next commit prepared."""
        made = sample.build(self._scratch / "sample.git")
        repository = self.add_repository("parcels/parcels", made.path, default_branch=made.base_branch)
        return self.open_pull_request(
            repository,
            head=made.head_branch,
            title=sample.TITLE,
            body=sample.BODY,
            prepared=[str(sha) for sha in made.next],
        )

    @property
    def deliveries(self) -> list[Delivery]:
        return self.hub.webhooks.deliveries

    def redeliver(self, delivery: Delivery) -> Delivery:
        return self.hub.webhooks.redeliver(delivery)

    async def delivered(self, seconds: float = 20.0) -> None:
        """Until every webhook sent so far was answered or failed."""
        await self.hub.webhooks.idle(seconds)

    async def wait_until(self, true: Callable[[], bool], seconds: float = 20.0) -> None:
        """Until the condition holds; asked after every request and every delivery."""
        await self.requests.wait_until(true, seconds)

    async def check_run(self, pull: PullRequest, name: str, *, seconds: float = 20.0) -> CheckRun:
        """The latest run of that name on the head, once it is completed."""

        def latest() -> list[CheckRun]:
            return self.check_runs(pull, name)[-1:]

        await self.wait_until(lambda: any(run.status == "completed" for run in latest()), seconds)
        return latest()[0]


def _announce_addresses(hub: Hub, host: str, port: int) -> None:
    """Archives come from another host name, as on GitHub, so that a client must not take its credentials there."""
    here = f"http://{host}:{port}"
    hub.state.html_url = here
    hub.state.api_url = f"{here}/api/v3" if hub.state.settings.enterprise else here
    hub.state.codeload_url = f"http://localhost:{port}" if host == "127.0.0.1" else here
