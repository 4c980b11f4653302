"""An error is caught and thrown away.

The caller is told that all went well. The failure shows later, somewhere else, as missing data or as a state that
"can't happen", and no log line says where it began.

## Fix

Handle what you expect by its type, and let the rest rise or be logged with its trace. Where it is right to go on
regardless, say so in a comment.

## Gap

```python service/billing.py
def charge(order):
    try:
        gateway.charge(order)
    except Exception:  ← gap
        pass
```
```javascript src/billing.js
export async function charge(order) {
  try { await gateway.charge(order); } catch (error) {}  ← gap
}
```
```go pkg/billing.go
package pkg

func charge(order Order) { _ = gateway.Charge(order) }  ← gap
```

## No gap

```python service/billing.py
def stop(connection):
    try:
        connection.close()
    except Exception:
        pass


def warm_up(cache):
    try:
        cache.load()
    except Exception:
        pass  # best effort: the cache fills itself on first use
```
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from checks.derived.completeness.infallible import Infallible
from checks.derived.live_code import LiveCode
from checks.facts.rust_source import RustSource
from checks.facts.shell_source import ShellSource
from checks.facts.source import Call, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

SCRIPT = re.compile(r"\.(?:[cm]?[jt]sx?|vue|svelte)$")
# Going on regardless is what cleaning up, telling somebody and probing want.
HARMLESS = re.compile(
    r"close|clean|remove|unlink|delete|rm|kill|terminat|shut|disconnect|rollback|cancel|stop|flush|sync|drop|log|print|write"
    r"|warn|debug|info|notify|emit|send|metric|record|track|reset|release|unlock|unregister|detach|abort|wait|join|exists"
    r"|localstorage|sessionstorage|json\.parse|decode|deadline|register|mark|set|scan|import|require|ping|parse|get|read|chdir|marshal|stat$|probe|quote|afterfunc|browser",
    re.IGNORECASE,
)


@check(severity=Severity.MEDIUM, about=Source, effort=(0.5, 2.0), ranked_by=LiveCode)
def error_swallowed(snapshot: Snapshot) -> Iterator[Finding]:
    infallible = snapshot.derived(Infallible)
    for path, source in snapshot.shipped(Source):
        # `.ok()`, `|| true` and `suppress()` are said on purpose.
        if isinstance(source, (RustSource, ShellSource)) or not source.suppressions:
            continue
        calls = defaultdict[int, list[Call]](list)
        for call in source.calls:
            for line in {call.line, call.end_line}:
                calls[line].append(call)
        commented = {comment.line for comment in source.comments}
        for line in source.suppressions:
            before = [call for near in range(line - 3, line + 1) for call in calls.get(near, ())]
            harmless = source.in_test(line) or any(
                infallible.has(path, c.callee) or c.callee.endswith("suppress") for c in calls.get(line, ())
            )
            if not harmless and not _is_excused(before, line, commented):
                inside = next((call.inside for call in before), None) or "module"
                # An empty `catch {}` is also how JavaScript asks whether something is there.
                severity = Severity.LOW if SCRIPT.search(path) else None
                message = "An error is caught here and thrown away without a word."
                yield Gap(f"errors in {inside}", message, path, line, severity=severity)


def _is_excused(calls: list[Call], line: int, commented: set[int]) -> bool:
    """A comment says why, or what was tried is harmless to fail; where nothing is called, nothing is known."""
    said = any(near in commented for near in range(line - 1, line + 3))
    return said or not calls or any(HARMLESS.search(call.callee) for call in calls)
