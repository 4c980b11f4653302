"""Which code is owed a test, how it is reached, and how what is not reached is gathered."""

from __future__ import annotations

import pytest

from checks import Outcome, Policy
from checks.derived.tests.tested_by import Reach, TestedBy
from tests.checks.trees import report, reviewed, snapshot
from tests.checks.verdicts import said

LONG = "".join(f"    if amount > {n}:\n        amount -= {n}\n" for n in range(20))
CHARGE = f"def charge(amount):\n{LONG}    return amount\n"
SHORT = (
    "def greet(name):\n    if not name:\n        return 'hello'\n    words = name + '!'\n    return words\n"
)
GO = (
    "package {}\n\nfunc Run(amount int) int {{\n"
    + "\tif amount > 1 {\n\t\tamount--\n\t}\n" * 40
    + "\treturn amount\n}}\n"
)
GO = GO.replace("{\n\t\t", "{{\n\t\t").replace("\t}\n", "\t}}\n")
TESTED = {"shop/greeting.py": SHORT, "tests/test_greeting.py": "from shop.greeting import greet\n"}
TS = (
    "export function charge(amount: number) {\n"
    + "  if (amount > 1) {\n    amount--;\n  }\n" * 15
    + "  return amount;\n}\n"
)
RUST = (
    "pub fn charge(mut amount: u32) -> u32 {\n"
    + "    if amount > 1 {\n        amount -= 1;\n    }\n" * 15
    + "    amount\n}\n"
)
PAID = {
    "shop/pyproject.toml": "[project]",
    "shop/routes.py": '@router.post("/orders/{number}/charge")\ndef charge(number):\n    return 1\n',
    "bank/pyproject.toml": "[project]",
    "bank/main.py": "import httpx\n",
}
ASKS = 'def test_charge(client):\n    assert client.post("/orders/1/charge")\n'


