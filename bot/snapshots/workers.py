"""What runs inside a worker process: facts of one file after the other, within limits that the kernel enforces.

Imported by the fork server too, so that every worker is born with the extractors loaded.
"""

from __future__ import annotations

import resource
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from checks import extract, unreadable

Extract = Callable[[str, bytes], bytes]
READY = b"ready"
MEMORY = 2 << 30  # bytes of address space; a file that needs more is unreadable
PATIENCE = 6  # a file may take this many times its processor time, by the clock, before it counts as hung

extract("sketch", b"")  # loads every extractor once, before the fork


def serve(connection: Connection, read: Extract, seconds: float) -> None:
    """Answer batches until the other end closes: one message of bytes for each file, in order.

    Answers are plain bytes, never pickles: whoever takes over a parser must not get a hold on the parent.
    """
    _limit()
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


def _limit() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when Ctrl-C ends a worker
    for deadly in (signal.SIGPROF, signal.SIGALRM, signal.SIGTERM):
        signal.signal(deadly, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the repository's content
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard in {resource.RLIM_INFINITY, -1} or hard > MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


def _alarm(seconds: float) -> None:
    """Have the kernel end this process after so much processor time: it also ends a parser stuck in C."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE)


def _read(read: Extract, kind: str, data: bytes) -> bytes:
    try:
        return read(kind, data)
    except Exception as error:  # noqa: BLE001 - a defect of one extractor costs the file, not the batch
        where = traceback.extract_tb(error.__traceback__)[-1]
        # The error's text may quote the file, so only its type and our own line are told.
        return unreadable(
            f"gonogo's reader failed: {type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
        )
