"""Nobody is told how to report a weakness.

Who finds a hole in a published program and finds no address either writes a public issue, which everyone can exploit, or
gives up. A policy says where to write and what happens then.

## Fix

Say where to write and what happens then; switch on private vulnerability reporting in the repository's settings for this one:

````markdown SECURITY.md
# Security

Report weaknesses through "Report a vulnerability" on the Security tab, not in an issue. We answer within three days.
````

An organisation's `.github` repository may hold one for all its repositories, which a single tree doesn't show.

## Gap

```toml Cargo.toml
[package]
name = "x"
version = "1.0.0"
license = "MIT"
```
```rust src/lib.rs
pub fn one() -> u8 { 1 }
```

## No gap

```toml Cargo.toml
[package]
name = "x"
version = "1.0.0"
license = "MIT"
```
```rust src/lib.rs
pub fn one() -> u8 { 1 }
```
```markdown .github/SECURITY.md
Report weaknesses to security@example.org.
```
"""

import re
from collections.abc import Iterator

from checks.derived.supply_chain.licenses import PublicProject
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_POLICY = re.compile(
    r"^(?:\.github/|docs/)?SECURITY(?:[-_]POLICY)?(?:\.(?:md|rst|txt|adoc))?$|(?:^|/)\.well-known/security\.txt$|^SECURITY-INSIGHTS\.yml$|^docs/.*security[_-]?policy",
    re.IGNORECASE,
)


@check(severity=Severity.LOW, about=PublicProject, blocks=Stage.NONE, effort=(0.25, 1.0))
def security_policy_missing(snapshot: Snapshot) -> Iterator[Finding]:
    if not any(_POLICY.search(path) for path in snapshot.paths):
        why = snapshot.derived(PublicProject).why
        looked = Evidence("looked for SECURITY.md at the root, in .github/ and in docs/")
        yield Gap(
            "SECURITY.md",
            f"The project is public ({why}), and no security policy is in the tree.",
            evidence=(looked,),
        )
