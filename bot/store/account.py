"""Under whose account PostgreSQL runs: ours; but it refuses root, so root runs it as somebody else."""

import os
import pwd
import stat
from pathlib import Path
from typing import Any

from bot.log import get_logger


class NoAccount(Exception):  # noqa: N818 - says what it is
    """Root, and nobody to run it as."""


def is_root() -> bool:
    """Are we?"""
    return os.geteuid() == 0


def owner() -> int:
    """The user id that owns its files."""
    return _other().pw_uid if is_root() else os.geteuid()


def process_options() -> dict[str, Any]:
    """For subprocess: the account, and an environment without our secrets."""
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    if not is_root():
        return {"env": environment}
    other = _other()
    return {"env": environment, "user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def own(path: Path) -> None:
    """Make it the server's."""
    if is_root():
        os.chown(path, _other().pw_uid, _other().pw_gid)


def open_way(*places: Path) -> None:
    """As root: let the other account pass through (not read) the folders above these."""
    if not is_root():
        return
    for folder in sorted(
        {folder for place in places for folder in (place, *place.parents) if folder.is_dir()}
    ):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            get_logger().warning("folder opened for passing through", folder=str(folder))
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _other() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoAccount("started by root, and there is no user `nobody` to run PostgreSQL: set DATABASE_URL")
