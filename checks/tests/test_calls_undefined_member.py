"""A test asks the code for something that it doesn't have.

The test was written for another version, or for a wish. It fails whenever it is run, or is skipped, or nobody runs it;
what it seems to guard is guarded by nothing.

## Fix

Ask for what is there, or delete the test of what is gone.

```python tests/test_cart.py
from shop.cart import Cart


def test_total():
    cart = Cart(currency="EUR")
    assert cart.total() == 0
```

## Gap

```python shop/cart.py
class Cart:
    def __init__(self, currency):
        self.currency = currency

    def total(self):
        return 0
```

```python tests/test_cart.py
from unittest.mock import patch

from shop.cart import Cart


def test_total():
    cart = Cart(currency="EUR", customer=1)  ← gap
    assert cart.sum() == 0


@patch("shop.cart.send_mail")
def test_mail(send):
    assert not send.called
```

## No gap

```python shop/cart.py
class Cart:
    def __init__(self, currency, **options):
        self.currency = currency

    def total(self):
        return 0
```

```python tests/test_cart.py
import pytest

from shop.cart import Cart


def test_total():
    cart = Cart(currency="EUR", customer=1)
    assert cart.total() == 0
    with pytest.raises(AttributeError):
        cart.sum()
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.tests.python_test_members import MissingMember, PythonTestMembers
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=PythonTestMembers, blocks=Stage.NONE, effort=(0.2, 2.0))
def test_calls_undefined_member(snapshot: Snapshot) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[MissingMember]] = defaultdict(list)
    for missing in snapshot.derived(PythonTestMembers).missing:
        groups[missing.path, missing.owner].append(missing)
    for (path, owner), found in groups.items():
        names = ", ".join(f"`{one.name}` as {one.what}" for one in found[:4])
        more = f" and {len(found) - 4} more" if len(found) > 4 else ""
        message = f"Asks for {names}{more}: not there, so these tests fail."
        asks = [Evidence(f"asks for {one.name}", path, line) for one in found[:10] for line in one.lines[:3]]
        sought = Evidence("looked for it here", owner, found[0].line)
        yield Gap(
            owner.rpartition("/")[2], message, path, min(one.lines[0] for one in found), (*asks, sought)
        )
