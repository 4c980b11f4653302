"""A child process: gone when we say so, confined, and quiet when nobody is left to talk to."""

import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection

import pytest

from bot import child, review_worker
from bot.child import Child, how_it_ended
from bot.review_process import PRELOAD
from bot.written import write

GIB = 1 << 30


def stay(connection: Connection) -> None:
    """Goes on although its pipe was closed."""
    connection.send(None)
    time.sleep(600)


def test_one_that_does_not_end_with_its_pipe_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "CLOSING_SECONDS", 0.1)
    stubborn = Child(stay, preload=PRELOAD)
    stubborn.connection.recv()
    assert stubborn.end() == -signal.SIGKILL
    stubborn.kill()  # too late, and no matter: whoever kills it is in another thread


def test_a_review_that_nobody_asked_for_ends_by_itself() -> None:
    """The app ended between the start of the process and its first word."""
    assert Child(review_worker.serve, write, 60, preload=PRELOAD).end() == 0


@pytest.mark.parametrize(
    ("exit_code", "said"),
    [
        (-9, "SIGKILL"),
        (-200, "exit status -200"),
        (3, "exit status 3"),
        (0, "exit status 0"),
        (None, "exit status None"),
    ],
)
def test_how_it_ended(exit_code: int | None, said: str) -> None:
    assert how_it_ended(exit_code) == said


@pytest.mark.parametrize(
    ("before", "after"), [(8 * GIB, 4 * GIB), (2 * GIB, 2 * GIB)], ids=["lowered", "never raised"]
)
def test_memory_is_limited_and_no_core_is_left(before: int, after: int) -> None:
    """A stricter limit of whoever started the app stays."""
    lines = (
        "import resource, signal",
        "from bot.confinement import confine",
        f"resource.setrlimit(resource.RLIMIT_AS, ({before}, {before}))",
        f"confine({4 * GIB})",
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0])",
        "print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(after), "0", "True"]
