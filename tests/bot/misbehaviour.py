"""Reviews that go wrong, as they run in a worker process: what happens is said by the case's policy source."""

import os
import signal
import time
from pathlib import Path

from bot.written import Case, Facts, Written, write


def misbehave(folder: str, how: str, times: int, case: Case, facts: Facts) -> Written:
    """The first so many reviews go wrong in this way, the rest are made; each leaves its process id."""
    turn = len(list(Path(folder).iterdir()))
    Path(folder, f"{turn}").write_text(str(os.getpid()))
    if turn < times:
        wrong(how)
    return write(case, facts)


def wrong(how: str) -> None:
    """Never returns well."""
    if how == "spin":
        while True:
            pass
    if how == "sleep":
        time.sleep(600)
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "exit":
        os._exit(3)
    if how == "memory":
        _ = bytearray(5 << 30)
    raise ZeroDivisionError("content of the repository")
