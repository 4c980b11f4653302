"""Parts of a service whose outcome operators need to see, and that no metric tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checks.derived.observability.exposed_metrics import CONSTRUCTORS, METRIC_NAME
from checks.derived.service_code import ServiceCode
from checks.facts.source import DefinitionKind
from checks.model import Evidence

_LIMITER = re.compile(r"rate_?limiter$|throttler?$", re.IGNORECASE)
_NO_LIMIT = re.compile(r"^(?:No_?[Oo]p|Null|Dummy|Fake)")
_TOLD = re.compile(r"limit|throttl|reject|denied|refus|discard|drop|exceed", re.IGNORECASE)


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
    metrics = [
        (argument.text, path, call.line)
        for path, source in (service.sources if limiters else ())
        for call in source.calls
        if CONSTRUCTORS.search(call.callee)
        for argument in call.arguments
        if argument.literal and METRIC_NAME.match(argument.text)
    ]
    if not metrics or any(_TOLD.search(name) for name, _, _ in metrics):
        return None
    (path, limiter), (_, where, line) = limiters[0], metrics[0]
    looked = Evidence(f"looked for limits, throttling or refusals in the names of {len(metrics)} metrics")
    return Unmeasured(where, line, (Evidence(f"`{limiter.name}` limits", path, limiter.line), looked))
