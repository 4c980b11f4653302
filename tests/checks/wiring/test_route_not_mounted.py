"""Routers, blueprints and route functions: mounted, never mounted, mounted in code that never runs."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "route-not-mounted"
APP = "from fastapi import FastAPI\n\napp = FastAPI()\n"
MODERN = "from fastapi import FastAPI\n\napp = FastAPI(lifespan=lifespan)\n"
ROUTER = "from fastapi import APIRouter\n\nrouter = APIRouter()\n"
FACTORY = (
    "from fastapi import APIRouter\n\n\ndef make_router():\n    router = APIRouter()\n    return router\n"
)
HOOK = '\n\n@app.on_event("startup")\nasync def mount():\n    app.include_router(%s)\n'
SETUP = "\n\ndef mount(app):\n    app.include_router(router)\n"
ORDERS = {"orders.py": ROUTER}
MADE = {"orders.py": FACTORY}
IMPORT = "from orders import router\n"
IMPORT_MAKER = "from orders import make_router\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(ORDERS | {"main.py": APP}, ["router"], id="never"),
        pytest.param(ORDERS, Outcome.NOT_APPLICABLE, id="no application in the tree"),
        pytest.param(
            ORDERS | {"main.py": IMPORT + APP + "app.include_router(router)\n"}, Outcome.PASSED, id="by name"
        ),
        pytest.param(
            ORDERS | {"main.py": "from orders import router as r\n" + APP + "app.include_router(r)\n"},
            Outcome.PASSED,
            id="under another name",
        ),
        pytest.param(
            ORDERS
            | {
                "main.py": "import orders\n"
                + APP
                + "for one in all_of(orders):\n    app.include_router(one)\n"
            },
            Outcome.PASSED,
            id="in a loop",
        ),
        pytest.param(
            ORDERS | {"main.py": "import orders\n" + APP + "app.include_router(getattr(orders, 'router'))\n"},
            Outcome.PASSED,
            id="by an expression",
        ),
        pytest.param(
            ORDERS | {"main.py": IMPORT + APP, "other.py": ROUTER + "app.include_router(router)\n"},
            ["router"],
            id="another router of that name",
        ),
        pytest.param(
            ORDERS | {"main.py": IMPORT + MODERN + HOOK % "router"},
            ["router"],
            id="in a hook that never runs",
        ),
        pytest.param(
            ORDERS | {"main.py": IMPORT + APP + HOOK % "router"}, Outcome.PASSED, id="in a hook that runs"
        ),
        pytest.param(ORDERS | {"main.py": IMPORT + APP + SETUP}, ["router"], id="in a function nobody calls"),
        pytest.param(
            ORDERS | {"main.py": IMPORT + APP + SETUP + "\n\nmount(app)\n"},
            Outcome.PASSED,
            id="in a function that is called",
        ),
        pytest.param(MADE | {"main.py": APP}, ["make_router"], id="a factory nobody calls"),
        pytest.param(
            MADE | {"main.py": IMPORT_MAKER + APP + "app.include_router(make_router())\n"},
            Outcome.PASSED,
            id="a factory",
        ),
        pytest.param(
            MADE | {"main.py": IMPORT_MAKER + MODERN + HOOK % "make_router()"},
            ["make_router"],
            id="a factory in a dead hook",
        ),
        pytest.param(
            MADE | {"main.py": IMPORT_MAKER + APP + "makers = [make_router]\n"},
            Outcome.PASSED,
            id="a factory handed on",
        ),
        pytest.param(
            {
                "main.py": APP,
                "shop/__init__.py": "",
                "shop/orders.py": ROUTER,
                "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndescription = "x"\nclassifiers = ["a"]\n[build-system]\nrequires = []\n',
            },
            Outcome.NOT_APPLICABLE,
            id="a library",
        ),
    ],
)
def test_python(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_the_dead_hook_is_named() -> None:
    (gap,) = result_of(CHECK, ORDERS | {"main.py": IMPORT + MODERN + HOOK % "router"}).gaps
    assert "on_event" in gap.gap.message
    assert ("main.py", 9) in [(evidence.path, evidence.line) for evidence in gap.gap.evidence]


GO_MOD = "module example.com/shop\n"
GO_MAIN = "package main\n\nfunc main() {%s}\n"
GO_ROUTES = (
    'package main\n\nfunc routes(r chi.Router) {\n\tr.Get("/", list)\n}\n\nfunc other(r int) { r.Get(1) }\n'
)
CARGO = '[package]\nname = "shop"\nversion = "1.0.0"\n'
AXUM = 'pub fn routes() -> Router {\n    Router::new().route("/", get(list))\n}\n'
EXPRESS = 'import express from "express";\n\nconst router = express.Router();\n\nexport default router;\n'
PACKAGE = '{"name": "shop", "private": true, "main": "src/main.ts"}'
MODULE = "@Module({ controllers: [%s] })\nexport class AppModule {}\n"
CONTROLLER = '@Controller("orders")\nexport class OrdersController {}\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"go.mod": GO_MOD, "main.go": GO_MAIN % "", "routes.go": GO_ROUTES}, ["routes"], id="Go"
        ),
        pytest.param(
            {"go.mod": GO_MOD, "main.go": GO_MAIN % "routes(r)", "routes.go": GO_ROUTES},
            Outcome.PASSED,
            id="Go, called",
        ),
        pytest.param(
            {"go.mod": GO_MOD, "main.go": GO_MAIN % "", "routes_test.go": GO_ROUTES},
            Outcome.NOT_APPLICABLE,
            id="Go, a test",
        ),
        pytest.param(
            {"Cargo.toml": CARGO, "src/main.rs": "mod api;\nfn main() {}\n", "src/api.rs": AXUM},
            ["routes"],
            id="Rust",
        ),
        pytest.param(
            {"Cargo.toml": CARGO, "src/main.rs": "fn main() { api::routes(); }\n", "src/api.rs": AXUM},
            Outcome.PASSED,
            id="Rust, called",
        ),
        pytest.param({"Cargo.toml": CARGO, "src/lib.rs": AXUM}, Outcome.NOT_APPLICABLE, id="Rust, a library"),
        pytest.param(
            {
                "Cargo.toml": CARGO,
                "src/main.rs": "fn main() {}\n",
                "src/api.rs": "impl Serve for Shop {\n" + AXUM.replace("pub ", "") + "}\n",
            },
            Outcome.PASSED,
            id="Rust, a trait's method",
        ),
        pytest.param(
            {"package.json": PACKAGE, "src/main.ts": "run();\n", "src/orders.ts": EXPRESS},
            ["router"],
            id="Express",
        ),
        pytest.param(
            {
                "package.json": PACKAGE,
                "src/main.ts": 'import orders from "./orders";\napp.use("/", orders);\n',
                "src/orders.ts": EXPRESS,
            },
            Outcome.PASSED,
            id="Express, used",
        ),
        pytest.param(
            {"go.mod": GO_MOD, "api/routes.go": GO_ROUTES.replace("main", "api")},
            Outcome.NOT_APPLICABLE,
            id="Go, public",
        ),
        pytest.param(
            {
                "package.json": '{"name": "a", "version": "1.0.0", "main": "index.js"}',
                "src/orders.ts": EXPRESS,
            },
            Outcome.NOT_APPLICABLE,
            id="Express, published",
        ),
        pytest.param(
            {
                "package.json": PACKAGE,
                "src/orders.ts": EXPRESS.replace("const router", "let a = f();\nconst router")
                + 'app.use("/", router);\n',
            },
            Outcome.PASSED,
            id="Express, used in place",
        ),
        pytest.param(
            {"package.json": PACKAGE, "src/app.ts": MODULE % "", "src/o.ts": CONTROLLER},
            ["OrdersController"],
            id="Nest",
        ),
        pytest.param(
            {"package.json": PACKAGE, "src/app.ts": MODULE % "OrdersController", "src/o.ts": CONTROLLER},
            Outcome.PASSED,
            id="Nest, listed",
        ),
        pytest.param({"package.json": PACKAGE, "src/o.ts": CONTROLLER}, Outcome.NOT_APPLICABLE, id="no Nest"),
    ],
)
def test_other_languages(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
