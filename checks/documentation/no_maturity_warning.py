"""The README calls it ready for production while its version says it isn't.

A version below 1.0 promises nothing: interfaces change and parts are missing. A README that says "production-ready"
all the same, and nowhere mentions alpha, beta or experimental, leads people to build on it who would not have.

## Fix

Say near the top what state it is in, and which parts hold:

````markdown
> **Beta**: the HTTP interface is stable; the scheduler may still change.
````

## Gap

````markdown README.md
# Shop

A production-ready framework for shops.  ← gap
````
```toml Cargo.toml
[package]
name = "shop"
version = "0.3.0"
```

## No gap

````markdown README.md
# Shop

A framework for shops, to become production-ready. It is in beta.
````
```toml Cargo.toml
[package]
name = "shop"
version = "0.3.0"
```
"""

import re
from collections.abc import Iterator

from checks.derived.documentation.versions import ReadmeAndVersion
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_READY = re.compile(
    r"\bproduction[- ](?:grade|ready)\b|\bready for production\b|\bbattle[- ]tested\b|\benterprise[- ](?:grade|ready)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\bnot\b|\bto become\b|\baims?\b|\bgoal\b|n't\b", re.IGNORECASE)
_STATUS = re.compile(
    r"\b(?:pre-)?alpha\b|(?<![\w-])beta\b|\bexperimental\b|\bpre-?release\b|work in progress|\bwip\b|\bunstable\b|early (?:stage|development|access)|"
    r"under (?:active|heavy) development|breaking changes|not (?:yet )?(?:production|stable)|\bpreview\b|\bmaturity\b|project status",
    re.IGNORECASE,
)


@check(severity=Severity.LOW, about=ReadmeAndVersion, blocks=Stage.NONE, effort=(0.1, 0.5))
def no_maturity_warning(snapshot: Snapshot) -> Iterator[Finding]:
    about = snapshot.derived(ReadmeAndVersion)
    passages = about.readme.markdown.passages if about.readme else ()
    claim = next((p for p in passages if _READY.search(p.text) and not _NOT_YET.search(p.text)), None)
    if claim is None or not about.is_young or any(_STATUS.search(p.text) for p in passages):
        return
    quote = (_READY.search(claim.text) or [""])[0]
    message = f'The README says "{quote}"; {about.says}, and no word says how mature it is.'
    evidence = (
        *about.evidence,
        Evidence("looked for alpha, beta, experimental and the like in the README"),
    )
    yield Gap("maturity", message, about.readme.path if about.readme else None, claim.line, evidence)
