"""Request handlers that end the whole process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.request_handlers import RequestHandler, RequestHandlers
from checks.facts.source import Call
from checks.snapshot import Snapshot

_ENDS = re.compile(
    r"^(?:sys\.exit|os\._exit|exit|quit)$|^(?:log\.Fatal(?:f|ln)?|os\.Exit|klog\.Fatal(?:f|ln)?|logrus\.Fatal(?:f|ln)?)$"
    r"|^process\.(?:exit|abort)$|^(?:std::)?process::(?:exit|abort)$"
)
# Handlers that are there to end it.
_ON_PURPOSE = re.compile(r"panic|crash|exit|kill|quit|abort|terminat|shut_?down|restart|stop", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FatalHandler:
    """A handler with the calls that end the process."""

    handler: RequestHandler
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class FatalHandlers:
    """Those handlers; `looked_at` is how many there are at all."""

    all: tuple[FatalHandler, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        handlers = snapshot.derived(RequestHandlers).all
        found = ((one, tuple(call for call in one.calls if _ENDS.match(call.callee))) for one in handlers)
        return cls(
            tuple(
                FatalHandler(one, calls) for one, calls in found if calls and not _ON_PURPOSE.search(one.name)
            ),
            len(handlers),
        )
