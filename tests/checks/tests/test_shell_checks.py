"""Shell scripts beyond the pages' examples: which ones are judged, and what counts as taking care."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

BASH = "#!/usr/bin/env bash\n"
STRICT = BASH + "set -euo pipefail\n"
STEPS = "npm ci\nnpm run build\nrsync -a dist/ www:/srv\n"
MACOS = {".github/workflows/ci.yml": "on: push\njobs: {test: {runs-on: '${{ matrix.os }}', strategy: {matrix: {os: [macos-14]}}, steps: [{run: make}]}}"}  # fmt: skip
CI = {".github/workflows/ci.yml": "on: push\njobs: {test: {runs-on: ubuntu-24.04, steps: [{run: ./scripts/run-tests.sh}]}}"}  # fmt: skip
CAUGHT = STRICT + "set +e\nmake check\nstatus=$?\nset -e\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("#!/bin/sh -e\n" + STEPS, Outcome.PASSED, id="errexit in the shebang"),
        pytest.param(BASH + "set -o errexit\n" + STEPS, Outcome.PASSED, id="errexit by its name"),
        pytest.param(BASH + "trap clean EXIT\n" + STEPS, Outcome.PASSED, id="a trap looks at the end"),
        pytest.param(BASH + STEPS + "echo $?\n", Outcome.PASSED, id="statuses are read"),
        pytest.param(BASH + "npm ci\nnpm run build\n", Outcome.PASSED, id="little to lose"),
        pytest.param(BASH + STEPS, ["set -e"], id="the rest"),
        pytest.param(STEPS, Outcome.NOT_APPLICABLE, id="without a shebang it is sourced"),
    ],
)
def test_strict_mode(text: str, expected: list[str] | Outcome) -> None:
    assert said("script-without-strict-mode", {"scripts/deploy.sh": text}) == expected


def test_a_script_for_developers_machines_is_theirs() -> None:
    files = {".devcontainer/setup.sh": BASH + STEPS}
    assert said("script-without-strict-mode", files) is Outcome.NOT_APPLICABLE


def test_a_sourced_script_is_none_of_its_own() -> None:
    files = {"scripts/lib.sh": BASH + STEPS, "scripts/run.sh": STRICT + "source ./lib.sh\n. lib.sh\n"}
    assert said("script-without-strict-mode", files) is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "sed -i 's/a/b/' f\nsed -i '' f\ngrep -P x f\n", ["grep", "sed"], id="each program once"
        ),
        pytest.param("sed --in-place s/a/b/ f\n", ["sed"], id="the long option"),
        pytest.param("head -n -1 f\n", ["head"], id="all but the last line"),
        pytest.param("head -n 1 f\nhead -5 f\n", Outcome.PASSED, id="the first lines"),
        pytest.param("x=$(stat -f %m f || stat -c %Y f)\n", ["stat"], id="BSD first pollutes on GNU"),
        pytest.param("[ $(uname) = Linux ] && stat -c %Y f\n", Outcome.PASSED, id="it asks which system"),
        pytest.param("command -v gsed && sed -i s/a/b/ f\n", Outcome.PASSED, id="it knows GNU's names"),
        pytest.param("apt-get update\nsed -i s/a/b/ f\n", Outcome.PASSED, id="a script for Debian"),
        pytest.param("date -d @1 || date -r 1\n", Outcome.PASSED, id="another form follows"),
    ],
)
def test_portability(text: str, expected: list[str] | Outcome) -> None:
    assert said("non-portable-command", {"scripts/a.sh": STRICT + text, **MACOS}) == expected


def test_portability_counts_where_macos_is_promised() -> None:
    script = {"scripts/a.sh": STRICT + "sed -i s/a/b/ f\n"}
    assert said("non-portable-command", {**script, **CI, "README.md": "# Shop\n"}) is Outcome.PASSED
    assert said("non-portable-command", {**script, "README.md": "# Shop\n\nInstall it: `brew install shop`, on macOS\n"}) == ["sed"]  # fmt: skip
    assert said("non-portable-command", {"docker/a.sh": script["scripts/a.sh"], **MACOS}) is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("d=$(mktemp -d)\nmake\nrm -r $d\n", ["trap EXIT"], id="a temporary folder"),
        pytest.param("d=$(mktemp -d)\necho $d\n", Outcome.PASSED, id="nothing can fail after it"),
        pytest.param("docker run -d db\nmake test\ndocker stop db\n", ["trap EXIT"], id="a container"),
        pytest.param("docker run -d db\nmake test\n", Outcome.PASSED, id="a container that is to stay"),
        pytest.param(
            "docker run --rm tool\nmake\ndocker rm db\n", Outcome.PASSED, id="one that is waited for"
        ),
        pytest.param("nohup ./server &\nmake\nkill $!\n", Outcome.PASSED, id="meant to outlive it"),
        pytest.param("exec ./server &\nmake\nkill $!\n", Outcome.PASSED, id="meant to take over"),
        pytest.param("./server &\nkill -0 $!\nmake test\n", Outcome.PASSED, id="nobody means to end it"),
    ],
)
def test_leftovers(text: str, expected: list[str] | Outcome) -> None:
    assert said("no-cleanup-on-failure", {"scripts/a.sh": STRICT + text}) == expected


def test_a_script_that_goes_on_reaches_its_own_end() -> None:
    files = {"scripts/a.sh": BASH + "./server &\nmake test\nkill $!\n"}
    assert said("no-cleanup-on-failure", files) is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("command -v jq || exit 1\njq . a\ncurl x\n", ["tools"], id="one of two"),
        pytest.param("! command -v node >/dev/null && exit 1\nnpm ci\n", Outcome.PASSED, id="one family"),
        pytest.param("command -v jq && jq . a\ncurl x\n", Outcome.PASSED, id="a choice, not a need"),
        pytest.param("need() { which $1; }\ncommand -v jq || exit\nneed curl\ncurl x\n", Outcome.PASSED, id="a function looks"),
        pytest.param('for t in jq curl; do command -v "$t" || exit 1; done\ncurl x\n', Outcome.PASSED, id="a loop looks"),
        pytest.param("command -v jq || exit 1\ncurl x || echo none\n", Outcome.PASSED, id="its absence is handled"),
    ],
)  # fmt: skip
def test_tools(text: str, expected: list[str] | Outcome) -> None:
    assert said("missing-tool-check", {"scripts/a.sh": STRICT + text}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import subprocess\nsubprocess.run(['shop', 'list'])\nsubprocess.run(['git', 'x'])\nrun(cmd)\n", ["tools"]),
        ("import shutil, subprocess\nshutil.which('shop')\nsubprocess.run(['shop', 'list'])\n", Outcome.PASSED),
    ],
    ids=["by its bare name", "it looks for it"],
)  # fmt: skip
def test_own_program_in_a_test(text: str, expected: list[str] | Outcome) -> None:
    files = {
        "scripts/a.sh": STRICT,
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n[project.scripts]\nshop = "shop:main"\n',
        "shop.py": "import argparse\n\n\ndef main():\n    argparse.ArgumentParser().add_subparsers().add_parser('list')\n",
        "system_tests/run.py": text,
        "app/other.py": text,
    }
    assert said("missing-tool-check", files) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("pytest || echo failed\n", ["exit status"], id="only printed"),
        pytest.param("pytest || true\n", ["exit status"], id="thrown away"),
        pytest.param("pytest\n", Outcome.PASSED, id="errexit ends it"),
        pytest.param("if pytest; then exit 0; fi\nexit 1\n", Outcome.PASSED, id="success leaves early"),
        pytest.param("if pytest; then ok=1; else echo no; fi\n[ $ok ] || exit 1\n", Outcome.PASSED, id="success is counted"),
        pytest.param("bad=0\nif ! pytest; then echo no; fi\nif [ $bad -gt 0 ]; then exit 1; fi\n", ["exit status"], id="failure is not counted"),
        pytest.param("if pytest; then :; elif make; then :; fi\nexit 1\n", Outcome.PASSED, id="something else is tried"),
        pytest.param("say() { echo no | tee log; }\nif pytest; then :; else\n  # loud\n  say >log; return 0; fi\n", ["exit status"], id="a function prints"),
        pytest.param("if pytest --cov; then :; else echo no; fi\n", Outcome.PASSED, id="coverage is an extra"),
        pytest.param("f() { return 1; }\nif pytest; then :; else echo no; fi\n", ["exit status"], id="another function returns"),
        pytest.param("if pytest; then :; else rc=1; fi\nexit $rc\n", Outcome.PASSED, id="failure is kept"),
    ],
)  # fmt: skip
def test_ignored_tests(text: str, expected: list[str] | Outcome) -> None:
    assert said("test-skips-on-failure", {"scripts/run-tests.sh": STRICT + text}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(CAUGHT + 'echo "done: $status"\n', ["exit status"], id="caught and forgotten"),
        pytest.param(CAUGHT + 'exit "$status"\n', Outcome.PASSED, id="caught and handed on"),
        pytest.param("die() { exit 1; }\n" + CAUGHT.removeprefix(BASH) + "[ $status = 0 ] || die\n", Outcome.NOT_APPLICABLE, id="no shebang"),
        pytest.param(STRICT + "finish() { exit 3; }\ntrap finish EXIT\n" + CAUGHT.removeprefix(STRICT) + "echo\n", Outcome.PASSED, id="a trap decides"),
        pytest.param(CAUGHT + "test $status = 0\n", Outcome.PASSED, id="the last word is the status"),
    ],
)  # fmt: skip
def test_caught_statuses(text: str, expected: list[str] | Outcome) -> None:
    assert said("test-skips-on-failure", {"system_tests/run_e2e.sh": text}) == expected


def test_a_script_of_any_name_may_run_tests() -> None:
    assert said("test-skips-on-failure", {"scripts/all.sh": STRICT + "pytest || true\n"}) == ["exit status"]
    counted = "if pytest; then :; else bad=$((bad + 1)); fi\n"
    assert said("test-skips-on-failure", {"scripts/all.sh": STRICT + counted}) is Outcome.PASSED


def test_what_ci_runs_is_judged_with_ci() -> None:
    files = {"scripts/run-tests.sh": STRICT + "pytest || true\n", **CI}
    assert said("test-skips-on-failure", files) is Outcome.PASSED


def test_zero_by_default_in_a_script_that_runs_no_tests() -> None:
    zero = "n=$(grep -c failed log || echo 0)\n"
    files = {"scripts/count.sh": STRICT + zero, "scripts/run-tests.sh": STRICT + "pytest\n"}
    assert said("result-not-validated", files) is Outcome.PASSED


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("until pg_isready; do sleep 1; done\n", ["loop: pg_isready"]),
        ("while ! nc -z db 5432; do sleep 1; done\n", ["loop: ! nc -z db 5432"]),
        ('while [ "$(curl -s x)" != ok ]; do sleep 1; done\n', ['loop: [ "$(curl -s x)" != ok ]']),
        ("while true; do sleep 1; done\n", Outcome.PASSED),
        ("while read -r line; do echo $line; done\n", Outcome.PASSED),
        ("until pg_isready; do n=$((n+1)); [ $n -lt 9 ] || exit 1; done\n", Outcome.PASSED),
        ("while ./more; do sleep 1; done\n", Outcome.PASSED),
    ],
)
def test_loops_that_wait(loop: str, expected: list[str] | Outcome) -> None:
    assert said("command-without-timeout", {"scripts/wait.sh": STRICT + loop}) == expected
