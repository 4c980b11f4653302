"""gonogo demo: the app against the sandbox, end to end, in the browser. Nothing leaves this machine."""

from __future__ import annotations

import asyncio
import socket
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.errors import UsageError, listening

if TYPE_CHECKING:
    from bot.settings import Settings
    from sandbox.model import PullRequest
    from sandbox.sandbox import Sandbox

LOOPBACK = "127.0.0.1"


def demo(
    repository: Annotated[
        Path | None,
        typer.Option("--repo", metavar="PATH", help="A local git repository instead of the sample."),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="REV", help="With --repo: what to merge into.")
    ] = None,
    head: Annotated[
        str, typer.Option("--head", metavar="REV", help="With --repo: the change's last commit.")
    ] = "HEAD",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Of the page; 0 takes a free one.")
    ] = 0,
) -> None:
    """Show the app at work, in the browser.

    Opens a pull request on a GitHub that runs on this machine, has the app review it, and prints the page's address.
    """
    from bot.log import configure_logs  # noqa: PLC0415 - the server is heavy

    change = _change(repository, base, head)
    configure_logs("error", "console", sys.stderr)
    try:
        asyncio.run(_demo(change, port))
    except OSError as error:
        raise listening(error, f"{LOOPBACK} (see --port)") from None


def _change(repository: Path | None, base: str | None, head: str) -> tuple[Path, str, str] | None:
    """The change to show, checked before anything is started; None for the sample."""
    from bot.snapshots.local import LocalRepository, LocalRepositoryError  # noqa: PLC0415

    if repository is None and base is None and head == "HEAD":
        return None
    if base is None:
        raise UsageError("--repo and --head need --base: the revision that the change is to be merged into")
    folder = repository or Path()
    try:
        with closing(LocalRepository(folder)) as opened:
            opened.merge_base(base, head)
            # A branch keeps its name on the page; anything else is shown as the commit that it is.
            return folder, base, opened.commit(head) if head == "HEAD" else head
    except LocalRepositoryError as error:
        raise UsageError(str(error)) from None


async def _demo(change: tuple[Path, str, str] | None, port: int) -> None:
    import tempfile  # noqa: PLC0415

    from bot.app import serve  # noqa: PLC0415
    from sandbox.sandbox import Sandbox  # noqa: PLC0415

    up = asyncio.Event()
    with tempfile.TemporaryDirectory(prefix="gonogo-") as data:
        async with Sandbox.running(port=port) as sandbox:
            settings = _settings(sandbox, Path(data))
            app = asyncio.create_task(serve(settings, listening=lambda _: up.set()))
            try:
                if await _first(up, app):
                    sandbox.webhook_url = f"{settings.public_url}/webhook"
                    _greet(sandbox, _opened(sandbox, change), settings)
                await app
            finally:
                sandbox.webhook_url = None
                app.cancel()
                await asyncio.gather(app, return_exceptions=True)


async def _first(up: asyncio.Event, app: asyncio.Task[None]) -> bool:
    """Whether the app came up before it ended."""
    waiting = asyncio.ensure_future(up.wait())
    await asyncio.wait({waiting, app}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return up.is_set()


def _opened(sandbox: Sandbox, change: tuple[Path, str, str] | None) -> PullRequest:
    return sandbox.from_repository(*change) if change else sandbox.open_sample()


def _settings(sandbox: Sandbox, data: Path) -> Settings:
    """Everything is said here, so that nothing of the environment gets in."""
    from pydantic import SecretStr  # noqa: PLC0415

    from bot.settings import Settings  # noqa: PLC0415

    port = _free_port()
    return Settings(
        app_id=sandbox.app_id,
        private_key=SecretStr(sandbox.private_key),
        private_key_path=None,
        webhook_secret=SecretStr(sandbox.webhook_secret),
        github_api_url=sandbox.api_url,
        database_url=None,
        data_dir=data,
        host=LOOPBACK,
        port=port,
        public_url=f"http://{LOOPBACK}:{port}",
        log_level="error",
        log_format="console",
        write_spacing=0,
    )


def _free_port() -> int:
    """A port for the app: its pages are linked to before it listens."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        number: int = probe.getsockname()[1]
        return number


def _greet(sandbox: Sandbox, pull: PullRequest, settings: Settings) -> None:
    typer.echo(f"The pull request:  {sandbox.page_url(pull)}")
    typer.echo(f"The app:           {settings.public_url}")
    typer.echo(
        "Type /gonogo recheck into a comment, press Re-run, or push the next commit there. Ctrl-C ends both."
    )
