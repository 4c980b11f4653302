"""Which metrics code exposes, as far as their names are written in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.prometheus_rules import PrometheusRules
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.snapshot import Snapshot

METRIC_NAME = re.compile(r"^[a-z][a-z0-9]*(?:[_.:][a-z0-9]+)+$")
CONSTRUCTORS = re.compile(
    r"(?:^|[.:])(?:Counter|Gauge|Histogram|Summary|Info|Enum|(?:New|With\.New)?(?:Counter|Gauge|Histogram|Summary)(?:Vec|Func|Opts)?|register_(?:int_)?(?:counter|gauge|histogram)\w*!?"
    r"|(?:counter|gauge|histogram)!?|create_(?:counter|histogram|gauge|up_down_counter)|(?:Int64|Float64)(?:Counter|Histogram|UpDownCounter|ObservableGauge))$"
)
_ENDINGS = re.compile(r"_(?:total|bucket|sum|count|created|info)$")


@dataclass(frozen=True)
class ExposedMetrics:
    """Names of metrics without their endings, all texts that could name one, and the prefixes that are the repository's own."""

    names: frozenset[str]
    texts: frozenset[str]
    prefixes: frozenset[str]
    rules: int = 0

    def __len__(self) -> int:
        return self.rules

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        names: set[str] = set()
        texts: set[str] = set()
        alerts = sum(rule.is_alert for _, file in snapshot.files(PrometheusRules) for rule in file.rules)
        if not alerts:
            return cls(frozenset(), frozenset(), frozenset())
        for path, source in snapshot.files(Source):
            if snapshot.role(path) in (Role.SHIPPED, Role.TOOL):
                texts.update(
                    base(one.value.replace(".", "_")) for one in source.strings if len(one.value) < 120
                )
                for call in source.calls:
                    if CONSTRUCTORS.search(call.callee):
                        names.update(
                            base(a.text.replace(".", "_"))
                            for a in call.arguments
                            if a.literal and METRIC_NAME.match(a.text)
                        )
        recorded = {
            rule.name
            for _, rules in snapshot.files(PrometheusRules)
            for rule in rules.rules
            if not rule.is_alert
        }
        texts |= {base(name) for name in recorded}
        return cls(
            frozenset(names), frozenset(texts), frozenset(name.split("_")[0] for name in names), alerts
        )

    def knows(self, metric: str) -> bool:
        """Whether code could expose it: its name, or its name behind a namespace, is written somewhere."""
        name = base(metric)
        parts = name.split("_")
        return any("_".join(parts[start:]) in self.texts for start in range(len(parts)))


def base(name: str) -> str:
    """The name without the endings that libraries add."""
    return _ENDINGS.sub("", name)
