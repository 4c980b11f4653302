"""`gonogo serve` as a process of its own, so that it can be killed."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

import bot
from bot.settings import Settings
from tests.bot.service import PATIENCE, until

_ROOT = Path(bot.__file__).parents[1]


def free_port() -> int:
    """One that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(settings: Settings) -> dict[str, str]:
    """What these settings are as environment variables."""
    ours = {name.upper() for name in Settings.model_fields}
    variables = {name: value for name, value in os.environ.items() if name not in ours}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        secret = getattr(value, "get_secret_value", None)
        if value is not None:
            variables[name.upper()] = secret() if secret else str(value)
    return variables


def _processes() -> dict[int, int]:
    """Each living process and its parent; the dead ones that nobody has taken note of yet are left out."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,state="], check=True, capture_output=True, text=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()]
    return {int(pid): int(parent) for pid, parent, state in rows if not state.startswith("Z")}


def lives(process: int) -> bool:
    """Does it run?"""
    return process in _processes()


def _family(process: int) -> list[int]:
    children = [pid for pid, parent in _processes().items() if parent == process]
    return [process, *(one for child in children for one in _family(child))]


@dataclass(slots=True)
class Server:
    """One process at a time, on one port, with one DATA_DIR."""

    settings: Settings
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    async def start(self) -> None:
        """Until it is ready."""
        process = self._spawn()
        async with aiohttp.ClientSession() as http, asyncio.timeout(PATIENCE):
            while not await self._ready(http):
                assert process.poll() is None, self.log.read_text()[-3000:]
                await asyncio.sleep(0.03)

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=_ROOT,
                env=environment(self.settings),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        return self.process

    def kill(self) -> None:
        """The process alone, without a chance to tidy up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def kill_with_database(self) -> None:
        """The process and its embedded PostgreSQL at once, as when a container dies."""
        assert self.process is not None
        everything = [self.process.pid, *_family(self.postmaster())]
        for one in everything:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.process.wait()

    def postmaster(self) -> int:
        """The embedded PostgreSQL."""
        text = (self.settings.data_dir / "postgres" / "postmaster.pid").read_text()
        return int(text.split("\n", 1)[0])

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """As an operator does; the exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        process = self.process
        await until(lambda: process.poll() is not None)
        return int(process.returncode)

    async def _ready(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(f"{self.address}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


@contextlib.asynccontextmanager
async def serving(settings: Settings, log: Path) -> AsyncIterator[Server]:
    """A started server; killed in the end if it still runs."""
    server = Server(settings, log)
    try:
        await server.start()
        yield server
    finally:
        if server.process is not None:
            await server.stop()
