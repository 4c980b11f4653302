"""What says that coverage is measured, what measures it, and what judges the figure."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

TEST = {"tests/test_a.py": "def test_a():\n    assert 1\n"}


def ci(*steps: str) -> dict[str, str]:
    lines = "".join(f"      - {step}\n" for step in steps)
    return {
        **TEST,
        ".github/workflows/ci.yml": f"on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n{lines}",
    }


PLAIN = ci("run: pytest")
WITH = ci("run: pytest --cov=shop")
REMOTE = {
    ".github/workflows/more.yml": "on: push\njobs: {more: {uses: other/repo/.github/workflows/ci.yml@v1}}"
}
README = "# Shop\n\n[![coverage](https://codecov.io/gh/a/b/badge.svg)](https://codecov.io/gh/a/b)\n"
GITLAB = {
    ".gitlab-ci.yml": "include: [{template: Jobs/Coverage.gitlab-ci.yml}]\ntest: {image: x/coverage:1, script: [pytest]}\n"
}
OPTIONS = '[tool.pytest.ini_options]\naddopts = "--cov=shop --cov-fail-under=80"\n[tool.coverage.run]\nbranch = true\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(PLAIN, Outcome.NOT_APPLICABLE, id="not set up"),
        pytest.param({**PLAIN, ".coveragerc": "[run]\nbranch = true\n"}, ["coverage"], id="coverage.py"),
        pytest.param({**PLAIN, "pyproject.toml": "[tool.ruff]\n", "README.md": README}, ["coverage"], id="other tools"),
        pytest.param({**PLAIN, "README.md": README}, ["coverage"], id="badge"),
        pytest.param({**PLAIN, "docs/README.md": README}, Outcome.NOT_APPLICABLE, id="another README"),
        pytest.param({**PLAIN, "requirements-dev.txt": "pytest-cov==1\npytest==1\n"}, ["coverage"], id="required"),
        pytest.param({**PLAIN, "package.json": '{"devDependencies": {"@vitest/coverage-v8": "1", "vitest": "1"}}'}, ["coverage"], id="required by npm"),
        pytest.param({**PLAIN, **REMOTE, ".coveragerc": "[run]\nbranch = true\n"}, Outcome.UNDECIDED, id="CI that can't be read"),
        pytest.param({**WITH, ".coveragerc": "[run]\nbranch = true\n"}, Outcome.PASSED, id="measured"),
        pytest.param({**ci("run: pytest", "uses: codecov/codecov-action@v5"), "README.md": README}, Outcome.PASSED, id="action"),
        pytest.param({**PLAIN, "pyproject.toml": OPTIONS}, Outcome.PASSED, id="options of pytest"),
        pytest.param({**PLAIN, "pyproject.toml": OPTIONS.replace("--cov=shop --cov-fail-under=80", "-q")}, ["coverage"], id="other options"),
        pytest.param({**TEST, **GITLAB, "README.md": README}, Outcome.PASSED, id="GitLab's template"),
        pytest.param({".coveragerc": "[run]\nbranch = true\n", **TEST}, Outcome.NOT_APPLICABLE, id="no CI"),
    ],
)  # fmt: skip
def test_report(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-coverage-report-in-ci", files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(PLAIN, Outcome.NOT_APPLICABLE, id="not measured"),
        pytest.param(WITH, ["threshold"], id="no threshold"),
        pytest.param({**WITH, **REMOTE}, Outcome.UNDECIDED, id="CI that can't be read"),
        pytest.param(ci("run: pytest --cov=shop", "run: npx jest --coverage"), Outcome.UNDECIDED, id="a program decides"),
        pytest.param({**WITH, ".coveragerc": "[report]\nfail_under = 80\n"}, Outcome.PASSED, id="coverage.py"),
        pytest.param({**WITH, ".coveragerc": "[report]\nfail_under = 0\n"}, ["threshold"], id="a threshold of nothing"),
        pytest.param({**WITH, "tarpaulin.toml": "fail-under = 80\n"}, Outcome.PASSED, id="Tarpaulin"),
        pytest.param({**PLAIN, "pyproject.toml": OPTIONS}, Outcome.PASSED, id="options of pytest"),
        pytest.param({**WITH, "pyproject.toml": "[tool.coverage.report]\nfail_under = 80\n"}, Outcome.PASSED, id="pyproject"),
        pytest.param({**WITH, "pyproject.toml": "[tool.coverage.run]\nbranch = true\n"}, ["threshold"], id="pyproject without"),
        pytest.param(ci("uses: codecov/codecov-action@v5", "run: pytest --cov=shop"), Outcome.PASSED, id="a service"),
        pytest.param({**WITH, "codecov.yml": "coverage: {status: off}\n"}, ["threshold"], id="a service that is off"),
        pytest.param({**WITH, "codecov.yml": "coverage: {status: {project: off}}\n"}, Outcome.PASSED, id="a service that judges the patch"),
        pytest.param({**WITH, "codecov.yml": "coverage: {status: {patch: {default: {informational: true}}}}\n"}, Outcome.PASSED, id="only the patch is silent"),
        pytest.param({**WITH, "codecov.yml": "coverage: {precision: 2}\n"}, ["threshold"], id="settings of no service in CI"),
    ],
)  # fmt: skip
def test_gate(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-coverage-gate", files) == expected
