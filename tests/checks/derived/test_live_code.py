"""A gap in code that nothing deploys weighs one rank less; what users of a library may call weighs all of it."""

from __future__ import annotations

import pytest

from checks import Severity
from checks.model import Severity as Level
from tests.checks.verdicts import result_of

CHECK = "stub-returns-not-implemented"
STUB = "def refund(card):\n    raise NotImplementedError('refunds are not implemented')\n"
SERVICE = {
    "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
    "main.py": "from app import live\n\nlive.refund(1)\n",
    "app/__init__.py": "",
    "app/live.py": STUB,
}


def test_dead_code_weighs_less() -> None:
    gaps = result_of(CHECK, {**SERVICE, "app/dead.py": STUB}).gaps
    assert {gap.gap.path: gap.severity for gap in gaps} == {
        "app/live.py": Severity.HIGH,
        "app/dead.py": Severity.MEDIUM,
    }
    (dead,) = (gap.gap for gap in gaps if gap.gap.path == "app/dead.py")
    assert dead.evidence[-1].note.startswith("nothing that ships reaches this code")
    assert dead.evidence[-1].path == "app/dead.py"


def test_a_tools_folder_weighs_less() -> None:
    gaps = result_of(CHECK, {**SERVICE, ".claude/skills/a/run.py": STUB}).gaps
    assert {gap.gap.path: gap.severity for gap in gaps if str(gap.gap.path).startswith(".")} == {
        ".claude/skills/a/run.py": Severity.MEDIUM,
    }


IMAGE = 'FROM rust:1.90 AS builder\nWORKDIR /app\nCOPY . .\nRUN cargo build --release -p tool\n\nFROM debian:13\nCOPY --from=builder /app/target/release/tool /usr/local/bin/tool\nCMD ["tool"]\n'
CI = "on: push\njobs: {a: {runs-on: x, steps: [{run: %s}]}}\n"
WORKSPACE = {
    "Cargo.toml": '[package]\nname = "shop"\n[workspace]\nmembers = ["renderer"]\n',
    "src/main.rs": "fn main() {}\n",
    "renderer/Cargo.toml": '[package]\nname = "tool"\npublish = false\n',
    "renderer/src/main.rs": "pub fn refund() {\n    todo!()\n}\n\nfn main() { refund() }\n",
}


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        pytest.param({}, Severity.MEDIUM, id="a program beside the product"),
        pytest.param({"renderer/Cargo.toml": '[package]\nname = "tool"\n'}, Severity.HIGH, id="published"),
        pytest.param({"src/main.rs": "", "src/lib.rs": ""} | {"Cargo.toml": "[workspace]\nmembers = ['renderer']\n"}, Severity.HIGH, id="no product at the root"),
        pytest.param({"renderer/src/lib.rs": "pub fn a() {}\n"}, Severity.HIGH, id="a library too"),
        pytest.param({"Cargo.toml": WORKSPACE["Cargo.toml"] + '[dependencies]\ntool = { path = "renderer" }\n'}, Severity.HIGH, id="needed"),
        pytest.param({"Dockerfile": IMAGE}, Severity.HIGH, id="deployed"),
        pytest.param({".github/workflows/ci.yml": CI % "cargo build --release -p tool"}, Severity.HIGH, id="built by CI by its name"),
        pytest.param({".github/workflows/ci.yml": CI % "cargo test --workspace"}, Severity.MEDIUM, id="built by CI with all the rest"),
    ],
)  # fmt: skip
def test_programs_beside_the_product(more: dict[str, str], severity: Severity) -> None:
    (gap,) = result_of(CHECK, {**WORKSPACE, **more}).gaps
    assert gap.severity is severity


def test_nothing_to_weigh() -> None:
    assert not result_of(CHECK, {"app.py": "X = 1\n"}).gaps


@pytest.mark.parametrize(
    ("severity", "lower"),
    [(Level.CRITICAL, Level.HIGH), (Level.MEDIUM, Level.LOW), (Level.LOW, Level.LOW)],
)
def test_one_rank_lower(severity: Level, lower: Level) -> None:
    assert severity.next_lower is lower
