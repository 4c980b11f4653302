"""A lock on a file that the kernel gives back when the process that holds it dies."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """POSIX record locks: owned by the process, so that worker processes forked from us don't hold them too."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self) -> None:
        """Exclusively; waits."""
        fcntl.lockf(self._open(), fcntl.LOCK_EX)

    def try_exclusive(self) -> bool:
        """Exclusively, or false when another process has it in any way."""
        try:
            fcntl.lockf(self._open(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def share(self) -> None:
        """Together with others."""
        fcntl.lockf(self._open(), fcntl.LOCK_SH)

    def release(self) -> None:
        """Give it back, in whatever way it is held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _open(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file
