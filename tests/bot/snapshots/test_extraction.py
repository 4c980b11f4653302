"""The pool of processes: a file that kills or hangs its parser costs that file, and nothing else."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from bot.snapshots.extraction import ExtractionError, Extractor, Task
from checks import extract


def read(kind: str, data: bytes) -> bytes:
    """A reader that does what the file says. It runs in a worker process."""
    if data.startswith(b"signal "):
        os.kill(os.getpid(), int(data.split()[1]))
    if data.startswith(b"once "):
        _die_once(data.split()[1].decode())
    if data == b"exit":
        os._exit(3)
    if data == b"spin":
        while True:
            pass
    if data == b"sleep":
        time.sleep(600)
    if data == b"raise":
        raise ZeroDivisionError("a secret of the file")
    if data == b"memory":
        return b"x" * (3 << 30)
    return json.dumps({"kind": kind, "bytes": len(data)}).encode()


def _die_once(marker: str) -> None:
    if not os.path.exists(marker):  # noqa: PTH110
        with open(marker, "w"):  # noqa: PTH123
            os.kill(os.getpid(), signal.SIGKILL)


def tasks(*contents: bytes, around: int = 0) -> list[Task]:
    """Tasks for the contents, with so many good files before and after."""
    good = [b"good"] * around
    return [Task(f"blob-{number}", "kind", data) for number, data in enumerate([*good, *contents, *good])]


@pytest.fixture
def extractor() -> Iterator[Extractor]:
    with Extractor(2, read=read, seconds=1) as pool:
        yield pool


def test_the_real_reader() -> None:
    """By default the facts are those of the engine."""
    files = [Task("a", "sketch", b"one\ntwo\n"), Task("b", "sketch", b"\0")]
    with Extractor(1) as pool:
        assert pool.run(files) == {t.key: extract(t.kind, t.data) for t in files}


def test_every_file_is_answered(extractor: Extractor) -> None:
    """Many more files than fit into one batch, drawn lazily; the progress adds up."""
    done: list[int] = []
    facts = extractor.run((task for task in tasks(around=500)), done.append)
    assert len(facts) == sum(done) == 1_000
    assert set(facts.values()) == {b'{"kind": "kind", "bytes": 4}'}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"signal 11", "its parser died (SIGSEGV)"),
        (b"signal 9", "its parser died (SIGKILL)"),
        (b"exit", "its parser died (exit status 3)"),
        (b"spin", "reading it took more than 1 seconds"),
        (b"raise", "gonogo's reader failed: ZeroDivisionError at bot/snapshots/workers.py:"),
        (b"memory", "gonogo's reader failed: MemoryError at bot/snapshots/workers.py:"),
    ],
)
def test_a_deadly_file_costs_itself(extractor: Extractor, content: bytes, reason: str) -> None:
    """Every other file of the same batch has its facts; the file's own content is in no reason."""
    facts = extractor.run(tasks(content, around=20))
    assert len(facts) == 41
    unreadable = [json.loads(data)["unreadable"] for data in facts.values() if b"unreadable" in data]
    assert len(unreadable) == 1
    assert unreadable[0].startswith(reason)
    assert "secret" not in unreadable[0]


def test_a_sleeping_parser_ends_too() -> None:
    """One that uses no processor time is ended by the clock."""
    with Extractor(1, read=read, seconds=0.2) as pool:
        facts = pool.run(tasks(b"sleep", around=1))
    assert b"took more than 0.2 seconds" in facts["blob-1", "kind"]
    assert facts["blob-2", "kind"] == b'{"kind": "kind", "bytes": 4}'


def test_many_deadly_files(extractor: Extractor) -> None:
    facts = extractor.run(tasks(b"signal 11", b"good", b"exit", b"signal 11", around=2))
    assert sum(b"unreadable" in data for data in facts.values()) == 3
    assert len(facts) == 8


def test_a_worker_killed_from_outside_costs_nothing(extractor: Extractor, tmp_path: object) -> None:
    """A file is blamed only when a second worker dies of it."""
    facts = extractor.run(tasks(f"once {tmp_path}/marker".encode(), around=3))
    assert not any(b"unreadable" in data for data in facts.values())


async def test_for_the_event_loop(extractor: Extractor) -> None:
    """Several jobs share the pool; each gets its own answers."""
    jobs = [extractor.run_async(tasks(b"signal 11", around=number)) for number in (1, 100, 200)]
    answers = await asyncio.gather(*jobs)
    assert [len(facts) for facts in answers] == [3, 201, 401]
    assert [sum(b"unreadable" in data for data in facts.values()) for facts in answers] == [1, 1, 1]


def test_closing_ends_a_running_job() -> None:
    """Ctrl-C doesn't wait for a parser."""
    pool = Extractor(1, read=read, seconds=60)
    drawn = Event()
    failures: list[BaseException] = []

    def draw() -> Iterator[Task]:
        yield from tasks(b"sleep")
        drawn.set()

    def work() -> None:
        try:
            pool.run(draw())
        except ExtractionError as error:
            failures.append(error)

    thread = Thread(target=work)
    thread.start()
    assert drawn.wait(20)
    began = time.monotonic()
    pool.close()
    thread.join(20)
    assert [str(error) for error in failures] == ["the pool was closed"]
    assert time.monotonic() - began < 15


def test_an_empty_job_starts_nothing(extractor: Extractor) -> None:
    assert extractor.run([]) == {}
