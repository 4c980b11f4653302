"""What the examples on the pages of these areas' checks can't show: several at once, doubt, and what is passed over."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.registry import find_check
from checks.report import CheckResult
from tests.checks.trees import report

CI = (
    "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: bazel test //...\n"
)
PATHS = ("documented-path-missing", "documented-path-moved", "documented-path-gitignored", "broken-link")
DOCUMENT = """# Shop

`src/gone.py`, `src/wire.py` and `src/local/kept.py` hold the code.

[One](docs/gone.md), [two](unusual.md).
"""
TREE = {
    "README.md": DOCUMENT,
    "src/core.py": "X = 1\n",
    "lib/wire.py": "X = 1\n",
    "docs/unusual.md": "# Unusual",
    ".gitignore": "local/\n",
}


def result(check_id: str, files: dict[str, str]) -> CheckResult:
    check = find_check(check_id)
    assert check is not None
    return report(files, check).results[0]


def test_every_unmet_path_is_one_gap_of_one_check() -> None:
    found = {check: [g.gap.subject for g in result(check, TREE).gaps] for check in PATHS}
    assert found == {
        "documented-path-missing": ["src/gone.py"],
        "documented-path-moved": ["src/wire.py", "unusual.md"],
        "documented-path-gitignored": ["src/local/kept.py"],
        "broken-link": ["docs/gone.md"],
    }


@pytest.mark.parametrize(
    ("check", "files"),
    [
        ("benchmarks-not-run-in-ci", {"benches/speed.rs": "fn main() {}\n"}),
        ("no-benchmark-regression-gate", {"benches/speed.rs": "fn main() {}\n"}),
        (
            "examples-not-built-in-ci",
            {"Cargo.toml": '[package]\nname = "x"\n', "examples/one.rs": "fn main() {}\n"},
        ),
    ],
)
def test_a_pipeline_that_cannot_be_read_leaves_it_undecided(check: str, files: dict[str, str]) -> None:
    assert result(check, {**files, ".github/workflows/ci.yml": CI}).outcome is Outcome.UNDECIDED


def test_agents_read_their_instructions_from_the_root() -> None:
    files = {".claude/CLAUDE.md": "# x\n\n[rules](./docs/rules.md)", "docs/rules.md": "# y"}
    assert result("broken-link", files).outcome is Outcome.PASSED


def test_a_link_that_leaves_the_tree_is_not_followed() -> None:
    assert result("broken-link", {"README.md": "# x\n\n[up](../../other/file.md)"}).outcome is Outcome.PASSED


GO_EXAMPLE = {
    "go.mod": "module shop\n",
    "examples/one/main.go": "package main\n\nfunc main() {}\n",
    "shop.go": "package shop\n",
}


@pytest.mark.parametrize(
    ("files", "outcome"),
    [
        pytest.param(GO_EXAMPLE, Outcome.GAP, id="an example of a module"),
        pytest.param(
            {"examples/one/main.go": GO_EXAMPLE["examples/one/main.go"]},
            Outcome.NOT_APPLICABLE,
            id="an example without a module is built by nobody",
        ),
    ],
)
def test_examples_of_go(files: dict[str, str], outcome: Outcome) -> None:
    ci = CI.replace("bazel test //...", "echo done")
    assert result("examples-not-built-in-ci", {**files, ".github/workflows/ci.yml": ci}).outcome is outcome


def test_a_version_that_no_manifest_asks_for_is_not_judged() -> None:
    files = {"README.md": "# Shop\n\n## Requirements\n\n- Node 16\n", "package.json": '{"name": "shop"}'}
    assert result("documented-toolchain-version-stale", files).outcome is not Outcome.GAP
