"""A function returns invented figures, whatever it is asked.

It takes a period, a user or a page, uses none of them, and answers with numbers that somebody typed in. The page it
feeds looks alive; decisions are taken on data that never existed.

## Fix

Read the figures from where they are kept. Until then answer with an error, and let the page say so.

## Gap

```python service/analytics.py
class AnalyticsRepository:
    async def get_metrics(self, start, end):  ← gap
        return Metrics(total_tasks=100, completed=85, failed=10, rate=0.85)
```
```typescript src/stats.ts
export async function fetchStats(userId: string) {  ← gap
  return { visits: 1520, orders: 87, revenue: 9433.5 };
}
```

## No gap

```python service/analytics.py
class AnalyticsRepository:
    async def get_metrics(self, start, end):
        return await self.database.fetch(start, end)

    def get_schema(self, handler):
        return {"type": "object", "minimum": 0, "maximum": 100}
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import BodyForm, Definition, DefinitionKind, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

ASKS = re.compile(
    r"^_*(?i:get|list|fetch|find|search|query|load|read|count|calculate|compute|analy[sz]e|predict|estimate|measure"
    r"|collect|aggregate|summari[sz]e)(?:_|[A-Z]|$)"
)
# What describes something is a constant by nature, and so is what a test gives.
DESCRIBES = re.compile(
    r"schema|default|config|option|setting|metadata|manifest|capabilit|limit|style|theme|layout|size|color|colour|example"
    r"|sample|demo|mock|fake|stub|test|dummy|constant|preset|template|version|icon|dimension|position|bounds|props|param",
    re.IGNORECASE,
)
FIGURE = re.compile(r"(?<![\w.])[\w\"']+\s*[:=]\s*(-?\d+(?:\.\d+)?)(?![\w.])")
FEWEST = 3


@check(severity=Severity.HIGH, about=Source, effort=(4.0, 24.0), ranked_by=LiveCode)
def hardcoded_response_data(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        for definition in source.definitions:
            if _is_invented(definition) and not source.in_test(definition.line):
                unused = ", ".join(definition.unused_parameters)
                evidence = (Evidence(f"never used: {unused}", path, definition.line),)
                message = f"`{definition.name}` returns figures that are written in it: `{(definition.returns or '')[:80]}`."
                yield Gap(definition.name, message, path, definition.line, evidence)


def _is_invented(definition: Definition) -> bool:
    given = [
        name for name in definition.parameters if not name.startswith("_") and name not in ("ctx", "context")
    ]
    figures = [float(found) for found in FIGURE.findall(definition.returns or "")]
    telling = {figure for figure in figures if figure not in (-1.0, 0.0, 1.0)}
    return bool(
        definition.body is BodyForm.CONSTANT
        and definition.kind in (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
        and given
        and set(given) <= set(definition.unused_parameters)
        and len(figures) >= FEWEST
        and len(telling) >= FEWEST - 1
        and ASKS.match(definition.name.rpartition(".")[2])
        and not DESCRIBES.search(definition.name)
        and not definition.abstract
    )
