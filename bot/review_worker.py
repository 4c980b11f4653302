"""What runs inside a review's worker process: one review, within limits that the kernel enforces.

Imported by the fork server too, so that every worker is born with the checks loaded.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from pydantic import TypeAdapter

from bot.confinement import confine
from bot.written import Case, Facts, Written
from checks import all_checks, failure_text

Write = Callable[[Case, Facts], Written]
MADE = b"made"
FAILED = b"failed"
MEMORY = 4 << 30  # bytes of address space
WRITTEN: TypeAdapter[Written] = TypeAdapter(Written)

all_checks()  # finds and loads every check once, before the fork


def serve(connection: Connection, write: Write, seconds: float) -> None:
    """Make the one review that the other end describes, and answer with its texts, or with what failed.

    Answers are JSON, never pickles: whoever takes over a review must not get a hold on the parent.
    """
    confine(MEMORY)
    signal.setitimer(signal.ITIMER_REAL, seconds)  # also when nobody is left who would kill us
    try:
        case, facts = connection.recv(), {}
        while piece := connection.recv():
            facts.update(piece)
        for message in _answer(write, case, facts):
            connection.send_bytes(message)
    except (EOFError, ConnectionError):
        return


def _answer(write: Write, case: Case, facts: Facts) -> tuple[bytes, bytes]:
    try:
        return MADE, WRITTEN.dump_json(write(case, facts))
    except Exception as error:  # noqa: BLE001 - a defect of ours is told to the parent, by its kind and place only
        return FAILED, failure_text(error).encode()
