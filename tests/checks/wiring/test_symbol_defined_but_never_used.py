"""Symbols that only tests use, factories nobody calls, helpers and ways back that nothing uses."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "symbol-defined-but-never-used"
MOD = {"go.mod": "module example.com/shop\n"}
MAIN = {"main.go": 'package main\n\nimport "example.com/shop/internal/till"\n\nfunc main() { till.Open() }\n'}
OPEN = "package till\n\nfunc Open() {}\n"
GO = MOD | MAIN
TEST = {"internal/till/till_test.go": "package till\n\nfunc TestIt(t *T) { %s }\n"}


def till(code: str, used: str, **more: str) -> Files:
    """A Go program with this code in an internal package, and this use of it in a test."""
    test = {path: text % used for path, text in TEST.items()}
    return GO | test | {"internal/till/till.go": OPEN + code} | more


METHOD = "\ntype Till struct{}\n\nfunc (t *Till) Refund() int { return 1 }\n\nvar shared Till\n\nfunc use() { print(shared); use2() }\n\nfunc use2() { use() }\n"
PYTHON = {"main.py": "from fastapi import FastAPI\n\nimport till\n\napp = FastAPI()\ntill.charge()\n"}
PYTHON_TEST = {"tests/test_till.py": "from till import %s\n\n\ndef test():\n    assert %s()\n"}


def python(code: str, used: str = "refund") -> Files:
    """A Python service with this code in a module, and a test that uses it."""
    test = {path: text % (used, used) for path, text in PYTHON_TEST.items()}
    return PYTHON | test | {"till.py": "def charge():\n    return 1\n\n\n" + code}


REFUND = "def refund():\n    return work()\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(till("\nfunc Refund() {}\n", "Refund()"), ["till.go"], id="Go"),
        pytest.param(
            {**python(REFUND), ".ops/refunds.py": REFUND}, ["till.py"], id="a hidden file is a tool's own"
        ),
        pytest.param(
            till("\nfunc Refund() {}\n", "Open()"), Outcome.PASSED, id="Go, not even a test uses it"
        ),
        pytest.param(
            till("\nfunc Refund() {}\n\nvar x = Refund\n", "Refund()"),
            Outcome.PASSED,
            id="Go, used as a value",
        ),
        pytest.param(
            till("\nfunc ResetForTest() {}\n", "ResetForTest()"), Outcome.PASSED, id="Go, meant for tests"
        ),
        pytest.param(
            till('\nvar names = "Refund"\n\nfunc Refund() {}\n', "Refund()"), Outcome.PASSED, id="Go, spelled"
        ),
        pytest.param(till(METHOD, "shared.Refund()"), ["till.go"], id="Go, a method"),
        pytest.param(
            till(METHOD + "\ntype Refunder interface{ Refund() int }\n", "shared.Refund()"),
            Outcome.PASSED,
            id="Go, a method that an interface asks for",
        ),
        pytest.param(
            till('\nimport "text/template"\n' + METHOD, "shared.Refund()"),
            Outcome.PASSED,
            id="Go, templates call methods",
        ),
        pytest.param(
            till(
                "\ntype Till struct{}\n\nfunc NewTill() *Till { return &Till{} }\n\nfunc (t *Till) Refund() {}\n",
                "NewTill().Refund()",
            ),
            ["till.go"],
            id="Go, a type with its methods",
        ),
        pytest.param(
            MOD
            | {
                "main.go": "package main\n\nfunc main() {}\n",
                "internal/bank/bank.go": "package bank\n\nfunc NewBank() int { return 1 }\n",
            },
            ["bank.go"],
            id="Go, a factory of a package that nothing imports",
        ),
        pytest.param(
            MOD
            | {"till/till.go": OPEN, "till/till_test.go": "package till\n\nfunc TestIt(t *T) { Open() }\n"},
            Outcome.PASSED,
            id="Go, a library",
        ),
        pytest.param(python(REFUND), ["till.py"], id="Python"),
        pytest.param(python("@task\n" + REFUND), Outcome.PASSED, id="Python, decorated"),
        pytest.param(
            python("class Refund(Exception):\n    pass\n", "Refund"), ["till.py"], id="Python, a class"
        ),
        pytest.param(
            PYTHON
            | {
                "till.py": "def charge():\n    return 1\n",
                "container.py": "def create_container():\n    return work()\n",
            },
            ["container.py"],
            id="Python, a factory that nothing calls",
        ),
        pytest.param(
            {
                "package.json": '{"name": "a", "private": true}',
                "src/main.ts": 'import { charge } from "./till";\ncharge();\n',
                "src/till.ts": "export const charge = () => work();\nexport function refund() { return work(); }\n",
                "src/till.test.ts": 'import { refund } from "./till";\nrefund();\n',
            },
            ["till.ts"],
            id="TypeScript",
        ),
        pytest.param(
            {
                "Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n',
                "src/main.rs": "mod till;\nfn main() { till::charge(); }\n",
                "src/till.rs": "pub fn charge() {}\npub fn refund() {}\n",
                "tests/till.rs": "#[test]\nfn it() { refund(); }\n",
            },
            ["till.rs"],
            id="Rust",
        ),
        pytest.param(
            {
                "src/gen/a.gen.ts": "export function refund() {}\n",
                "package.json": '{"name": "a", "private": true}',
            },
            Outcome.NOT_APPLICABLE,
            id="generated",
        ),
    ],
)
def test_symbols(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


PUBLIC = MOD | {
    "main.go": 'package main\n\nimport "example.com/shop/pkg/till"\n\nfunc main() { till.Open() }\n',
    "pkg/till/till.go": OPEN + "\nfunc NewCashDrawer() int { return 1 }\n",
    "pkg/till/till_test.go": "package till\n\nfunc TestIt(t *T) { NewCashDrawer() }\n",
}


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        pytest.param("# Shop\n\nOpens the cash drawer.\n", [Severity.LOW], id="promised"),
        pytest.param("# Cash drawer\n", [Severity.LOW], id="promised in a title"),
        pytest.param("# Shop\n", [], id="not promised"),
    ],
)
def test_public_packages_of_a_program(readme: str, expected: list[Severity]) -> None:
    assert [gap.severity for gap in result_of(CHECK, PUBLIC | {"README.md": readme}).gaps] == expected


def test_a_long_list_is_cut() -> None:
    names = [f"Refund{letter}" for letter in "ABCDEFGH"]
    code = "".join(f"\nfunc {name}() {{}}\n" for name in names)
    (gap,) = result_of(CHECK, till(code, "; ".join(f"{name}()" for name in names))).gaps
    assert gap.gap.message.endswith("and 2 more.")


HELPER = "def make_order():\n    return 1\n"
MIGRATION = "def up(db):\n    db.run('a')\n\n\ndef down(db):\n    db.run('b')\n"
RUNNER = "def run(module, db):\n    module.up(db)\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"tests/helpers.py": HELPER}, ["helpers.py"], id="helpers that no test uses"),
        pytest.param(
            {
                "tests/helpers.py": HELPER,
                "tests/test_a.py": "from tests.helpers import make_order\n\n\ndef test():\n    assert make_order()\n",
            },
            Outcome.PASSED,
            id="helpers that a test uses",
        ),
        pytest.param({"tests/helpers.py": "@fixture\n" + HELPER}, Outcome.NOT_APPLICABLE, id="fixtures"),
        pytest.param(
            {"db/migrations/runner.py": RUNNER, "db/migrations/versions/001_a.py": MIGRATION},
            ["down"],
            id="no way back",
        ),
        pytest.param(
            {
                "db/migrations/runner.py": RUNNER + "    module.down(db)\n",
                "db/migrations/versions/001_a.py": MIGRATION,
            },
            Outcome.PASSED,
            id="a way back",
        ),
        pytest.param(
            {"other/runner.py": RUNNER, "db/migrations/001_a.py": MIGRATION},
            Outcome.PASSED,
            id="run by something else",
        ),
    ],
)
def test_support_and_rollbacks(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


@pytest.mark.parametrize(
    ("place", "written", "expected"),
    [
        pytest.param("lib", "export default", ["mail.ts"], id="nothing looks there"),
        pytest.param("server/tasks", "export default", Outcome.NOT_APPLICABLE, id="taken by its place"),
        pytest.param("server/tasks", "", ["mail.ts"], id="not offered to what takes it"),
    ],
)
def test_what_is_taken_by_its_place(place: str, written: str, expected: list[str] | Outcome) -> None:
    """A program that reads the folder uses what its files export, whatever the name."""
    files = {
        "package.json": '{"name": "shop", "private": true, "scripts": {"start": "node main.js"}}',
        "main.js": f'import "./{place}/mail";\n',
        f"{place}/mail.ts": f"{written} class MailTask {{\n  run() {{\n    return 1;\n  }}\n}}\n",
        f"{place}/mail.test.ts": "import MailTask from './mail';\n\ntest('mail', () => { new MailTask().run(); });\n",
    }
    assert said(CHECK, files) == expected


def test_one_gap_for_a_package() -> None:
    """At its folder, where several files have such symbols."""
    files = till(
        "\nfunc Refund() {}\n",
        "Refund(); Void()",
        **{"internal/till/void.go": "package till\n\nfunc Void() {}\n"},
    )
    (found,) = result_of(CHECK, files).gaps
    assert (found.gap.path, found.gap.line, found.gap.message) == (
        "internal/till",
        None,
        "Only tests use `Refund`, `Void`.",
    )
