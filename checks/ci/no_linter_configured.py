"""No linter looks at the code of a language.

A linter finds what reviewers pass over because it looks harmless: a name that is never bound, an error nobody looks at, an
`await` that was forgotten. Without one such lines wait for the request that reaches them.

## Fix

Take the language's usual linter, let it accept what stands, and run it in CI. For Python, ruff needs no settings:

```toml pyproject.toml
[tool.ruff.lint]
select = ["E4", "E7", "E9", "F", "B"]
```
```yaml
- run: pipx run ruff check .
```

For JavaScript and TypeScript: `npm init @eslint/config@latest`, then `npx eslint .`. For Rust:
`cargo clippy --all-targets -- -D warnings`; both come with the toolchain.

## Gap

### Python

```python shop/cart.py
def total(prices): return sum(prices)
```
```python shop/stock.py
def left(items): return len(items)
```
```python shop/order.py
def send(order): return order.send()
```

### Rust

```rust src/lib.rs
pub mod cart;
pub fn open() {}
```
```rust src/cart.rs
pub fn total() {}
```
```rust src/main.rs
fn main() {}
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: cargo test}]}}
```

## No gap

```python shop/cart.py
def total(prices): return sum(prices)
```
```python shop/stock.py
def left(items): return len(items)
```
```python shop/order.py
def send(order): return order.send()
```
```makefile Makefile
lint: ; ruff check .
```
"""

from collections.abc import Iterator

from checks.derived.ci.unchecked_code import LintableCode
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Proof, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=LintableCode, effort=(0.5, 8.0), proof=Proof.ABSENCE)
def no_linter_configured(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for code in snapshot.derived(LintableCode).all:
        if code.is_checked:
            continue
        if ci.opaque:
            what, path, line = ci.opaque[0]
            yield Undecided(f"{path}:{line} calls {what}, which can't be read; it may lint", path)
            continue
        language = code.toolbox.language
        message = f"No linter is set up for {language}: {len(code.files)} files, first `{code.files[0]}`."
        where = "settings, requirements, hooks, tasks and CI"
        tools = ", ".join(code.toolbox.capability.commands[:8])
        evidence = (
            Evidence(f"{language} that ships", code.files[0]),
            Evidence(f"looked for {tools} in {where}"),
        )
        yield Gap(language, message, evidence=evidence)
