"""What readiness endpoints look at: handlers of readiness routes, and checks that are registered for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.source import BodyForm, Call, Definition, Source
from checks.snapshot import Snapshot

_ROUTE = re.compile(r"[\"'/](?:ready|readyz|readiness|health/ready|healthz/ready)/?[\"']", re.IGNORECASE)
_READY = re.compile(
    r"^(?:get_?|handle_?|check_?)?(?:readyz?|readiness)(?:_?(?:check|probe|handler|z))?$", re.IGNORECASE
)
_REGISTERS = re.compile(
    r"(?:^|\.)(?:RegisterCheck|AddReadinessCheck|AddReadyzCheck|AddCheck|RegisterHealthCheck|registerCheck|add_check|addHealthCheck)$"
)
_TRIVIAL = re.compile(
    r"(?:^|\.)(?:Ping|NoOp|Noop|AlwaysHealthy|AlwaysOK|Static|Dummy)(?:Check|Checker)?\(\)$|^healthz\.Ping$"
)
_LOOKS = re.compile(r"(?:^|\.)(?:Ping|PingContext|Exec|Query|Do|Get|Dial|execute|ping|connect)$")


@dataclass(frozen=True, slots=True)
class ReadinessAnswer:
    """A readiness answer; `always` says why it is constant, "" where it looks at something."""

    path: str
    line: int
    subject: str
    message: str
    always: str = ""
    defined_in: str | None = None
    defined_at: int | None = None


@dataclass(frozen=True)
class ReadinessAnswers:
    """All of them, by path."""

    all: tuple[ReadinessAnswer, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = tuple(snapshot.shipped(Source))
        return cls((*_handlers(sources), *_registered(sources)))


def _handlers(sources: tuple[tuple[str, Source], ...]) -> Iterator[ReadinessAnswer]:
    for path, source in sources:
        for function in source.functions():
            if _is_handler(function):
                name = function.name.rpartition(".")[2]
                constant = function.body is BodyForm.CONSTANT
                why = f"its body only returns `{(function.returns or '')[:80]}`" if constant else ""
                message = f"`{name}` answers that the service is ready without looking at anything."
                yield ReadinessAnswer(path, function.line, name, message, why, path, function.line)


def _is_handler(function: Definition) -> bool:
    routed = any(_ROUTE.search(decorator) for decorator in function.decorators)
    return routed or (_READY.match(function.name.rpartition(".")[2]) is not None and _takes_request(function))


def _takes_request(function: Definition) -> bool:
    return any(
        re.search(r"Request|ResponseWriter|Context|Response", kind) for kind in function.parameter_types
    )


def _registered(sources: tuple[tuple[str, Source], ...]) -> Iterator[ReadinessAnswer]:
    """Checks that a program registers: when each of them is trivial, the answer is constant."""
    defined: dict[str, tuple[str, Source, Definition]] = {}
    for path, source in sources:
        for function in source.functions():
            defined.setdefault(function.name, (path, source, function))
    for path, source in sources:
        calls = [
            c
            for c in source.calls
            if _REGISTERS.search(c.callee) and c.arguments and not source.in_test(c.line)
        ]
        if calls and source.runs_as_main:
            always = all(_is_trivial(call, defined) for call in calls)
            text = calls[0].arguments[-1].text
            known = defined.get(_called(text))
            why = f"`{text[:80]}` is all that is registered, and it always succeeds" if always else ""
            message = "The only readiness checks that the program registers always succeed."
            place = (known[0], known[2].line) if known else (path, calls[0].line)
            yield ReadinessAnswer(path, calls[0].line, "registered checks", message, why, *place)


def _is_trivial(call: Call, defined: dict[str, tuple[str, Source, Definition]]) -> bool:
    """Named like a check that looks at nothing, and calling nothing where its definition is here."""
    text = call.arguments[-1].text
    if not _TRIVIAL.search(text):
        return False
    known = defined.get(_called(text))
    if known is None:
        return text == "healthz.Ping"
    _, source, function = known
    return not any(call.inside == function.name and _LOOKS.search(call.callee) for call in source.calls)


def _called(text: str) -> str:
    return text.partition("(")[0].rpartition(".")[2]
