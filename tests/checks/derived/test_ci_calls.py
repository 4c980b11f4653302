"""What a command of CI leads to, exactly: nothing where nothing is there, and no further than a few calls down."""

from __future__ import annotations

import pytest

from checks.derived.ci_commands import ContinuousIntegration
from tests.checks.trees import snapshot

CI = ".github/workflows/ci.yml"
WORKFLOW = "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: %s\n"
MAKEFILE = "test: build\n\tpytest -q\n\nbuild:\n\tmaturin develop\n\nlint:\n\truff check .\n"
PACKAGE = '{"scripts": {"prelint": "tsc", "lint": "eslint .", "lint:css": "stylelint x", "test": "vitest"}}'
TOX = """[tool.tox.env_run_base]
commands = [["pytest", "-q"]]

[tool.tox.env.lint]
commands = [["ruff", "check", "."], "not a command"]

[tool.tox.env.docs]
commands = [["sphinx-build"]]

[tool.tox.env.empty]
description = "nothing to run"
"""
JUSTFILE = "default: test\n\ntest:\n    pytest -q\n\nlint:\n    ruff check .\n"
HOOKS = "repos:\n  - repo: local\n    hooks:\n      - id: ruff\n        entry: ruff check\n"
SCRIPT = "#!/bin/sh\npytest -q\n"


def followed(files: dict[str, str]) -> list[str]:
    """The commands that the first one leads to."""
    return [command.text for command in snapshot(files).derived(ContinuousIntegration).commands][1:]


@pytest.mark.parametrize(
    ("command", "files", "expected"),
    [
        pytest.param("make test", {"Makefile": MAKEFILE}, ["pytest -q", "maturin develop"], id="a target and its needs"),
        pytest.param("make -C service -j lint V=1", {"service/Makefile": MAKEFILE}, ["ruff check ."], id="a makefile elsewhere"),
        pytest.param("make -C ../service lint", {"Makefile": MAKEFILE}, ["ruff check ."], id="a folder outside the tree is not followed"),
        pytest.param("make deploy", {"Makefile": MAKEFILE}, [], id="a target that is not there"),
        pytest.param("make test", {"README.md": "# x"}, [], id="no makefile"),
        pytest.param("make", {"Makefile": "X = 1\n"}, [], id="no target"),
        pytest.param("make a", {"Makefile": "a:\n\t$(MAKE) b\n\nb:\n\t$(MAKE) a\n"}, ["make b", "make a"], id="targets that call each other"),
        pytest.param("npm --silent run lint", {"package.json": PACKAGE}, ["tsc", "eslint ."], id="a script and what goes before it"),
        pytest.param("npm run lint:*", {"package.json": PACKAGE}, ["stylelint x"], id="a pattern"),
        pytest.param("npm run", {"package.json": PACKAGE}, [], id="a list of scripts"),
        pytest.param("npm run build", {"web/package.json": PACKAGE}, [], id="no package here"),
        pytest.param("npm --prefix", {"package.json": PACKAGE}, [], id="an option without its value"),
        pytest.param("pnpm --filter web test", {"web/package.json": PACKAGE}, ["vitest"], id="a filter is not resolved"),
        pytest.param("npm run test --if-present", {"package.json": PACKAGE}, ["vitest"], id="only where it is there"),
        pytest.param("yarn workspace web run test", {"package.json": PACKAGE}, ["vitest"], id="yarn's workspace"),
        pytest.param("turbo test", {"a/package.json": PACKAGE}, ["vitest"], id="turbo without run"),
        pytest.param("nx affected -t @shop/web:test", {"a/package.json": PACKAGE}, ["vitest"], id="nx with a project"),
        pytest.param("run-p npm:test 'yarn run lint:css'", {"package.json": PACKAGE}, ["vitest", "stylelint x"], id="several scripts"),
        pytest.param("concurrently --raw 'ruff check .'", {"package.json": PACKAGE}, ["ruff check ."], id="a command beside others"),
        pytest.param("just", {"justfile": "lint:\n    ruff check .\n"}, ["ruff check ."], id="the first recipe"),
        pytest.param("just", {"justfile": "# nothing\n"}, [], id="no recipe"),
        pytest.param("just publish", {"justfile": JUSTFILE}, [], id="a recipe that is not there"),
        pytest.param("just", {"README.md": "# x"}, [], id="no justfile"),
        pytest.param("tox", {"pyproject.toml": TOX}, ["ruff check .", "sphinx-build", "pytest -q"], id="every environment"),
        pytest.param("tox -e docs,none", {"pyproject.toml": TOX}, ["sphinx-build", "pytest -q"], id="one of them"),
        pytest.param("tox", {"pyproject.toml": "[tool.tox]\nenv_run_base = 1\n"}, [], id="tox without commands"),
        pytest.param("tox", {"pyproject.toml": "[tool.tox]\nenv_run_base.commands = 'pytest'\n"}, [], id="commands that are no list"),
        pytest.param("tox", {"pyproject.toml": "[project]\nname = 'x'\n"}, [], id="no tox"),
        pytest.param("bash -x ci/test.sh --all", {"ci/test.sh": SCRIPT}, ["pytest -q"], id="a script for a shell"),
        pytest.param("A=1 ${GITHUB_WORKSPACE}/ci/test.sh", {"ci/test.sh": SCRIPT}, ["pytest -q"], id="a script by its full path"),
        pytest.param("./ci/none.sh", {"ci/test.sh": SCRIPT}, [], id="a script that is not there"),
        pytest.param("bash -l", {"ci/test.sh": SCRIPT}, [], id="a shell without a script"),
        pytest.param("cd ci && ./test.sh", {"ci/test.sh": SCRIPT}, ["./test.sh", "pytest -q"], id="a folder gone into"),
        pytest.param("cd .. && ./test.sh", {"test.sh": SCRIPT}, ["./test.sh", "pytest -q"], id="out of the tree is back at its root"),
        pytest.param("pre-commit run --all-files", {"README.md": "# x"}, [], id="no hooks"),
        pytest.param("pre-commit run x && pre-commit run y", {".pre-commit-config.yaml": HOOKS}, ["ruff check", "pre-commit run y"], id="hooks once"),
    ],
)  # fmt: skip
def test_a_command_is_followed(command: str, files: dict[str, str], expected: list[str]) -> None:
    assert followed({CI: WORKFLOW % command, **files}) == expected


def test_workflows_that_call_each_other_end() -> None:
    """Whoever calls in a circle is followed a few rounds deep, no further."""
    text = "on: push\njobs:\n  call:\n    uses: ./.github/workflows/ci.yml\n"
    actions = snapshot({CI: text}).derived(ContinuousIntegration).actions
    assert [action.name for action in actions] == ["./.github/workflows/ci.yml"]


def test_scripts_that_call_others_are_followed_some_way_down() -> None:
    files = {f"{number}.sh": f"#!/bin/sh\n./{number + 1}.sh\n" for number in range(20)}
    assert followed({CI: WORKFLOW % "./0.sh", **files}) == [f"./{number}.sh" for number in range(1, 9)]
