"""A known weakness is silenced without saying why, or until when.

An entry on an ignore list takes the alarm away, not the weakness. Unless it says why it is harmless here, and when it has
to be looked at again, nobody ever will: that's how an exception for a week stays for years.

## Fix

Say why, and until when; then delete entries that no longer apply:

```toml
[advisories]
ignore = [
  { id = "RUSTSEC-2024-0436", reason = "paste is unmaintained, only used at build time; until 2026-06-01" },
]
```

## Gap

### No reason; a reason, but no date

```toml deny.toml
[advisories]
ignore = [
  "RUSTSEC-2024-0436",  ← gap
  # only used by the tests, no upstream release yet
  "RUSTSEC-2025-0141",  ← gap
]
```

### Trivy

```text .trivyignore
CVE-2024-21626  ← gap
```

## No gap

### Each says why, and until when

```toml deny.toml
[advisories]
ignore = [
  # only used by the tests, no upstream release yet; revisit 2026-06-01
  "RUSTSEC-2024-0436",
  { id = "RUSTSEC-2025-0141", reason = "reached by no code of ours, until 2026-06-01" },
]
```

### With a date

```text .trivyignore
CVE-2024-21626 exp:2026-12-31
```

### In a table of its own

```toml osv-scanner.toml
[[IgnoredVulns]]
id = "GHSA-aaaa-bbbb-cccc"
ignoreUntil = 2026-12-31
reason = "No external users"
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.advisories import SilencedAdvisories
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=SilencedAdvisories, blocks=Stage.NONE, effort=(0.25, 2.0))
def advisory_ignored(snapshot: Snapshot) -> Iterator[Finding]:
    for silenced in snapshot.derived(SilencedAdvisories).all:
        exception = silenced.exception
        if exception.until:
            continue
        lacks = "a reason, but no date" if exception.reason else "neither a reason nor a date"
        yield Gap(
            subject=exception.id,
            message=f"{exception.id} is silenced for {silenced.tool}, with {lacks}.",
            path=silenced.path,
            line=exception.line,
            evidence=(Evidence(exception.reason or "no reason", silenced.path, exception.line),),
            severity=Severity.LOW if exception.reason else None,
        )
