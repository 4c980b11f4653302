"""What CI builds against what the manifests say: forms that the other tables don't show."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CI = ".github/workflows/ci.yml"
GO = {"go.mod": "module example.org/a\n", "main.go": "package main\n\nfunc main() {}\n"}
LOCKED = '[[package]]\nname = "%s"\nversion = "%s"\n%s'
ELSEWHERE = 'source = "registry+https://github.com/rust-lang/crates.io-index"\n'
TWICE = LOCKED % ("serde", "1.0.0", ELSEWHERE) + LOCKED % ("serde", "2.0.0", ELSEWHERE)


def steps(*written: str, on: str = "push") -> dict[str, str]:
    """A workflow of one job with these steps."""
    head = f"on: {on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
    return {CI: head + "".join(f"      - {step}\n" for step in written)}


@pytest.mark.parametrize(
    ("check_id", "files", "expected"),
    [
        pytest.param(
            "ldflags-symbol-missing",
            {**GO, **steps("run: go vet ./...", "run: go build -v -ldflags '-X main.v=1' -o a .", "run: go build -ldflags '-X main.v=1' -o b .")},
            ["main.v"],
            id="one symbol of two builds is one gap",
        ),
        pytest.param("ci-builds-non-main-package", {**GO, "Dockerfile": "FROM golang:1.24\nCOPY main.go .\nRUN go build -o x ./lib\n", "lib/a.go": "package lib\n"}, Outcome.NOT_APPLICABLE, id="an image without the tree"),
        pytest.param("toolchain-version-mismatch", {"go.mod": "module a\n", "Dockerfile": "FROM golang:1.20\n"}, Outcome.NOT_APPLICABLE, id="a module without a version"),
        pytest.param("toolchain-version-mismatch", {"package.json": "{}", "Dockerfile": "FROM node:18\n"}, Outcome.NOT_APPLICABLE, id="a package without engines"),
        pytest.param("duplicate-dependency-versions", {"Cargo.lock": TWICE}, Outcome.PASSED, id="crates that others ask for"),
        pytest.param(
            "duplicate-dependency-versions",
            {"Cargo.lock": LOCKED % ("app", "0.1.0", 'dependencies = ["serde 2.0.0"]\n') + LOCKED % ("x", "1.0.0", ELSEWHERE + 'dependencies = ["serde 1.0.0"]\n') + TWICE},
            Outcome.PASSED,
            id="the program asks for the newest",
        ),
        pytest.param(
            "changelog-missing",
            {**steps("{uses: softprops/action-gh-release@v2, with: {files: dist/*}}", on='{push: {tags: ["v*"]}}'), ".goreleaser.yaml": "version: 2\nbuilds: [{main: .}]\n"},
            Outcome.PASSED,
            id="the release tool writes the notes",
        ),
        pytest.param(
            "ci-check-non-blocking",
            {CI: "on: push\njobs:\n  test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}\n  docs: {runs-on: ubuntu-24.04, steps: [{run: ls}]}\n  done:\n    needs: [test, docs]\n    if: always()\n    runs-on: ubuntu-24.04\n    steps:\n      - run: test ${{ needs.test.result }} = success\n"},
            Outcome.PASSED,
            id="the job that is forgotten checks nothing",
        ),
        pytest.param("subprocess-shell-true", {"run.py": "import os\nos.system(command)\n"}, ["module: os.system"], id="the shell of os"),
        pytest.param(
            "required-path-missing",
            {"docs/implementation-guide.md": "# Implementation guide\n\n**File: `gateway/router.py`**\n\n**File: `orders/service.py`**\n\n**File: `stock/count.py`**\n", "gateway/router.py": "A = 1\n"},
            Outcome.NOT_APPLICABLE,
            id="a plan for another tree",
        ),
        pytest.param(
            "required-path-missing",
            {"docs/implementation-guide.md": "# Quick fixes\n\n**File:** `gateway/typed.py`\n\nThis file is used by nothing: remove it.\n", "gateway/router.py": "A = 1\n"},
            Outcome.NOT_APPLICABLE,
            id="the place of a fix is no plan",
        ),
    ],
)  # fmt: skip
def test_manifests_and_builds(check_id: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check_id, files) == expected
