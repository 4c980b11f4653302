"""Which code is judged at all, and which of it nothing reaches that ships."""

from __future__ import annotations

import pytest

from checks.derived.unreachable import Unreachable
from tests.checks.trees import Files, report, snapshot

CODE = "def made():\n    return 1\n"
RUNS = "import json\n\njson.dumps(1)\n\n\ndef made():\n    return 1\n"
SERVICE = {
    "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
    "main.py": "from app import core\n\ncore.made()\n",
    "app/__init__.py": "",
    "app/core.py": CODE,
}
WEB = '{"name": "web", "private": true, "dependencies": {%s}}'
TS = "export function made() { return 1 }\n"


def dead(files: Files) -> set[str]:
    return {code.path for code in snapshot(files).derived(Unreachable).code}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"app/lost.py": CODE}, {"app/lost.py"}, id="a module that nothing imports"),
        pytest.param({"app/lost.py": ""}, set(), id="an empty file"),
        pytest.param({"app/.hidden/lost.py": CODE}, set(), id="hidden"),
        pytest.param({"app/lost.py": CODE, "app/look.ipynb": "{}"}, set(), id="beside a notebook"),
        pytest.param({"app/noxfile.py": CODE}, set(), id="a tool's file"),
        pytest.param({"app/lost.pyi": "def made() -> int: ...\n"}, set(), id="a stub"),
        pytest.param({"app/lost/__init__.py": "from app import core\n"}, set(), id="a package that passes names on"),
        pytest.param({"app/lost/__init__.py": CODE}, {"app/lost/__init__.py"}, id="a package with code"),
        pytest.param({"loose/lost.py": RUNS}, set(), id="it works when it is run by hand"),
        pytest.param({"app/lost.py": RUNS}, {"app/lost.py"}, id="a part of a package"),
        pytest.param({"loose/lost.py": RUNS, "requirements.txt": "redis\n"}, {"loose/lost.py"}, id="a part of a project without a manifest"),
        pytest.param({"loose/lost.py": RUNS, "loose/Procfile": "web: other\n"}, {"loose/lost.py"}, id="a part of what is started there"),
        pytest.param({"pyproject.toml": '[project]\nname = "app"\nkeywords = ["x"]\n', "loose.py": CODE}, set(), id="beside what a library installs"),
    ],
)  # fmt: skip
def test_python(files: Files, expected: set[str]) -> None:
    assert dead({**SERVICE, **files}) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"package.json": WEB % "", "src/lost.ts": TS}, {"src/lost.ts"}, id="a module of an application"),
        pytest.param({"package.json": WEB % "", "lost.ts": TS}, set(), id="outside src"),
        pytest.param({"package.json": WEB % "", "src/lost.d.ts": "export type A = string\n"}, set(), id="declarations"),
        pytest.param({"package.json": WEB % '"nuxt": "3"', "src/lost.ts": TS}, set(), id="a framework that imports by place"),
        pytest.param({"package.json": '{"name": "web", "version": "1.0.0"}', "src/lost.ts": TS}, set(), id="published"),
        pytest.param({"package.json": WEB % "", "components.json": "{}", "src/components/ui/lost.tsx": TS}, set(), id="a kit of components"),
        pytest.param({"package.json": WEB % "", "src/shop.mocks.ts": TS}, set(), id="support of tests"),
        pytest.param({"src/lost.ts": TS}, set(), id="no package"),
    ],
)  # fmt: skip
def test_javascript(files: Files, expected: set[str]) -> None:
    assert dead({"src/main.ts": "export {}\n", **files}) == expected


def test_a_program_beside_an_image_that_starts_another() -> None:
    files = {
        **SERVICE,
        "job/Dockerfile": 'FROM busybox\nCMD ["httpd"]\n',
        "job/lost.py": f'{CODE}\n\nif __name__ == "__main__":\n    made()\n',
        "job/requirements.txt": "redis\n",
    }
    assert dead(files) == {"job/lost.py"}


def test_go_without_a_module_is_not_judged() -> None:
    """In a GOPATH, what an import means depends on where the tree lies."""
    files = {
        "main.go": 'package main\n\nimport "example.com/shop/api"\n\nfunc main() { api.Serve() }\n',
        "api/serve.go": "package api\n\nfunc Serve() {}\n",
        "internal/lost/lost.go": "package lost\n\nfunc Lost() {}\n",
        "Dockerfile": 'FROM golang:1.24\nCOPY . .\nRUN go build -o /shop .\nCMD ["/shop"]\n',
    }
    assert dead(files) == set()
    assert dead({**files, "go.mod": "module example.com/shop\n"}) == {"internal"}


def test_a_tree_that_starts_nothing_is_not_judged() -> None:
    made = snapshot({"README.md": "# shop\n", "part.pyi": "x: int\n"}).derived(Unreachable)
    assert (len(made), made.code) == (0, ())


