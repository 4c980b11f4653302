"""An example imports something that the repository doesn't have.

It fails in its first line. An example is the first thing people try, and one that doesn't even start tells them that
nobody has tried it since the last change.

## Fix

Use the name that is there today, and let CI run the examples, or at least import them, so that the next renaming finds them:

```python examples/buy.py
from shop.cart import Cart

cart = Cart()
```

## Gap

```python shop/__init__.py
from shop.cart import Cart
```
```python shop/cart.py
class Cart: pass
```
```python examples/buy.py
from shop.cart import Basket  ← gap
from shop.orders import Order  ← gap

Basket().add(Order())
```
```toml pyproject.toml
[project]
name = "shop"
```

## No gap

```python shop/__init__.py
from shop.cart import Cart
```
```python shop/cart.py
class Cart: pass
```
```python examples/buy.py
from shop import Cart

Cart()
```
```toml pyproject.toml
[project]
name = "shop"
```
"""

from collections.abc import Iterator

from checks.derived.documentation.example_imports import ExampleImports
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ExampleImports, blocks=Stage.NONE, effort=(0.25, 1.0))
def example_uses_missing_symbol(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ExampleImports).missing:
        message = f"It imports `{found.missing}`, which the repository doesn't have."
        evidence = (
            Evidence(f"imports `{found.imported}`", found.source, found.line),
            *(Evidence("looked here", place) for place in found.looked_in[:3]),
        )
        yield Gap(found.missing, message, found.source, found.line, evidence)
