"""Which processes of the machine are PostgreSQL servers of ours."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path


def is_postmaster(pid: int, data: Path) -> bool:
    """Does this id belong to a PostgreSQL that runs in this directory?"""
    command = _command_line(pid)
    return any(word.endswith("postgres") for word in command[:1]) and str(data) in command


def first_number(path: Path) -> int | None:
    """The process id that a lock file of PostgreSQL begins with."""
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def exists(pid: int) -> bool:
    """Is there any process of this id?"""
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