def test_what_is_said_of_a_ring_that_only_tests_reach() -> None:
    points = {
        f"{name}.Dockerfile": f"FROM python:3.12\nCOPY . .\nCMD python {name}.py\n" for name in "abcdef"
    }
    programs = {f"{name}.py": "from app import core\n\ncore.made()\n" for name in "abcdef"}
    ring = {
        "app/__init__.py": "",
        "app/core.py": CODE,
        "app/ring/__init__.py": "",
        "app/ring/one.py": f"from app.ring import two\n\n\n{CODE}",
        "app/ring/two.py": f"from app.ring import one\n\n\n{CODE}",
        "app/lost.py": f"from app.ring import one\n\n\n{CODE}",
        "tests/test_ring.py": "from app.ring.one import made\n\n\ndef test_made():\n    assert made() == 1\n",
    }
    gaps = {one.gap.path: one.gap for one in report({**points, **programs, **ring}).gaps if one.check.id == "module-never-imported"}  # fmt: skip
    assert set(gaps) == {"app/ring", "app/lost.py"}
    assert gaps["app/ring"].message == (
        "This package (2 modules, 10 lines) is reachable from no entry point that ships: only tests reach it; "
        "it is imported only by code that is itself unreachable (app/lost.py)."
    )
    texts = [evidence.note for evidence in gaps["app/ring"].evidence]
    assert [text for text in texts if not text.startswith(("looked from python", "which starts"))] == [
        "looked from 2 more entry points",
        "a test reaches it",
        "imported here, by code that is unreachable too",
        "unreachable",
        "unreachable",
    ]
    assert gaps["app/lost.py"].message.startswith("This module (5 lines)")


CRATE = '[package]\nname = "shop"\nversion = "0.1.0"\n'
PROGRAM = {
    "Cargo.toml": '[workspace]\nmembers = ["shop"]\n',
    "shop/src/safety/mod.rs": "pub mod guard;\npub use guard::Guard;\n",
}
GUARD = "pub struct Guard {\n    pub open: bool,\n}\n"


@pytest.mark.parametrize(
    ("main", "guard", "expected"),
    [
        pytest.param("", GUARD, {"shop/src/safety/guard.rs"}, id="passed on and never used"),
        pytest.param("use crate::safety::guard::Guard;\n", GUARD, set(), id="used by its own name"),
        pytest.param("use crate::safety::Guard;\n", GUARD, set(), id="used by a name that is passed on"),
        pytest.param("use safety::*;\nfn f(g: Guard) {}\n", GUARD, set(), id="used through a star"),
        pytest.param("", "pub trait Guard {}\n", set(), id="a trait works unnamed"),
        pytest.param("", "struct Guard;\n", set(), id="nothing is public"),
        pytest.param("", "pub struct Guard {{{\n", set(), id="not read whole"),
    ],
)  # fmt: skip
def test_rust(main: str, guard: str, expected: set[str]) -> None:
    program = f"mod safety;\n{main}\nfn main() {{}}\n"
    files = {"shop/Cargo.toml": CRATE, "shop/src/main.rs": program, "shop/src/safety/guard.rs": guard}
    assert dead({**PROGRAM, **files}) == expected


@pytest.mark.parametrize(
    ("worker", "expected"),
    [
        pytest.param("use super::guard::Guard;\nfn f(_: Guard) {}\n", {"shop/src/safety/guard.rs"}, id="the neighbour"),
        pytest.param("use super::guard;\nfn f() { guard::open() }\n", {"shop/src/safety/guard.rs"}, id="the neighbour by its module"),
        pytest.param("use super::guard::Guard;\nfn f() { crate::safety::guard::open() }\n", set(), id="the other too, by its whole path"),
        pytest.param("use crate::safety::guard::Guard;\nfn f(_: Guard) {}\n", {"shop/src/work/guard.rs"}, id="the other"),
        pytest.param("use self::guard::Guard;\nfn f(_: Guard) {}\n", set(), id="which one can't be told"),
        pytest.param("use guard::Guard;\nfn f(_: Guard) {}\n", set(), id="nor here"),
    ],
)  # fmt: skip
def test_rust_modules_of_one_name(worker: str, expected: set[str]) -> None:
    """An import from `super`, `self` or `crate` means one of two modules of a name."""
    files = {
        "shop/Cargo.toml": CRATE,
        "shop/src/main.rs": "mod safety;\nmod work;\n\nfn main() { work::worker::f() }\n",
        "shop/src/safety/guard.rs": GUARD,
        "shop/src/work/mod.rs": "pub mod guard;\npub mod worker;\n",
        "shop/src/work/guard.rs": GUARD,
        "shop/src/work/worker.rs": f"{worker}pub fn g() {{}}\n",
    }
    assert dead({**PROGRAM, **files}) == expected


@pytest.mark.parametrize(
    ("manifest", "library", "said"),
    [
        pytest.param(CRATE, {"shop/src/lib.rs": "pub mod safety;\n"}, True, id="published with a library"),
        pytest.param(CRATE, {}, False, id="a program alone"),
        pytest.param(f"{CRATE}publish = false\n", {"shop/src/lib.rs": "pub mod safety;\n"}, False, id="not published"),
    ],
)  # fmt: skip
def test_what_a_library_offers_to_others(manifest: str, library: Files, *, said: bool) -> None:
    files: Files = {
        "shop/Cargo.toml": manifest,
        "shop/src/main.rs": "fn main() {}\n",
        "shop/src/safety/guard.rs": GUARD,
    }
    gaps = [
        one.gap
        for one in report({**PROGRAM, **files, **library}).gaps
        if one.check.id == "module-never-imported"
    ]
    assert [gap.message.endswith("its crate is published as a library too.") for gap in gaps] == [said]
