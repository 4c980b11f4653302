"""What coverage leaves out, and builds that pass over errors."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CODE = {f"app/{name}.py": f"def {name}(x):\n    return x + 1\n" for name in ("a", "b", "c", "d")}
RUST = {f"src/{name}.rs": f"pub fn {name}(x: u8) -> u8 {{ x + 1 }}\n" for name in ("a", "b", "c", "d")}
OPAQUE = {
    ".github/workflows/ci.yml": "on: push\njobs: {test: {uses: other/repo/.github/workflows/ci.yml@v1}}"
}
NEXT = {"web/next.config.mjs": "export default {\n  // ignoreBuildErrors: true\n  eslint: { ignoreDuringBuilds: true },\n};\n"}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(".coveragerc", "[run]\nomit =\n    app/a.py, app/b.py\n    app/c.py\n", ["coverage scope"], id="coverage.py"),
        pytest.param(".coveragerc", "[run]\nomit = app/a.py\n", Outcome.PASSED, id="one file"),
        pytest.param(".coveragerc", "[run]\nomit = a\n[run\n", Outcome.PASSED, id="half a file"),
        pytest.param("codecov.yml", 'ignore:\n  - "app"\n', ["coverage scope"], id="Codecov"),
        pytest.param("codecov.yml", 'ignore:\n  - "tests"\n', Outcome.PASSED, id="Codecov without the tests"),
        pytest.param("tarpaulin.toml", 'exclude-files = ["src/*"]\n[x]\nexclude-files = 1\n', ["coverage scope"], id="Tarpaulin"),
        pytest.param("pyproject.toml", '[tool.coverage.run]\nomit = ["./app/*", 1]\n[tool.coverage.report]\nomit = "x"\n', ["coverage scope"], id="pyproject"),
        pytest.param("pyproject.toml", "[tool.coverage]\nrun = 1\n", Outcome.PASSED, id="no table"),
        pytest.param("app/.coveragerc", "[run]\nomit = a.py\n  b.py\n  c.py\n", ["coverage scope"], id="beside the code"),
    ],
)  # fmt: skip
def test_coverage_scope(path: str, text: str, expected: list[str] | Outcome) -> None:
    assert said("coverage-scope-too-narrow", {**CODE, **RUST, path: text}) == expected


def test_a_small_share_is_no_narrow_scope() -> None:
    many = {f"app/m{number}.py": f"def f{number}(x):\n    return x + 1\n" for number in range(60)}
    files = {**many, ".coveragerc": "[run]\nomit = app/m1.py\n  app/m2.py\n  app/m3.py\n"}
    assert said("coverage-scope-too-narrow", files) is Outcome.PASSED


def test_pyproject_without_coverage_says_nothing_of_it() -> None:
    assert (
        said("coverage-scope-too-narrow", {**CODE, "pyproject.toml": "[tool.ruff]\n"})
        is Outcome.NOT_APPLICABLE
    )


def test_build_errors() -> None:
    assert said("build-errors-ignored", NEXT) == ["ignoreDuringBuilds"]
    assert said("build-errors-ignored", {**NEXT, **OPAQUE}) is Outcome.UNDECIDED
