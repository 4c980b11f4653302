"""A path that is required to exist does not.

Something in the repository says which files make it complete: the policy's `deliverables:`, a list such as
`REQUIRED_FILES` in a validation script, or an implementation plan that declares its files one by one
(`**File: path**`). What such a list names and the tree doesn't hold was promised and not delivered; reports
that count from memory go on calling it complete.

## Fix

Deliver the file, or take it off the list. The policy names groups of paths:

```yaml
deliverables:
  - category: operations
    paths: [docs/runbook.md, scripts/rollback.sh]
```

## Gap

### A validation script's own list

```python scripts/final_validation.py
REQUIRED_FILES = [
    "scripts/security_scanner.py",
    "scripts/health_checker.py",  ← gap
]
```
```python scripts/security_scanner.py
print("ok")
```

### A plan that was half carried out

````markdown docs/implementation-guide.md
# Implementation guide

**File: `gateway/router.py`** (< 150 lines)  ← gap

**File: `gateway/handler.py`**
````
```python gateway/handler.py
HANDLERS = {}
```

## No gap

```python scripts/final_validation.py
REQUIRED_FILES = ["scripts/security_scanner.py"]
```
```python scripts/security_scanner.py
print("ok")
```
"""

from collections.abc import Iterator

from checks.derived.claims.required_paths import By, RequiredPath, RequiredPaths
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_SEVERITY = {By.POLICY: Severity.HIGH, By.CODE: Severity.HIGH, By.PLAN: Severity.LOW}
_SAYS = {
    By.POLICY: "The policy's deliverables, {}, require",
    By.CODE: "{} requires",
    By.PLAN: "The plan {} declares",
}


@check(severity=Severity.HIGH, about=RequiredPaths, effort=(0.5, 8.0))
def required_path_missing(snapshot: Snapshot) -> Iterator[Finding]:
    required = snapshot.derived(RequiredPaths)
    for one in required.all:
        if not one.found:
            yield _gap(one, *required.counted(one))


def _gap(one: RequiredPath, there: int, total: int) -> Gap:
    who = _SAYS[one.by].format(f"`{one.name}`")
    message = f"{who} `{one.path}`, which is not in the tree ({there} of {total} are)."
    looked_for = [
        Evidence("looked for", path) for path in dict.fromkeys((one.path, one.expected or one.path))
    ]
    where = Evidence(f"requires {one.path}", one.file, one.line)
    return Gap(
        one.path,
        message,
        one.file,
        one.line,
        (where, *looked_for),
        _SEVERITY[one.by],
    )
