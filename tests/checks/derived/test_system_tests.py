"""Tests that need running services, that drive several parts together, that simulate, and that name nothing."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import result_of, said

ASK = 'import requests\n\n\ndef test_orders():\n    assert requests.get("http://localhost:8080/orders").ok\n'
NAMED = 'BASE = "http://localhost:8080"\nOTHER = 1\n\n\ndef test_orders():\n    assert requests.get(f"{BASE}/orders", OTHER, "x").ok\n'
UP = "on: push\njobs:\n  test:\n    steps:\n      - run: docker compose up -d\n"
CI = "on: push\njobs:\n  test:\n    steps:\n      - run: cargo test {}\n"
CARGO = '[package]\nname = "shop"\n[features]\nlive = []\n[[test]]\nname = "live"\npath = "tests/live/main.rs"\nrequired-features = ["live"]\n'
HELP = 'use reqwest::Client;\n\npub fn base() -> String {\n    let _ = "CI";\n    panic!("none");\n    "http://localhost:8000/v1".to_string()\n}\n'
RUST = {
    "Cargo.toml": CARGO,
    ".github/workflows/ci.yml": CI.format("--all-features"),
    "tests/live/main.rs": HELP,
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"tests/test_a.py": ASK}, ["test_a.py"], id="an address"),
        pytest.param({"tests/test_a.py": NAMED}, ["test_a.py"], id="a name of it"),
        pytest.param({"tests/test_a.py": ASK.replace("requests.get", "parse")}, Outcome.PASSED, id="asks nobody"),
        pytest.param({"tests/test_a.py": ASK.replace("localhost:8080", "example.com")}, Outcome.PASSED, id="elsewhere"),
        pytest.param({"tests/test_a.py": ASK, "tests/conftest.py": "import subprocess\n"}, Outcome.PASSED, id="started by a fixture"),
        pytest.param({"tests/test_a.py": "import responses\n" + ASK}, Outcome.PASSED, id="a stand-in"),
        pytest.param({"tests/test_a.py": "import pytest\n" + ASK + "    pytest.skip('x')\n"}, Outcome.PASSED, id="asks first"),
        pytest.param({"tests/test_a.py": "@pytest.mark.skipif(DOWN, reason='')\n" + ASK}, Outcome.PASSED, id="asks first by a mark"),
        pytest.param({"tests/test_a.py": ASK, ".github/workflows/ci.yml": UP}, Outcome.PASSED, id="started by CI"),
        pytest.param({"tests/test_a.py": ASK, "pytest.ini": '[pytest]\naddopts = -m "not live"\n'}, Outcome.PASSED, id="left out by default"),
        pytest.param({"tests/test_a.py": ASK, "pytest.ini": "[pytest]\naddopts = -q\n"}, ["test_a.py"], id="other options"),
        pytest.param({"pay/a_test.go": 'package pay\nfunc TestA() { http.Get("http://localhost:1/") }\n'}, Outcome.PASSED, id="Go starts its own"),
        pytest.param(RUST, ["main.rs"], id="a feature that CI switches on"),
        pytest.param({**RUST, ".github/workflows/ci.yml": CI.format("--features live")}, ["main.rs"], id="the feature by name"),
        pytest.param({**RUST, ".github/workflows/ci.yml": CI.format("")}, Outcome.PASSED, id="a feature that stays off"),
        pytest.param({**RUST, ".github/workflows/ci.yml": CI.format("--all-features").replace("push", "workflow_dispatch")}, Outcome.PASSED, id="by hand"),
        pytest.param({**RUST, "tests/live/main.rs": HELP.replace('"CI"', '"Skipping"')}, Outcome.PASSED, id="skips by itself"),
        pytest.param({**RUST, "tests/live/main.rs": HELP.replace("reqwest::Client", "std::fs")}, Outcome.PASSED, id="no client"),
    ],
)  # fmt: skip
def test_live(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("test-requires-live-service", files) == expected


STACK = "services:\n  web:\n    build: ./web\n  job:\n    build: ./job\n  db:\n    image: postgres:17\n"
ONE = "services:\n  web:\n    build: .\n  db:\n    image: postgres:17\n"
ENGINE = "def test_orders(engine):\n    assert engine\n"


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param("no-e2e-tests", {"a/compose.yaml": STACK, "a/tests/test_e2e_a.py": ASK}, ["a"], id="one that can't run"),
        pytest.param("no-e2e-tests", {"a/compose.yaml": STACK, "a/e2e/test_a.py": ENGINE}, Outcome.PASSED, id="one that can"),
        pytest.param("no-e2e-tests", {"a/compose.yaml": STACK, "a/compose.dev.yaml": STACK}, ["a"], id="variants beside each other are one"),
        pytest.param("no-e2e-tests", {"compose.yaml": ONE}, Outcome.PASSED, id="one service"),
        pytest.param(
            "no-e2e-tests", {"compose.yaml": "services:\n  a:\n    build: https://x.io/a.git\n  b:\n    build: .\n"}, Outcome.PASSED, id="built elsewhere"
        ),
        pytest.param("no-e2e-tests", {"examples/compose.yaml": STACK}, Outcome.NOT_APPLICABLE, id="an example"),
        pytest.param("no-integration-tests", {"compose.yaml": ONE, "tests/test_a.py": ENGINE}, Outcome.PASSED, id="a fixture of a store"),
        pytest.param("no-integration-tests", {"compose.yaml": ONE, "tests/test_a.py": "def test_a(): ...\n"}, ["."], id="none"),
        pytest.param("no-integration-tests", {"compose.yaml": STACK, "tests/test_a.py": ENGINE}, ["."], id="one service's store"),
        pytest.param("no-integration-tests", {"compose.yaml": STACK, "tests/integration/test_a.py": ENGINE}, Outcome.PASSED, id="by folder"),
        pytest.param("no-integration-tests", {"docker/compose.yaml": STACK, "docker/run.sh": "#!/bin/sh\ngo\n", "tests/integration/test_a.py": ENGINE, "shop.py": "x = 1\n"}, Outcome.PASSED, id="a folder that only deploys"),
        pytest.param("no-integration-tests", {"a/compose.yaml": STACK, "a/shop.py": "x = 1\n", "tests/integration/test_a.py": ENGINE}, ["a"], id="of another project"),
        pytest.param("no-integration-tests", {"compose.yaml": STACK.replace("postgres", "nginx")}, Outcome.PASSED, id="no store"),
        pytest.param(
            "no-integration-tests",
            {"compose.yaml": STACK, "tests/integration/test_a.py": "import shop\n" + ASK, "shop.py": "x = 1\n"},
            Outcome.PASSED,
            id="what imports the product runs",
        ),
    ],
)  # fmt: skip
def test_stacks(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected


SIMULATED = "import time\n# A simulation.\n\n\ndef test_a():\n    time.sleep(1)\n\n\ndef test_b():\n    time.sleep(2)\n    time.sleep(2)\n"
BENCH = '[package]\nname = "shop"\n[[bench]]\nname = "words"\n'
WORDS = "fn words(text: &str) -> usize {\n    text.len()\n}\n\ncriterion_main!(benches);\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"tests/sim.py": SIMULATED}, ["sim.py"], id="sleeps and says so"),
        pytest.param({"tests/sim.py": SIMULATED.replace("# A simulation.", "")}, Outcome.NOT_APPLICABLE, id="doesn't say so"),
        pytest.param({"tests/sim.py": SIMULATED.replace("def test_b", "def b")}, Outcome.NOT_APPLICABLE, id="one test"),
        pytest.param({"tests/sim.py": "import shop\n" + SIMULATED, "shop.py": "x = 1\n"}, Outcome.NOT_APPLICABLE, id="imports the product"),
        pytest.param({"tests/sim.py": SIMULATED + "    requests.get(x)\n"}, Outcome.NOT_APPLICABLE, id="asks the product"),
        pytest.param({"Cargo.toml": BENCH, "benches/words.rs": WORDS}, ["words.rs"], id="a benchmark of itself"),
        pytest.param({"Cargo.toml": BENCH, "benches/words.rs": "use shop::x;\n" + WORDS}, Outcome.PASSED, id="a benchmark of the product"),
    ],
)  # fmt: skip
def test_simulated(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("test-imports-no-product-code", files) == expected


PAY = "package pay\n\nfunc Pay() int {\n\treturn 1\n}\n"
GO = 'package pay\n\nimport (\n\t"testing"\n{imports})\n\nfunc TestPay(t *testing.T) {{\n\tgot := {value}\n\tif got != 1 {{\n\t\tt.Error(got)\n\t}}\n}}\n'


@pytest.mark.parametrize(
    ("imports", "value", "expected"),
    [
        ("", "1", ["pay_test.go"]),
        ("", "Pay()", Outcome.PASSED),
        ('\t"x.io/shop/bill"\n', "bill.Sum()", Outcome.PASSED),
        ('\tb "x.io/shop/bill"\n', "b.Sum()", Outcome.PASSED),
        ('\t. "x.io/shop/bill"\n', "Sum()", Outcome.PASSED),
        ("", "1 +", Outcome.NOT_APPLICABLE),
    ],
)
def test_go_tests_of_nothing(imports: str, value: str, expected: list[str] | Outcome) -> None:
    files = {"go.mod": "module x.io/shop\n", "pay/pay.go": PAY, "bill/bill.go": "package bill\n"}
    test = GO.format(imports=imports, value=value)
    assert said("test-asserts-nothing", {**files, "pay/pay_test.go": test}) == expected


def test_one_gap_for_a_file_of_such_tests() -> None:
    files = {"go.mod": "module x.io/shop\n", "pay/pay.go": PAY}
    one = GO.format(imports="", value="1")
    tests = one + "".join(
        "\n" + one.partition("\n\n")[2].partition("\n\n")[2].replace("TestPay", f"TestPay{n}")
        for n in range(5)
    )
    (found,) = result_of("test-asserts-nothing", {**files, "pay/pay_test.go": tests}).gaps
    assert "and 2 more" in found.gap.message
    assert len(found.gap.evidence) == 6


LOADED = {
    "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "Dockerfile": 'FROM python:3.12\nCMD ["uvicorn", "main:app"]\n',
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, ["load tests"]),
        ({"k6/orders.js": ""}, Outcome.PASSED),
        ({".github/workflows/ci.yml": UP.replace("docker compose up -d", "k6 run a.js")}, Outcome.PASSED),
        ({"scripts/many.py": "from locust import HttpUser\n"}, Outcome.PASSED),
    ],
)
def test_load(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-load-tests", {**LOADED, **files}) == expected
