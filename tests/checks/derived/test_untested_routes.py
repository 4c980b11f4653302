"""Which routes count as asked for by tests."""

from __future__ import annotations

import pytest

from checks import find_check
from checks.derived.tests.untested_routes import UntestedRoutes
from tests.checks.trees import report, snapshot

MAIN = """
from fastapi import FastAPI
app = FastAPI()

@app.get("/orders")
def orders():
    return []

@app.get("/orders/{number}/invoice")
@cached
def invoice(number):
    return number

@app.get("/{anything}")
def page(anything):
    return anything
"""
FILES = {"requirements.txt": "fastapi\n", "main.py": MAIN}
ORDERS = "from main import app\n\ndef test_orders(client):\n    assert client.get('/orders')\n"
INVOICE = ["/orders/{number}/invoice"]


def asked(text: str) -> dict[str, str]:
    return {**FILES, "tests/test_main.py": f"{ORDERS}    assert client.get({text})\n"}


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        pytest.param({**FILES, "tests/test_main.py": ORDERS}, INVOICE, id="by none"),
        pytest.param(FILES, [], id="without tests"),
        pytest.param({**FILES, "tests/test_main.py": "from main import app\n"}, [], id="none asks for an address"),
        pytest.param(asked('"/orders/7/invoice"'), [], id="with a value"),
        pytest.param(asked('f"{base}/orders/{order.id}/invoice?as=pdf"'), [], id="put together"),
        pytest.param(asked('"http://test/api/v1/orders/7/invoice"'), [], id="below a prefix"),
        pytest.param(asked('"/invoice"'), [], id="below what the client knows"),
        pytest.param(asked('"/bills/7/invoice/lines"'), INVOICE, id="of something else"),
        pytest.param(asked('"/customers/orders/8/7/invoice"'), INVOICE, id="with another word in its place"),
        pytest.param(asked('url_for("invoice")'), [], id="by the handler's name"),
        pytest.param({**asked('"/x"'), "api.postman_collection.json": "{}"}, [], id="by other tools"),
        pytest.param(
            {**asked('"/x"'), "tests/test_schema.py": "import schemathesis\n"}, [], id="by the schema"
        ),
        pytest.param({**asked('"/x"'), "playwright.config.ts": ""}, [], id="by a browser"),
        pytest.param(
            asked('"/x"') | {"tests/test_many.py": "".join(f"a{n} = '/b{n}/invoice/c'\n" for n in range(400))},
            [], id="too many to tell",
        ),
        pytest.param(
            {
                "go.mod": "module x.io/shop\n",
                "api.go": 'package api\n\nfunc Routes(r *chi.Mux) {\n\tr.Get("/orders", orders)\n\tr.Get("/items/{id}", items)\n\tr.Get("/users", users)\n}\n',
                "api_test.go": 'package api\n\nfunc TestOrders(t *testing.T) {\n\tget(t, "/orders")\n\tusers(nil, nil)\n}\n',
            },
            ["/items/{id}"], id="in Go",
        ),
    ],
)  # fmt: skip
def test_routes_that_no_test_asks_for(files: dict[str, str], missing: list[str]) -> None:
    found = snapshot(files).derived(UntestedRoutes).components
    assert [route.address for one in found for route in one.routes] == missing


def test_every_route_with_a_word_of_its_own_is_judged() -> None:
    assert len(snapshot({**FILES, "tests/test_main.py": ORDERS}).derived(UntestedRoutes)) == 2


def test_tests_that_ask_for_no_route_tell_nothing() -> None:
    """They may go by a client that knows the addresses."""
    files = {f"api/{path}": text for path, text in FILES.items()}
    tests = {"api/tests/test_main.py": "from main import app\n"}
    assert snapshot({**files, **tests}).derived(UntestedRoutes).unasked == ("api",)
    check = find_check("route-without-test")
    assert check is not None
    assert report({**files, **tests}, check).results[0].unjudged == {"api"}
