"""Faults on demand: the next matching requests are refused, delayed, held, cut or answered differently."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal, TypedDict

Drop = Literal["before", "after"]


class FaultOptions(TypedDict, total=False):
    """The keys of `POST /_sandbox/faults`, and of `Sandbox.fault`; see `Fault`."""

    method: str
    path: str
    times: int
    skip: int
    status: int
    headers: Mapping[str, str]
    body: object
    drop: Drop
    delay: float
    hold: bool
    truncate: int


@dataclass(slots=True, eq=False)
class Fault:
    """`path` is a pattern with `*`, without the `/api/v3` prefix. `skip` lets that many matching requests pass first.

    `drop`: the connection is cut before the request is handled, or after it was (the answer is lost).
    `delay`: seconds before it is handled. `hold`: it waits for `release()`.
    `truncate`: only so many bytes of the true answer arrive, then the connection is cut.
    `status`: answered so, with `headers` and `body`, and not handled.
    """

    method: str = "*"
    path: str = "*"
    times: int = 1
    skip: int = 0
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    drop: Drop | None = None
    delay: float = 0.0
    hold: bool = False
    truncate: int | None = None
    id: int = 0
    used: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and fnmatchcase(path, self.path)

    def release(self) -> None:
        self.released.set()

    def describe(self) -> dict[str, object]:
        names: Sequence[str] = (
            "id",
            "method",
            "path",
            "times",
            "skip",
            "status",
            "drop",
            "delay",
            "hold",
            "truncate",
            "used",
        )
        return {name: getattr(self, name) for name in names}


class Faults:
    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        fault.id = next(self._ids)
        self._faults.append(fault)
        return fault

    def all(self) -> tuple[Fault, ...]:
        return tuple(self._faults)

    def clear(self) -> None:
        for fault in self._faults:
            fault.release()
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that still wants this request."""
        for fault in self._faults:
            if not fault.matches(method, path) or fault.used >= fault.times:
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.used += 1
            fault.reached.set()
            return fault
        return None
