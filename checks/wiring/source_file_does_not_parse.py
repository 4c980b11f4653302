"""A source file that its language cannot read.

A merge left both sides standing, or a bracket is missing: whoever imports the file fails on its first line. If only
a lazy import reaches it, production is the first to find out.

## Fix

Settle the conflict, or close what was opened; let CI compile every file.

```python
def total(prices):
    return sum(prices)
```

## Gap

```python shop/total.py
def total(prices):
<<<<<<< HEAD  ← gap
    return sum(prices)
=======
    return sum(prices) + 1
>>>>>>> feature
```

### a bracket that nothing closes

```python shop/total.py
def total(prices):
    return sum(prices))  ← gap
```

## No gap

```python shop/total.py
def total(prices):
    return sum(prices)
```
"""

from collections.abc import Iterator

from checks.derived.test_folders import role_in
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_JUDGED = (Role.SHIPPED, Role.TOOL, Role.TEST)


@check(severity=Severity.CRITICAL, about=Source, blocks=Stage.STAGING, effort=(0.1, 0.5))
def source_file_does_not_parse(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.files(Source):
        role = role_in(snapshot, path)
        if source.invalid is None or role not in _JUDGED:
            continue
        evidence = (Evidence("reading stops here", path, source.invalid),)
        severity = None if role is Role.SHIPPED else Severity.HIGH
        message = "The file is not valid in any version of its language."
        yield Gap(path.rpartition("/")[2], message, path, source.invalid, evidence, severity)
