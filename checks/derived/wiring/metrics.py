"""Metrics that the code defines, and which of them nothing that runs records."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.reachability import Reachability
from checks.derived.references import References
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_LIBRARY = re.compile(r"prometheus|prom-client|opentelemetry|go\.opentelemetry\.io")
_MAKER = re.compile(
    r"^(?:prometheus|promauto(?:\.With\(\))?)\.New(?:Counter|Gauge|Histogram|Summary)(?:Vec)?$"
    r"|^(?:prometheus_client\.)?(?:Counter|Gauge|Histogram|Summary)$"
    r"|^(?:\w+\.)?(?:Counter|Gauge|Histogram|Summary)$"
    r"|^new (?:\w+\.)?(?:Counter|Gauge|Histogram|Summary)$"
    r"|\b(?:create_|create)(?:counter|histogram|up_down_counter|UpDownCounter|Counter|Histogram)$"
    r"|\.(?:Int64|Float64)(?:Counter|Histogram|UpDownCounter|Gauge)$"
)
_REGISTERS = re.compile(
    r"(?:^|\.)(?:Must)?[Rr]egister(?:Metric|_metric|All)?$|\.(?:Describe|Collect|Unregister|unregister)$"
)
_NAME = re.compile(r"^[A-Za-z_]\w*$")


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric bound to a name at module level; `recorders` are functions that record it and that nothing calls."""

    name: str
    path: str
    line: int
    recorders: tuple[str, ...]


@dataclass(frozen=True)
class Metrics:
    """The metrics of shipped code; `unrecorded` by file."""

    metrics: tuple[tuple[str, str], ...]
    unrecorded: dict[str, tuple[Metric, ...]]

    def __len__(self) -> int:
        return len(self.metrics)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: list[tuple[str, str]] = []
        unrecorded: dict[str, list[Metric]] = defaultdict(list)
        reach = snapshot.derived(Reachability)
        references = snapshot.derived(References)
        for path, source in snapshot.shipped(Source):
            for name, line in _defined(source):
                found.append((path, name))
                users = set(references.users.get(name, ())) - {path}
                recorders = None if users else _idle_recorders(source, name, references)
                if recorders is not None and _runs(reach, path):
                    unrecorded[path].append(Metric(name, path, line, recorders))
        return cls(tuple(found), {path: tuple(metrics) for path, metrics in unrecorded.items()})


def _runs(reach: Reachability, path: str) -> bool:
    return reach.starts(path) or reach.starts(path.rpartition("/")[0])


def _defined(source: Source) -> Iterator[tuple[str, int]]:
    if any(_LIBRARY.search(statement.module) for statement in source.imports):
        for binding in source.bindings:
            if binding.inside is None and _NAME.match(binding.name) and _MAKER.search(binding.value):
                yield binding.name, binding.line


def _idle_recorders(source: Source, name: str, references: References) -> tuple[str, ...] | None:
    """The functions that record the metric, if nothing uses any of them; None if it is used, or may be."""
    if name not in source.references:
        return ()
    uses = list(_uses(source, name))
    if not uses or any(inside is None for inside in uses):
        return None
    functions = tuple(dict.fromkeys(inside for inside in uses if inside))
    return None if any(_is_called(function, source, references) for function in functions) else functions


def _uses(source: Source, name: str) -> Iterator[str | None]:
    """The function around each use, "" for a registration; None for a use that can't be followed."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    for call in source.calls:
        if re.match(rf"(?:self\.)?{re.escape(name)}\.", call.callee):
            yield call.inside
        elif any(word.search(argument.text) for argument in call.arguments):
            yield "" if _REGISTERS.search(call.callee) else call.inside
    for binding in source.bindings:
        if word.search(binding.value) and not binding.value.startswith(f"{name}."):
            yield None
    for definition in source.definitions:
        if any(word.search(decorator) for decorator in definition.decorators):
            yield None


def _is_called(function: str, source: Source, references: References) -> bool:
    last = function.rpartition(".")[2]
    definition = source.definition(function)
    if last in ("main", "init", "__init__", "constructor") or definition is None or definition.decorators:
        return True
    return bool(references.users.get(last))
