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
