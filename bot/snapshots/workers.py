"""What runs inside a worker process: facts of one file after the other, within limits that the kernel enforces.

Imported by the fork server too, so that every worker is born with the extractors loaded.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from bot.confinement import confine
from checks import extract, failure_text, unreadable

Extract = Callable[[str, bytes], bytes]
READY = b"ready"
MEMORY = 2 << 30  # bytes of address space; a file that needs more is unreadable
PATIENCE = 6  # a file may take this many times its processor time, by the clock, before it counts as hung

extract("sketch", b"")  # loads every extractor once, before the fork


def serve(connection: Connection, read: Extract, seconds: float) -> None:
    """Answer batches until the other end closes: one message of bytes for each file, in order.

    Answers are plain bytes, never pickles: whoever takes over a parser must not get a hold on the parent.
    """
    confine(MEMORY)
    connection.send_bytes(READY)
    try:
        while True:
            for kind, data in connection.recv():
                _alarm(seconds)
                answer = _read(read, kind, data)
                _alarm(0)
                connection.send_bytes(answer)
    except (EOFError, ConnectionError):
        return


def _alarm(seconds: float) -> None:
    """Have the kernel end this process after so much processor time: it also ends a parser stuck in C."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)


def _read(read: Extract, kind: str, data: bytes) -> bytes:
    try:
        return read(kind, data)
    except Exception as error:  # noqa: BLE001 - a defect of one extractor costs the file, not the batch
        return unreadable(f"gonogo's reader failed: {failure_text(error)}")
