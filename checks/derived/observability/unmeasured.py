"""Parts of a service whose outcome operators need to see, and that no metric tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.derived.observability.exposed_metrics import CONSTRUCTORS, METRIC_NAME
from checks.derived.service_code import ServiceCode
from checks.facts.source import DefinitionKind, Source
from checks.model import Evidence

_LIMITER = re.compile(r"rate_?limiter$|throttler?$", re.IGNORECASE)
_NO_LIMIT = re.compile(r"^(?:No_?[Oo]p|Null|Dummy|Fake)")
_TOLD = re.compile(r"limit|throttl|reject|denied|refus|discard|drop|exceed", re.IGNORECASE)
# What an answer of a language model says of its own size, in two fields.
_ASKED = re.compile(r"^(?:prompt|input)_?tokens$", re.IGNORECASE)
_ANSWERED = re.compile(r"^(?:completion|output)_?tokens$", re.IGNORECASE)
_COST = re.compile(r"(?:^|[_.:])(?:tokens?|costs?|pric(?:e|ing)|spen[dt]|billing|usd)(?=$|[_.:])")
_COUNTS = re.compile(r"(?:^|_)(?:cost|pric(?:e|ing)|spend|billing)|Cost|Pric(?:e|ing)|Spend(?!ing)|Billing")


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """Where the service's metrics are defined, and the part that they leave out."""

    path: str
    line: int
    evidence: tuple[Evidence, ...]


def unmeasured_limiter(service: ServiceCode) -> Unmeasured | None:
    """A rate limiter of the service's own, beside metrics of which none is about it."""
    limiters = [
        (path, one)
        for path, source in service.sources
        for one in source.definitions
        if one.kind is DefinitionKind.CLASS and _LIMITER.search(one.name) and not _NO_LIMIT.match(one.name)
    ]
    metrics = _metrics(service) if limiters else []
    if not metrics or any(_TOLD.search(name) for name, _, _ in metrics):
        return None
    (path, limiter), (_, where, line) = limiters[0], metrics[0]
    looked = Evidence(f"looked for limits, throttling or refusals in the names of {len(metrics)} metrics")
    return Unmeasured(where, line, (Evidence(f"`{limiter.name}` limits", path, limiter.line), looked))


def unmeasured_tokens(service: ServiceCode) -> Unmeasured | None:
    """What language models charge for, kept with each answer, beside metrics of which none adds it up."""
    kept = next((found for path, source in service.sources for found in _kept_tokens(path, source)), None)
    metrics = _metrics(service) if kept else []
    if kept is None or not metrics or any(_COST.search(name) for name, _, _ in metrics):
        return None
    sources = [source for _, source in service.sources]
    defined = (one.name for source in sources for one in source.definitions)
    if any(_COUNTS.search(name) for name in (*defined, *(one.name for s in sources for one in s.fields))):
        return None
    _, where, line = metrics[0]
    looked = Evidence(
        f"looked for tokens and costs in the names of {len(metrics)} metrics, for costs in all names"
    )
    return Unmeasured(where, line, (kept, looked))


def _kept_tokens(path: str, source: Source) -> Iterator[Evidence]:
    asked = {field.inside: field for field in source.fields if _ASKED.match(field.name)}
    for field in source.fields:
        if _ANSWERED.match(field.name) and (first := asked.get(field.inside)):
            yield Evidence(f"`{field.inside}` keeps the tokens of an answer", path, first.line)


def _metrics(service: ServiceCode) -> list[tuple[str, str, int]]:
    """The names that its metrics are made with, each with its file and line."""
    return [
        (argument.text, path, call.line)
        for path, source in service.sources
        for call in source.calls
        if CONSTRUCTORS.search(call.callee)
        for argument in call.arguments
        if argument.literal and METRIC_NAME.match(argument.text)
    ]
