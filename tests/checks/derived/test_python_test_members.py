"""What tests ask for that the code doesn't have, and what can't be told."""

from __future__ import annotations

import pytest

from checks.derived.tests.python_test_members import PythonTestMembers
from tests.checks.trees import snapshot

CART = """\
from dataclasses import dataclass


class Cart:
    def __init__(self, currency, *parts, limit=1):
        self.currency = currency

    def add(self, item, count=1):
        return item

    def __weigh(self):
        return 1

    @wrapped
    def take(self, item):
        return item


class Open:
    def __init__(self, **options):
        self.a = 1


class New:
    def __new__(cls, a):
        return 1


class Plain:
    pass


@dataclass
class Line:
    price: int


def total(cart, *, tax=0):
    return 1


def anything(**options):
    return 1


@wrapped
def other(a):
    return 1
"""
IMPORTS = "from shop.cart import Cart, Line, New, Open, Plain, anything, other, total\n"


@pytest.mark.parametrize(
    ("test", "missing"),
    [
        ("cart = Cart(1)\n    cart.sum()", ["sum"]),
        ("cart = Cart(1)\n    cart.sum()\n    cart.sum()", ["sum"]),
        ("cart = Cart(1)\n    cart._Cart__weigh()", []),
        ("cart = Cart(1)\n    cart._Cart__pay()", ["_Cart__pay"]),
        ('monkeypatch.setattr("shop.cart.LIMIT", 1)', ["shop.cart.LIMIT"]),
        ('monkeypatch.setattr("shop.cart.LIMIT", 1, raising=False)', []),
        ("cart = Cart(1)\n    cart.currency", []),
        ("cart = Cart(1)\n    cart = other(1)\n    cart.sum()", []),
        ("cart = Cart(1)\n    with pytest.raises(AttributeError):\n        cart.sum()", []),
        ("cart = Cart(1)\n    with pytest.raises(KeyError):\n        cart.sum()", ["sum"]),
        ("cart = Cart(1)\n    cart.add(item=1, number=2)", ["number"]),
        ("cart = Cart(1)\n    cart.add(1, count=2)", []),
        ("cart = Cart(1)\n    cart.take(1, count=2)", []),
        ("cart = Cart(1)\n    use(cart.add, count=2)", []),
        ("cart = Cart(1)\n    with pytest.raises(TypeError):\n        cart.add(1, number=2)", []),
        ("cart = Cart(1)\n    cart.add = Mock()\n    cart.add(1, number=2)", []),
        ("Cart(currency=1, customer=2)", ["customer"]),
        ("Cart(currency=1, limit=2)", []),
        ("with pytest.raises(TypeError):\n        Cart(customer=2)", []),
        ("Open(customer=2)", []),
        ("New(customer=2)", []),
        ("Plain(customer=2)", []),
        ("Line(price=1, tax=2)", ["tax"]),
        ("total(cart=1, tax=2)", []),
        ("total(cart=1, rate=2)", ["rate"]),
        ("anything(rate=2)", []),
        ("other(rate=2)", []),
        ("shop.total(rate=2)", []),
        ("unknown(rate=2)", []),
        ("patch('shop.cart.send')", ["shop.cart.send"]),
        ("mocker.patch('shop.cart.send')", ["shop.cart.send"]),
        ("patch('shop.cart.send', create=True)", []),
        ("patch('shop.cart.total')", []),
        ("patch('shop.cart')", []),
        ("patch('shop.missing.send')", []),  # another library may be called so
        ("patch('requests.get')", []),
        ("patch('send')", []),
        ("patch(target)\n    patch()", []),
        ("with pytest.raises(AttributeError):\n        patch('shop.cart.send')", []),
        ("patch('shop.cart.total')\n    total(rate=2)", []),  # what it calls may be another thing
        ("patch('shop.twice.send')", []),  # two modules may be meant
    ],
)
def test_asks(test: str, missing: list[str]) -> None:
    files = {
        "lib/shop/__init__.py": "",
        "lib/shop/cart.py": CART,
        "lib/shop/twice.py": "",
        "old2/shop/twice.py": "",
        "tests/test_cart.py": f"{IMPORTS}\n\ndef test_it():\n    {test}\n",
        "pyproject.toml": '[tool.setuptools]\npackage-dir = {"" = "lib"}\n',
    }
    found = snapshot(files).derived(PythonTestMembers)
    assert [one.name for one in found.missing] == missing
    assert len(found) == 1


def test_only_code_that_ships_is_asked() -> None:
    files = {
        "tests/support.py": CART,
        "tests/test_cart.py": "from tests.support import Cart, total\n\n\ndef test_it():\n    Cart(a=1)\n    total(a=1)\n    c = Cart(1)\n    c.sum()\n",
        "tests/__init__.py": "",
    }
    assert not snapshot(files).derived(PythonTestMembers).missing


FIXTURE = "@pytest.fixture%s\ndef cart():\n    %s\n\n\n"
TEST = "def test_it(cart):\n    cart.sum()\n"
IMPORT = "import pytest\n\nfrom shop.cart import Cart\n\n\n"


@pytest.mark.parametrize(
    ("conftest", "test", "missing"),
    [
        (IMPORT + FIXTURE % ("", "return Cart(1)"), TEST, ["sum"]),
        (IMPORT + FIXTURE % ("()", "cart = Cart(1)\n    yield cart"), TEST, ["sum"]),
        (IMPORT + FIXTURE % ("", "cart = Cart(1)\n    cart = wrap(cart)\n    return cart"), TEST, []),
        (IMPORT + FIXTURE % ("", "return other"), TEST, []),
        (IMPORT + FIXTURE % ("", "if x:\n        return Cart(1)\n    return None"), TEST, []),
        (IMPORT + FIXTURE % ("(name='other')", "return Cart(1)"), TEST, []),
        (IMPORT + FIXTURE % ("", "return make(1)"), TEST, []),
        (IMPORT + FIXTURE % ("", "return Cart(1)") + FIXTURE % ("", "return Cart(1)"), TEST, []),
        (IMPORT + FIXTURE % ("", "return Cart(1)"), "from other import cart\n\n\n" + TEST, []),
        (IMPORT + FIXTURE % ("", "return Cart(1)"), IMPORT + FIXTURE % ("", "return other") + TEST, []),
        (
            IMPORT + FIXTURE % ("", "return Cart(1)"),
            "def test_it(cart):\n    cart.sum = 1\n    cart.sum()\n",
            [],
        ),
        (IMPORT + FIXTURE % ("", "return Cart(1)"), "def test_it(cart: Any):\n    cart.sum()\n", []),
        ("def cart():\n    return Cart(1)\n", TEST, []),
        ("x = 1\n", TEST, []),
    ],
)
def test_asks_of_fixtures(conftest: str, test: str, missing: list[str]) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/cart.py": CART,
        "tests/conftest.py": conftest,
        "tests/unit/test_cart.py": test,
    }
    found = snapshot(files).derived(PythonTestMembers)
    assert [one.name for one in found.missing] == missing
