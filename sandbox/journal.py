"""The log of every API request and its answer, so that tests can count calls and hold them against GitHub's description."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

KEPT_BODY = 1_000_000
KEPT_ENTRIES = 5_000


@dataclass(slots=True, eq=False)
class Entry:
    """`template` is the path as GitHub's description writes it; `status` 0 means that the connection was cut unanswered."""

    id: int
    at: datetime
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    template: str | None = None
    request: bytes = b""
    status: int = 0
    answer: bytes | None = None
    answer_headers: Mapping[str, str] = field(default_factory=dict)
    resource: str = ""
    caller: str = ""
    points: int = 0
    secondary_points: int = 0
    creates_content: bool = False
    fault: int | None = None
    done: bool = False

    @property
    def request_json(self) -> Any:
        return json.loads(self.request) if self.request else None

    @property
    def answer_json(self) -> Any:
        is_json = self.answer_headers.get("Content-Type", "").startswith("application/json")
        return json.loads(self.answer) if self.answer and is_json else None

    def describe(self) -> dict[str, object]:
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "method": self.method,
            "path": self.path,
            "query": dict(self.query),
            "template": self.template,
            "request": self.request.decode("utf-8", "replace"),
            "status": self.status,
            "answer": None if self.answer is None else self.answer.decode("utf-8", "replace"),
            "resource": self.resource,
            "caller": self.caller,
            "points": self.points,
            "secondary_points": self.secondary_points,
            "creates_content": self.creates_content,
            "fault": self.fault,
            "done": self.done,
        }


class Journal:
    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.entries: deque[Entry] = deque(maxlen=KEPT_ENTRIES)
        self._changed = asyncio.Condition()

    def next_id(self) -> int:
        return next(self._ids)

    def begin(self, entry: Entry) -> None:
        self.entries.append(entry)

    async def finish(self, entry: Entry) -> None:
        entry.done = True
        async with self._changed:
            self._changed.notify_all()

    def clear(self) -> None:
        self.entries.clear()

    def select(self, method: str = "*", path: str = "*") -> list[Entry]:
        """Finished and running requests whose path (without `/api/v3`) matches the pattern."""
        return [e for e in self.entries if method in ("*", e.method) and fnmatchcase(e.path, path)]

    async def wait_for(
        self, method: str = "*", path: str = "*", *, count: int = 1, seconds: float = 10.0
    ) -> list[Entry]:
        """Until so many matching requests were answered."""

        def found() -> list[Entry]:
            return [entry for entry in self.select(method, path) if entry.done]

        await self.wait_until(lambda: len(found()) >= count, seconds)
        return found()

    async def wait_until(self, true: Callable[[], bool], seconds: float = 10.0) -> None:
        """Until the condition holds; it is asked after every answer and every delivery."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(true)

    async def poke(self) -> None:
        async with self._changed:
            self._changed.notify_all()
