"""What counts as a linter or type checker, and which code has none."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

PYTHON = {f"shop/{name}.py": f"def {name}(x):\n    return x\n" for name in ("a", "b", "c")}
TYPED = {f"shop/{name}.py": f"def {name}(x: int) -> int:\n    return x\n" for name in ("a", "b", "c")}
NODE = {f"web/{name}.ts": f"export function {name}(x) {{ return x }}\n" for name in ("a", "b", "c")}
OPAQUE = {
    ".github/workflows/ci.yml": "on: push\njobs: {test: {uses: other/repo/.github/workflows/ci.yml@v1}}"
}
HOOK = "repos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  rev: v1\n  hooks: [{id: ruff}]\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**PYTHON}, ["Python"], id="none"),
        pytest.param({"shop/a.py": PYTHON["shop/a.py"]}, Outcome.NOT_APPLICABLE, id="one script"),
        pytest.param({**PYTHON, **OPAQUE}, Outcome.UNDECIDED, id="CI that can't be read"),
        pytest.param({**PYTHON, "setup.cfg": "[flake8]\nmax-line-length = 100\n"}, Outcome.PASSED, id="setup.cfg"),
        pytest.param({**PYTHON, "setup.cfg": "[metadata]\nname = x\n"}, ["Python"], id="setup.cfg without"),
        pytest.param({**PYTHON, "deep/in/the/tree/ruff.toml": "line-length = 100\n"}, Outcome.PASSED, id="settings far down"),
        pytest.param({**PYTHON, "vendor/x/ruff.toml": "line-length = 100\n"}, ["Python"], id="somebody else's settings"),
        pytest.param({**PYTHON, "requirements-dev.txt": "flake8-bugbear==1\n"}, Outcome.PASSED, id="required"),
        pytest.param({**PYTHON, "requirements.txt": "tariff==1\n"}, ["Python"], id="a name that holds ruff"),
        pytest.param({**PYTHON, ".pre-commit-config.yaml": HOOK}, Outcome.PASSED, id="hook"),
        pytest.param({**PYTHON, "Makefile": "lint:\n\tflake8 shop\n"}, Outcome.PASSED, id="make"),
        pytest.param({**PYTHON, "justfile": "lint:\n    pylint shop\n"}, Outcome.PASSED, id="just"),
        pytest.param({**NODE}, Outcome.NOT_APPLICABLE, id="scripts of pages"),
        pytest.param({**NODE, "web/package.json": '{"scripts": {"test": "vitest"}}'}, ["JavaScript"], id="package"),
        pytest.param({**NODE, "web/package.json": '{"scripts": {"lint": "next lint"}}'}, Outcome.PASSED, id="package script"),
        pytest.param({**NODE, "web/package.json": '{"eslintConfig": {}}'}, Outcome.PASSED, id="package key"),
        pytest.param({**NODE, "web/package.json": '{"devDependencies": {"@acme/eslint-config": "1"}}'}, Outcome.PASSED, id="package dependency"),
    ],
)  # fmt: skip
def test_linter(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-linter-configured", files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**PYTHON}, Outcome.NOT_APPLICABLE, id="no annotations"),
        pytest.param({**TYPED}, ["Python"], id="annotations"),
        pytest.param({**TYPED, **{f"rest/{n}.py": "def f(x):\n    return x\n" for n in range(4)}}, Outcome.NOT_APPLICABLE, id="some annotations"),
        pytest.param({**TYPED, **OPAQUE}, Outcome.UNDECIDED, id="CI that can't be read"),
        pytest.param({**TYPED, "pyrightconfig.json": "{}"}, Outcome.PASSED, id="pyright"),
    ],
)  # fmt: skip
def test_type_checker(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-type-checker-configured", files) == expected
