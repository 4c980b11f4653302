"""An environment variable switches a safeguard off.

Meant for tests, it is compiled into what ships: whoever can set a variable (a compose file, a debug session, an inherited
shell) turns validation or authentication off, and nothing in the log says so.

## Fix

Give tests what they need through parameters or a build that never ships (`#[cfg(test)]`, a build tag, a fixture),
and take the variable out.

## Gap

```rust src/tools/file.rs
fn validate_path(path: &str) -> Result<()> {
    if std::env::var("APP_TEST_MODE").is_ok() {  ← gap
        return Ok(());
    }
    check(path)
}
```
```python service/auth.py
def authorize(user, scope):
    if os.getenv("SKIP_AUTH"):  ← gap
        return True
    return scope in user.scopes
```
```typescript src/auth.ts
export function requireAuth(request: Request, response: Response, next: Next) {
  if (process.env.BYPASS_AUTH === "true") {  ← gap
    return next();
  }
  verify(request, next);
}
```

## No gap

```rust src/tools/file.rs
fn validate_path(path: &str) -> Result<()> {
    #[cfg(test)]
    if std::env::var("APP_TEST_MODE").is_ok() {
        return Ok(());
    }
    check(path)
}
```
```python service/report.py
def colour(): return bool(os.getenv("TEST_COLOUR"))
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Shortcut, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

SAFEGUARD = re.compile(
    r"valid|verif|auth(?!or(?:s|_|$))|permi|sanit|secur|guard|csrf|allow|signature|access|protect|acl|polic|safe",
    re.IGNORECASE,
)
SWITCH = re.compile(
    r"(?:^|_)(?:TEST|TESTING|TESTS|E2E|MOCK|BYPASS|SKIP|DISABLE|DISABLED|INSECURE|FAKE|UNSAFE|NO)(?:_|$)"
)
LETS_PASS = re.compile(
    r"^(?:Ok\(\(\)\)|true|True|nil|None|next\(\)|\{?[\"']?(?:ok|valid|allowed|authenticated)[\"']?[:=]\s*[Tt]rue.*)$|[\"'][/.]*\*{1,2}[\"']"
)
READS = re.compile(r"\benv|\bgetenv|process\.env", re.IGNORECASE)


@check(severity=Severity.CRITICAL, about=Source, effort=(1.0, 6.0), ranked_by=LiveCode)
def test_backdoor_in_production_code(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        for shortcut in source.shortcuts if source.environment else ():
            names = [read.name for read in source.environment if _reads(shortcut, read.name)]
            if names and _opens(shortcut) and not source.in_test(shortcut.line):
                name = shortcut.inside or "module"
                message = (
                    f"`{name}` lets everything pass (`{shortcut.returns[:60]}`) where `{names[0]}` is set."
                )
                evidence = (Evidence(f"the way out: {shortcut.condition[:120]}", path, shortcut.line),)
                yield Gap(f"{name}: {names[0]}", message, path, shortcut.line, evidence)


def _reads(shortcut: Shortcut, name: str) -> bool:
    return (
        SWITCH.search(name) is not None
        and re.search(rf"\b{re.escape(name)}\b", shortcut.condition) is not None
    )


def _opens(shortcut: Shortcut) -> bool:
    found = SAFEGUARD.search(shortcut.inside or "") and READS.search(shortcut.condition)
    return bool(found and LETS_PASS.search(shortcut.returns))
