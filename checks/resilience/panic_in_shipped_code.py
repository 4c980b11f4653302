"""Shipped code panics on input that nobody controls.

`&text[..50]` counts bytes. When byte 50 is inside a letter such as é or 漢, Rust panics, and the request, the task or the
whole program ends because somebody wrote a name with an accent. `response.choices[0]` panics on an empty answer.

## Fix

Count letters instead of bytes, and ask for the element instead of taking it:

```rust
let short: String = text.chars().take(50).collect();
let first = response.choices.first().ok_or(Error::EmptyAnswer)?;
```

## Gap

```rust src/log.rs
pub fn preview(body: &str) -> String {
    format!("{}...", &body[..50])  ← gap
}
```

## No gap

```rust src/log.rs
pub fn preview(body: &str) -> String {
    body.chars().take(50).collect()
}

pub fn short(hash: &str) -> &str {
    &hash[..8]
}
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.rust_panics import RustPanics
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=RustSource, effort=(0.25, 1.0), ranked_by=LiveCode)
def panic_in_shipped_code(snapshot: Snapshot) -> Iterator[Finding]:
    for path, panics in snapshot.derived(RustPanics).of(Role.SHIPPED):
        first = panics[0]
        places = "" if len(panics) == 1 else f", and at {len(panics) - 1} more places"
        message = f"`{first.hazard.text}`: {first.why}{places}."
        evidence = tuple(Evidence(f"`{p.hazard.text}`: {p.why}", path, p.hazard.line) for p in panics)
        yield Gap("panics", message, path, first.hazard.line, evidence)
