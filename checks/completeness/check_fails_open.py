"""A safeguard lets everything pass when it fails itself.

Its database is away, its key can't be had, its input can't be parsed: instead of refusing, it answers as if it had looked
and found nothing wrong. An attacker only has to make it fail.

## Fix

Refuse when the answer isn't known, and log why. Where availability matters more (a rate limit), say so beside the line.

## Gap

```python service/auth.py
def is_allowed(user, resource):
    try:
        return policy.ask(user, resource)
    except Exception:  ← gap
        return True
```
```go pkg/auth.go
package auth

func VerifyToken(token string) bool {
        claims, err := parse(token)
        if err != nil {  ← gap
                return true
        }
        return claims.Valid()
}
```
```typescript src/auth.ts
export async function hasPermission(user: User) {
  try {
    return await ask(user);
  } catch (error) {  ← gap
    return true;
  }
}
```

## No gap

```python service/auth.py
def is_allowed(user, resource):
    try:
        return policy.ask(user, resource)
    except PolicyError:
        return False

def is_blocked(user):
    try:
        return policy.blocks(user)
    except PolicyError:
        return True
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Shortcut, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

SAFEGUARD = re.compile(
    r"valid|verif|authenti|authori[sz]|permission|permitted|allowed|can_?access|csrf|signature|is_?safe|trusted",
    re.IGNORECASE,
)
# There the answer that lets nothing pass is the other one.
REFUSES = re.compile(r"block|den(?:y|ied)|forbid|revok|invalid|unsafe|expired|reject|banned", re.IGNORECASE)
FAILED = re.compile(r"^(?:except|catch)\b|\berr(?:or)?\w* != nil$", re.IGNORECASE)
PASSES = re.compile(r"^(?:true|True|Ok\(\(\)\)|Ok\(true\)|true, nil|next\(\))$")


@check(severity=Severity.HIGH, about=Source, effort=(0.5, 4.0), on_trial=True, ranked_by=LiveCode)
def check_fails_open(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        commented = {comment.line for comment in source.comments}
        for shortcut in source.shortcuts:
            near = range(shortcut.line - 1, shortcut.line + 3)
            if _opens(shortcut) and not source.in_test(shortcut.line) and commented.isdisjoint(near):
                name = shortcut.inside or "module"
                message = (
                    f"`{name}` answers `{shortcut.returns}` when it fails (`{shortcut.condition[:80]}`)."
                )
                yield Gap(name, message, path, shortcut.line)


def _opens(shortcut: Shortcut) -> bool:
    name = (shortcut.inside or "").rpartition(".")[2]
    guards = SAFEGUARD.search(name) is not None and REFUSES.search(name) is None
    return bool(guards and FAILED.search(shortcut.condition) and PASSES.match(shortcut.returns))
