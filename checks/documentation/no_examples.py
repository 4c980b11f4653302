"""A published library shows nowhere how it is used.

A reference says what there is; how the parts go together, and in which order, only code shows. Those who find none read the
tests, guess, and call what was never meant to be called.

## Fix

Put the smallest useful program into the README. A file in `examples/` that CI runs stays true:

```python examples/cart.py
from shop import Cart

cart = Cart()
cart.add("apple", 3)
print(cart.total())
```

## Gap

```toml pyproject.toml
[project]  ← gap
name = "shop"
[build-system]
build-backend = "hatchling.build"
```
```python shop/cart.py
class Cart: pass
```
```python shop/order.py
class Order: pass
```
```python shop/stock.py
class Stock: pass
```

## No gap

````markdown README.md
# Shop

```python
from shop import Cart
```
````
```toml pyproject.toml
[project]
name = "shop"
[build-system]
build-backend = "hatchling.build"
```
```python shop/cart.py
class Cart: pass
```
```python shop/order.py
class Order: pass
```
```python shop/stock.py
class Stock: pass
```
"""

from collections.abc import Iterator

from checks.derived.documentation.shown_libraries import ShownLibraries
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=ShownLibraries, blocks=Stage.NONE, effort=(1.0, 6.0), proof=Proof.ABSENCE)
def no_examples(snapshot: Snapshot) -> Iterator[Finding]:
    libraries = snapshot.derived(ShownLibraries)
    if libraries.shown_by is not None:
        return
    if libraries.elsewhere:
        yield Undecided(f"the documentation at {libraries.elsewhere}, which can't be read, may show it")
        return
    message = "This library is published, and no example, document or comment shows how it is used."
    looked = Evidence("looked for examples, code in Markdown, code in comments, Go's Example functions")
    yield Gap("examples", message, libraries.manifest, 1, (looked,))