@pytest.mark.parametrize(
    ("files", "path", "reach", "runs"),
    [
        pytest.param(TESTED, "shop/greeting.py", Reach.DIRECT, True, id="imported by a test"),
        pytest.param(
            {**TESTED, "shop/greeting.py": "from shop import words\n" + SHORT, "shop/words.py": SHORT},
            "shop/words.py", Reach.IMPORT_ONLY, True, id="imported by what a test imports",
        ),
        pytest.param({**TESTED, "shop/words.py": SHORT}, "shop/words.py", Reach.NONE, False, id="not reached"),
        pytest.param(
            {**TESTED, "shop/__init__.py": "from shop.words import greet\n", "shop/words.py": SHORT},
            "shop/words.py", Reach.NONE, False, id="only the package around what a test imports imports it",
        ),
        pytest.param(
            {**TESTED, "shop/__init__.py": "from shop.words import greet\n", "shop/words.py": SHORT, "tests/test_shop.py": "from shop import greet, greeting\n"},
            "shop/words.py", Reach.IMPORT_ONLY, True, id="a test asks the package for it",
        ),
        pytest.param(
            {**TESTED, "shop/__init__.py": "from shop.words import greet\n", "shop/words.py": SHORT, "tests/test_shop.py": "from shop import greeting\n"},
            "shop/words.py", Reach.NONE, False, id="a test asks the package for another module",
        ),
        pytest.param(
            {
                "api/routes.py": '@router.post("/orders/{number}/charge")\ndef charge(number):\n    return 1\n',
                "tests/test_api.py": 'def test_charge(client):\n    assert client.post("/orders/1/charge")\n',
            },
            "api/routes.py", Reach.ROUTE, True, id="a test asks for its route",
        ),
        pytest.param(
            {
                "api/routes.py": '@router.get("/health")\n@cached\ndef health():\n    return 1\n',
                "tests/test_api.py": 'def test_charge(client):\n    assert client.post("/orders/health")\n',
            },
            "api/routes.py", Reach.NONE, False, id="one word is no address",
        ),
        pytest.param(
            {"jobs/run.py": SHORT, "tests/test_run.py": 'def test_run():\n    start(["python", "jobs/run.py"])\n'},
            "jobs/run.py", Reach.DIRECT, True, id="started by its path",
        ),
        pytest.param(
            {"jobs/run.py": SHORT, "tests/test_run.py": 'def test_run():\n    start("python -m jobs.run")\n'},
            "jobs/run.py", Reach.DIRECT, True, id="started by its name",
        ),
        pytest.param(
            {"jobs/run.py": SHORT, "jobs/pyproject.toml": "[project]", "bank/pyproject.toml": "[project]",
             "bank/main.py": SHORT, "bank/tests/test_run.py": 'def test_run():\n    start(["python", "run.py"])\n'},
            "jobs/run.py", Reach.NONE, False, id="another component's, by the same name",
        ),
        pytest.param(
            {**PAID, "bank/tests/test_pay.py": ASKS, "bank/routes.py": PAID["shop/routes.py"].replace("/charge", "")},
            "shop/routes.py", Reach.NONE, False, id="the address of another server",
        ),
        pytest.param(
            {**PAID, "bank/tests/test_pay.py": ASKS}, "shop/routes.py", Reach.ROUTE, True, id="asked from elsewhere",
        ),
        pytest.param(
            {
                "core/__init__.py": "", "core/bill.py": SHORT, "tests/core/__init__.py": "",
                "tests/core/test_bill.py": "from core.bill import greet\n",
            },
            "core/bill.py", Reach.DIRECT, False, id="by a test that can't be collected",
        ),
        pytest.param(
            {"go.mod": "module x.io/shop\n", "bill/bill.go": GO.format("bill"), "bill/bill_test.go": "package bill\n"},
            "bill/bill.go", Reach.DIRECT, True, id="a test in the package",
        ),
        pytest.param(
            {"Cargo.toml": '[package]\nname = "shop"\n', "src/bill.rs": RUST, "tests/all.rs": "use shop::bill::charge;\n"},
            "src/bill.rs", Reach.DIRECT, True, id="a Rust test names it",
        ),
        pytest.param(
            {"Cargo.toml": '[package]\nname = "shop"\n', "src/bill/mod.rs": RUST, "tests/all.rs": "use shop::bill;\n"},
            "src/bill/mod.rs", Reach.DIRECT, True, id="a Rust test names its folder",
        ),
        pytest.param(
            {
                "Cargo.toml": '[package]\nname = "shop"\n', "src/bill.rs": RUST,
                "tests/all.rs": '#[test]\nfn runs() {\n    Command::cargo_bin("shop").unwrap();\n}\n',
            },
            "src/bill.rs", Reach.IMPORT_ONLY, True, id="a Rust test starts the program",
        ),
    ],
)  # fmt: skip
def test_reach(files: dict[str, str], path: str, reach: Reach, runs: bool) -> None:
    found = snapshot(files).derived(TestedBy)
    assert len(found) == len(found.modules)
    assert (found.modules[path].reach, found.modules[path].runs) == (reach, runs)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**TESTED, "shop/billing.py": CHARGE}, ["billing.py"], id="a module"),
        pytest.param({"shop/billing.py": CHARGE}, ["billing.py"], id="a tree without tests or manifest"),
        pytest.param({**TESTED, "shop/billing.py": SHORT}, Outcome.PASSED, id="too little logic"),
        pytest.param({**TESTED, "shop/billing.py": CHARGE + "def ("}, Outcome.PASSED, id="not read whole"),
        pytest.param(
            {**TESTED, "pay/__init__.py": "", "pay/a.py": CHARGE, "pay/b/c.py": CHARGE}, ["pay"], id="a whole folder"
        ),
        pytest.param(
            {**TESTED, "Dockerfile": "FROM python:3\nCOPY . .\nCMD python shop/greeting.py\n", "shop/billing.py": CHARGE},
            ["unused code"], id="nothing uses it",
        ),
        pytest.param(
            {**TESTED, **{f"shop/{name}.py": CHARGE for name in "abc"}}, ["shop"], id="many beside each other"
        ),
        pytest.param(
            {**TESTED, "alembic.ini": "[alembic]\nscript_location = alembic\n", "alembic/env.py": CHARGE},
            Outcome.PASSED, id="a developer's tool",
        ),
        pytest.param(
            {"go.mod": "module x.io/shop\n", "bill/bill.go": GO.format("bill"), "pay/pay_test.go": "package pay\n",
             "_examples/a.go": GO.format("a"), "pay/pay.go": GO.format("pay")},
            ["bill.go"], id="a Go package",
        ),
        pytest.param(
            {"go.mod": "module x.io/shop\n", "bill/bill.go": GO.format("bill"), "pay/pay_test.go": "package pay\n",
             "pay/pay.go": 'package pay\n\nimport "x.io/shop/bill"\n\nvar _ = bill.Run\n'},
            ["bill.go"], id="a Go package that a tested one imports",
        ),
        pytest.param(
            {"package.json": "{}", "src/charge.ts": TS, "src/greet.ts": TS, "src/page.tsx": TS,
             "src/greet.test.ts": 'import { charge } from "./greet";\n'},
            ["charge.ts"], id="a script, and no view",
        ),
        pytest.param(
            {"package.json": "{}", "src/charge.ts": TS, "src/greet.ts": TS, "playwright.config.ts": "",
             "src/greet.test.ts": 'import { charge } from "./greet";\n'},
            Outcome.PASSED, id="what a browser reaches is not known",
        ),
        pytest.param(
            {"go.mod": "module x.io/shop\n", "pay/pay.go": GO.format("pay"), "pay/pay_test.go": "package pay\n", "web/page.js": TS},
            Outcome.PASSED, id="a script that is embedded",
        ),
    ],
)  # fmt: skip
def test_modules(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("module-without-test", files) == expected


def test_a_critical_module_is_owed_a_test_of_its_own() -> None:
    """However little it holds, and even where what imports it is tested."""
    files = {**TESTED, "shop/greeting.py": "from shop import words\n" + SHORT, "shop/words.py": SHORT}
    policy = Policy(critical_modules=("shop/words.py",))
    gaps = [found.gap for result in report(files, policy=policy).results for found in result.gaps]
    assert [gap.path for gap in gaps if "lines of logic" in gap.message] == ["shop/words.py"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**TESTED, "job/requirements.txt": "", "job/run.py": CHARGE}, ["job"], id="no test"),
        pytest.param(
            {**TESTED, "job/requirements.txt": "", "job/run.py": CHARGE, "job/tests/test_a.py": "def test_a():\n    assert 1\n"},
            ["job"], id="a test that reaches nothing",
        ),
        pytest.param({"setup.py": "", "job/run.py": CHARGE}, ["the repository"], id="the whole tree"),
        pytest.param({**TESTED, "job/Dockerfile": "FROM scratch\n", "job/run.py": CHARGE}, Outcome.PASSED, id="a Dockerfile only"),
        pytest.param({"job/package.json": "{}", "job/run.ts": TS, "job/cypress/a.cy.ts": ""}, Outcome.PASSED, id="a browser drives it"),
    ],
)  # fmt: skip
def test_components(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("component-without-any-tests", files) == expected


@pytest.mark.parametrize(
    ("test", "folder"),
    [
        ("tests/unit/test_greeting.py", "tests"),
        ("test_greeting.py", "test_greeting.py"),
        ("job/tests/test_greeting.py", "job/tests"),
    ],
)
def test_says_where_it_looked(test: str, folder: str) -> None:
    home = "job/" if test.startswith("job/") else ""
    files = {f"{home}requirements.txt": "", f"{home}pay/bill.py": CHARGE, f"{home}pay/greeting.py": SHORT,
             test: "from pay.greeting import greet\n\n\ndef test_a():\n    assert greet('')\n"}  # fmt: skip
    gaps = [
        found.gap
        for result in report(files).results
        if result.check.id == "module-without-test"
        for found in result.gaps
    ]
    assert folder in [evidence.path for evidence in gaps[0].evidence]


def test_a_change_leaves_go_tests_what_they_are() -> None:
    """A package that ships doesn't make its `_test.go` files ship."""
    before = {"go.mod": "module x.io/shop\n"}
    main = 'package main\n\nimport "x.io/shop/bill"\n\nfunc main() {\n\tbill.Run(1)\n}\n'
    after = {
        **before,
        "main.go": main,
        "bill/bill.go": GO.format("bill"),
        "bill/bill_test.go": 'package bill\n\nimport "testing"\n\nfunc TestRun(t *testing.T) {\n\tRun(1)\n}\n',
    }
    gaps = [gap.gap.path for gap in reviewed(before, after).new if gap.check.id == "module-without-test"]
    assert gaps == []


def test_a_first_test_in_a_folder_opens_nothing() -> None:
    """What the folder's gap covered stands on in its files and folders."""
    before = {**TESTED, **{f"pay/{part}/{name}.py": CHARGE for part in "ab" for name in "xy"}}
    after = {**before, "tests/test_pay.py": "from pay.b.x import charge\n"}
    review = reviewed(before, after)
    at = [[gap.gap.path for gap in gaps if gap.check.id == "module-without-test"] for gaps in (review.resolved, review.new, review.existing)]  # fmt: skip
    assert at == [["pay"], [], ["pay/a", "pay/b/y.py"]]
