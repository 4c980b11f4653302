"""Handlers that change a record by its id, and whether they ask who the user is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.request_handlers import RequestHandler, RequestHandlers
from checks.snapshot import Snapshot

_USER = re.compile(
    r"current_?user|user_?(?:id|view|session)|auth|session|claims|principal|identity|tenant|account|owner|permission|policy|require|admin|token|\b(?:req|ctx|c|request)\.user\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"(?:^|[.\s])(?:put|patch|delete)\b|^(?:[\w]+\.)?(?:update|delete|remove|patch|put|edit)(?:_|[A-Z]|$)|methods=.{0,40}(?:PUT|PATCH|DELETE)",
    re.IGNORECASE,
)
_ID = re.compile(r"[{<:](?:\w+:)?\w*id\b", re.IGNORECASE)
_READS_ID = re.compile(r"(?:URLParam|PathValue|Param|Params|Vars|param)$")
_SIBLINGS = 2


@dataclass(frozen=True, slots=True)
class OwnedRecord:
    """A handler that changes a record and asks for no user, and those beside it that do."""

    handler: RequestHandler
    siblings: tuple[RequestHandler, ...]


@dataclass(frozen=True)
class OwnedRecords:
    """`looked_at` handlers change records by id."""

    unasked: tuple[OwnedRecord, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        by_file: dict[str, list[RequestHandler]] = defaultdict(list)
        for handler in snapshot.derived(RequestHandlers).all:
            if _changes_by_id(handler):
                by_file[handler.path].append(handler)
        found: list[OwnedRecord] = []
        for handlers in by_file.values():
            asking = tuple(one for one in handlers if any(_USER.search(text) for text in _texts(one)))
            if len(asking) >= _SIBLINGS:
                found += [OwnedRecord(one, asking) for one in handlers if one not in asking]
        return cls(tuple(found), sum(len(handlers) for handlers in by_file.values()))


def _changes_by_id(handler: RequestHandler) -> bool:
    changes = _CHANGES.search(handler.route) or _CHANGES.search(handler.name)
    reads = (
        _READS_ID.search(call.callee)
        and any(a.literal and a.text.lower().endswith("id") for a in call.arguments)
        for call in handler.calls
    )
    return bool(changes) and (_ID.search(handler.route) is not None or any(reads))


def _texts(handler: RequestHandler) -> Iterator[str]:
    """Everything by which a handler may ask: what it is given, its decorator, its calls."""
    yield handler.route
    for name, written in handler.parameters:
        yield name
        yield written
    for call in handler.calls:
        yield call.callee
        yield from (argument.text for argument in call.arguments)
    yield from (binding.value for binding in handler.bindings)
