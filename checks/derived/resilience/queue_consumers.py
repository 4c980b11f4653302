"""Consumers of queues, and what becomes of a message whose work fails."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.derived.project_kind import Project
from checks.facts.python_source import PythonSource
from checks.facts.source import BodyForm, Call, Source
from checks.snapshot import Snapshot

_TAKES = re.compile(
    r"\.(?:bzpopmin|bzpopmax|blpop|brpop|BLPop|BRPop|BZPopMin|BZPopMax|blPop|brPop|bzPopMin)$"
)
_AUTO = re.compile(r"\.(?:basic_consume|Consume|consume|subscribe)$")
_KEEPS = re.compile(
    r"\.(?:lpush|rpush|zadd|xadd|LPush|RPush|ZAdd|XAdd|lPush|rPush|zAdd|xAdd|nack|Nack|basic_nack|reject|requeue|hset|HSet|publish|Publish|enqueue|Enqueue|push|re_?queue\w*)$"
    r"|dead_?letter|dlq|retr(?:y|ies)|requeue|re_enqueue|move_to_failed|mark_failed|fail_task",
    re.IGNORECASE,
)
_GIVES_BACK = re.compile(r"\.(?:[nN]ack|negative_?acknowledge|[rR]eject|[rR]equeue)$", re.IGNORECASE)
_JOINS = re.compile(r"^(.+)\.join$")
_QUEUES = re.compile(
    r"^(?:asyncio|queue)\.(?:Priority|Lifo)?Queue$|^JoinableQueue$|^(?:multiprocessing\.)?JoinableQueue$"
)


@dataclass(frozen=True, slots=True)
class QueueConsumer:
    """A place that takes messages; `kept` where a failed one is not lost."""

    path: str
    line: int
    subject: str
    message: str
    kept: bool
    looked_for: str


@dataclass(frozen=True)
class QueueConsumers:
    """All of them, by path."""

    all: tuple[QueueConsumer, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = dict(snapshot.shipped(Source))
        found = tuple(one for path, source in sources.items() for one in _in_file(path, source))
        idle = {
            one.path: names for one in found if one.kept and (names := _gives_nothing_back(sources[one.path]))
        }
        if not idle:
            return cls(found)
        called = _given_back(snapshot, sources)
        lost = {
            path for path, names in idle.items() if not names.isdisjoint(called[_component(snapshot, path)])
        }
        return cls(tuple(replace(one, kept=one.kept and one.path not in lost) for one in found))


def _given_back(snapshot: Snapshot, sources: dict[str, Source]) -> dict[str, set[str]]:
    """By component, the negative acknowledgements that its code calls: it believes that the message is kept."""
    called: dict[str, set[str]] = defaultdict(set)
    for path, source in sources.items():
        names = {call.callee.rpartition(".")[2] for call in source.calls if _GIVES_BACK.search(call.callee)}
        if names:
            called[_component(snapshot, path)] |= names
    return called


def _component(snapshot: Snapshot, path: str) -> str:
    component = snapshot.derived(Project).component_of(path)
    return component.folder if component else ""


def _gives_nothing_back(source: Source) -> set[str]:
    """The negative acknowledgements that the file defines and that do nothing."""
    idle = (one for one in source.definitions if one.body is BodyForm.EMPTY and not one.abstract)
    return {one.name.rpartition(".")[2] for one in idle if _GIVES_BACK.search(one.name)}


def _in_file(path: str, source: Source) -> Iterator[QueueConsumer]:
    yield from _taken(path, source)
    if isinstance(source, PythonSource):
        yield from _joined(path, source)


def _taken(path: str, source: Source) -> Iterator[QueueConsumer]:
    """One place a file: what takes messages off a queue for good."""
    call = next((one for one in source.calls if _takes(one) and not source.in_test(one.line)), None)
    if call is not None:
        kept = any(_KEEPS.search(other.callee) for other in source.calls) or _hands_on(source, call)
        queue = next(
            (a.text for a in call.arguments if a.literal and a.name is None and not a.text[:1].isdigit()),
            "the queue",
        )
        message = f"`{call.callee}` takes messages off `{queue}` for good, and a failed one is kept nowhere."
        looked = "a second list, a retry, a negative acknowledgement or a dead letter queue"
        yield QueueConsumer(path, call.line, "messages of a queue", message, kept, looked)


def _takes(call: Call) -> bool:
    if _TAKES.search(call.callee):
        return True
    auto = call.argument("auto_ack") or call.argument("no_ack") or call.argument("noAck")
    return auto is not None and auto.text in ("True", "true") and _AUTO.search(call.callee) is not None


def _hands_on(source: Source, call: Call) -> bool:
    """An adapter that returns the message leaves its fate to the caller: nothing in it loops over work."""
    inside = [one for one in source.calls if one.inside == call.inside]
    return (
        call.inside is not None
        and re.search(
            r"(?:^|[._])(?:pop|dequeue|receive|get|next|take|fetch)\w*$", call.inside, re.IGNORECASE
        )
        is not None
        and len(inside) < 12
    )


def _joined(path: str, source: Source) -> Iterator[QueueConsumer]:
    """A queue that is waited for and whose items nobody marks as done: the wait never ends."""
    queues = {binding.name for binding in source.bindings if _QUEUES.match(binding.value)}
    done = {call.callee.rpartition(".")[0] for call in source.calls if call.callee.endswith(".task_done")}
    for call in source.calls:
        joined = _JOINS.match(call.callee)
        if joined and joined.group(1) in queues and not call.arguments:
            name = joined.group(1)
            message = f"`{name}.join()` waits for ever: nothing marks an item of `{name}` as done."
            yield QueueConsumer(path, call.line, f"{name}.join", message, bool(done), "`task_done`")
