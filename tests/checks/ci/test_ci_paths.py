"""Paths, targets and scripts that CI names: which of them are this tree's to have."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CI = ".github/workflows/ci.yml"
WORKFLOW = "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - %s\n"
MAKEFILE = {"Makefile": "test:\n\tpytest\n"}
PACKAGE = {"package.json": '{"scripts": {"test": "vitest"}}'}
SCRIPTS = {"scripts/build.sh": "#!/bin/sh\nls\n"}
BEFORE = "uses: %s\n        with: {%s}\n      - run: ./scripts/gone.sh"


@pytest.mark.parametrize(
    ("step", "files", "expected"),
    [
        pytest.param("uses: ./.github/gone", {}, ["./.github/gone"], id="an action that is not there"),
        pytest.param("uses: ./made/action", {}, Outcome.PASSED, id="an action that the job brings"),
        pytest.param("run: ./scripts/gone.sh", SCRIPTS, ["./scripts/gone.sh"], id="a script that is not there"),
        pytest.param("run: bash -x scripts/gone.sh", SCRIPTS, ["scripts/gone.sh"], id="a script for a shell"),
        pytest.param("run: python scripts/gone.py", SCRIPTS, ["scripts/gone.py"], id="a program for Python"),
        pytest.param("run: python -m scripts.gone", SCRIPTS, Outcome.NOT_APPLICABLE, id="a module is no path"),
        pytest.param("run: bash -l", SCRIPTS, Outcome.NOT_APPLICABLE, id="a shell alone"),
        pytest.param("run: /opt/tool/run.sh", SCRIPTS, Outcome.NOT_APPLICABLE, id="a path of the machine"),
        pytest.param("run: ./made/run.sh", SCRIPTS, Outcome.NOT_APPLICABLE, id="a folder that the job makes"),
        pytest.param("run: ./scripts/gone.sh", {**SCRIPTS, ".gitignore": "scripts/gone.sh\n"}, Outcome.PASSED, id="a file that is made"),
        pytest.param("run: docker run x bash scripts/gone.sh", SCRIPTS, Outcome.NOT_APPLICABLE, id="a path in a container"),
        pytest.param("run: bash scripts/$NAME.sh", SCRIPTS, Outcome.NOT_APPLICABLE, id="a name by variable"),
        pytest.param(BEFORE % ("actions/checkout@v4", "repository: x/y"), SCRIPTS, Outcome.NOT_APPLICABLE, id="beside another tree"),
        pytest.param(BEFORE % ("actions/download-artifact@v4", "name: x"), SCRIPTS, Outcome.NOT_APPLICABLE, id="beside what another job made"),
        pytest.param(BEFORE % ("actions/setup-node@v4", "node-version: 22"), SCRIPTS, ["./scripts/gone.sh"], id="beside a tool"),
        pytest.param("run: ls\n        working-directory: ${{ matrix.folder }}", SCRIPTS, Outcome.NOT_APPLICABLE, id="a folder by variable"),
        pytest.param("run: make gone", MAKEFILE, ["gone"], id="a target that is not there"),
        pytest.param("run: make test V=1", MAKEFILE, Outcome.PASSED, id="a target"),
        pytest.param("run: make -C sub gone", MAKEFILE, Outcome.NOT_APPLICABLE, id="a target elsewhere"),
        pytest.param("run: make gone", {"Makefile": "include other.mk\n"}, Outcome.NOT_APPLICABLE, id="targets of an included file"),
        pytest.param("run: make gone", {}, Outcome.NOT_APPLICABLE, id="no makefile"),
        pytest.param("run: npm run gone", PACKAGE, ["gone"], id="a package script that is not there"),
        pytest.param("run: npm run test", PACKAGE, Outcome.PASSED, id="a package script"),
        pytest.param("run: npm run gone --workspace web", PACKAGE, Outcome.PASSED, id="a workspace's script"),
        pytest.param("run: npm run gone --if-present", PACKAGE, Outcome.NOT_APPLICABLE, id="a script that need not be there"),
        pytest.param("run: npm run gone", {}, Outcome.NOT_APPLICABLE, id="no package"),
    ],
)  # fmt: skip
def test_what_ci_names(step: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("ci-references-missing-path", {**files, CI: WORKFLOW % step}) == expected
