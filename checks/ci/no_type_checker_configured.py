"""The code says its types, and nothing checks that they are true.

Annotations that nobody checks are comments: they drift from the code, and the next person trusts them. What a type
checker would have refused, an argument that may be `None` or a method that was renamed, fails in production.

## Fix

A type checker compares how values are used with the types that the code states, without running it. Start with what is true
today, and leave out the folders that aren't ready. Here mypy, which reads the dependencies' types as well:

```toml pyproject.toml
[tool.mypy]
packages = ["shop"]
check_untyped_defs = true
```
```yaml
- run: pip install -r requirements.txt mypy
- run: mypy
```

Pyright needs no settings: `npx pyright shop`.

## Gap

```python shop/cart.py
def total(prices: list[int]) -> int: return sum(prices)
```
```python shop/stock.py
def left(items: list[str]) -> int: return len(items)
```
```python shop/order.py
def send(order: str) -> bool: return bool(order)
```

## No gap

```python shop/cart.py
def total(prices: list[int]) -> int: return sum(prices)
```
```python shop/stock.py
def left(items: list[str]) -> int: return len(items)
```
```python shop/order.py
def send(order: str) -> bool: return bool(order)
```
```toml pyproject.toml
[tool.mypy]
strict = true
```
"""

from collections.abc import Iterator

from checks.derived.ci.unchecked_code import TypedCode
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Proof, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=TypedCode, effort=(1.0, 16.0), proof=Proof.ABSENCE)
def no_type_checker_configured(snapshot: Snapshot) -> Iterator[Finding]:
    ci, code = snapshot.derived(ContinuousIntegration), snapshot.derived(TypedCode).code
    if code is None or code.is_checked:
        return
    if ci.opaque:
        what, path, line = ci.opaque[0]
        yield Undecided(f"{path}:{line} calls {what}, which can't be read; it may check types", path)
        return
    message = f"{len(code.files)} Python files annotate their functions, first `{code.files[0]}`; no type checker is set up."
    tools = ", ".join(code.toolbox.capability.commands[:8])
    looked = Evidence(f"looked for {tools} in settings, requirements, hooks, tasks and CI")
    yield Gap("Python", message, evidence=(Evidence("annotated", code.files[0]), looked))
