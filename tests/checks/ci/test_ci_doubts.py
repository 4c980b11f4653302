"""CI beyond the pages' examples: doubt where something can't be read, and what is no verdict at all."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import outcome_of, result_of, said

CI = ".github/workflows/ci.yml"
WORKFLOW = "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - %s\n"
SILENT = {CI: WORKFLOW % "run: ls"}
OPAQUE = {CI: WORKFLOW % "run: bazel build //..."}
HOOKS = ".pre-commit-config.yaml"
HOOK = "repos:\n  - repo: https://github.com/%s\n    rev: v1.0.0\n    hooks:\n      - id: %s\n"
RUFF = {"pyproject.toml": "[tool.ruff]\nline-length = 100\n"}
MYPY = {"mypy.ini": "[mypy]\nstrict = true\n"}
BANDIT = {"bandit.yaml": "skips: [B101]\n"}
SCRIPT = {"run.sh": "#!/bin/sh\necho $1\n"}
TESTS = {"tests/test_shop.py": "def test_shop():\n    assert 1 + 1 == 2\n"}
RUST = {
    "Cargo.toml": '[package]\nname = "x"\n',
    "src/lib.rs": "#[cfg(test)]\nmod tests {\n    #[test]\n    fn one() {}\n}\n",
}
XTASK = {
    "xtask/Cargo.toml": '[package]\nname = "xtask"\nversion = "1.0.0"\n',
    "xtask/src/main.rs": '#[derive(Subcommand)]\nenum Task { Lint }\nfn lint() { run("bandit", ["-r"]); }\nfn main() {}\n',
}
MACRO = 'tasks! { lint }\nstruct Program {\n    #[command(subcommand)]\n    task: Task,\n}\nfn lint() { run("bandit", ["-r"]); }\nfn main() {}\n'
VENDORED = {"vendor/x/src/lib.rs": RUST["src/lib.rs"], "src/main.rs": "fn main() {}\n"}


@pytest.mark.parametrize(
    ("check", "files", "outcome"),
    [
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **SILENT}, Outcome.GAP, id="a scanner that nothing runs"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **OPAQUE}, Outcome.UNDECIDED, id="a build system may run the scanner"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **SILENT, HOOKS: HOOK % ("PyCQA/bandit", "bandit")}, Outcome.PASSED, id="a hook scans"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **SILENT, HOOKS: HOOK % ("x/y", "typos")}, Outcome.GAP, id="a hook does something else"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {"a/b/c/d/bandit.yaml": "", **SILENT}, Outcome.NOT_APPLICABLE, id="a configuration far down is another project's"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", BANDIT, Outcome.NOT_APPLICABLE, id="no CI is one gap of its own"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **XTASK, CI: WORKFLOW % "run: cargo xtask lint"}, Outcome.UNDECIDED, id="a program of the repository may run the scanner"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **XTASK, "xtask/src/main.rs": MACRO, CI: WORKFLOW % "run: cargo xtask lint"}, Outcome.UNDECIDED, id="a program whose subcommands a macro makes"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **XTASK, CI: WORKFLOW % "run: cargo run -p xtask -- lint"}, Outcome.UNDECIDED, id="the same program, built first"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **XTASK, CI: WORKFLOW % "run: cargo run -p xtask"}, Outcome.GAP, id="the program is not asked to check"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {**BANDIT, **XTASK, CI: WORKFLOW % "run: cargo"}, Outcome.GAP, id="no program at all"),
        pytest.param("linter-not-run-in-ci", {**RUFF, **XTASK, CI: WORKFLOW % "run: cargo xtask lint"}, Outcome.GAP, id="a program of the repository that doesn't know the linter"),
        pytest.param("linter-not-run-in-ci", {**RUFF, **SILENT}, Outcome.GAP, id="a linter that nothing runs"),
        pytest.param("linter-not-run-in-ci", {**RUFF, **OPAQUE}, Outcome.UNDECIDED, id="a build system may lint"),
        pytest.param("linter-not-run-in-ci", {".flake8": "[flake8]\n", **SILENT}, Outcome.GAP, id="a linter's own file"),
        pytest.param("linter-not-run-in-ci", {"examples/.flake8": "[flake8]\n", **SILENT}, Outcome.NOT_APPLICABLE, id="an example's linter"),
        pytest.param("linter-not-run-in-ci", {"a/b/c/.flake8": "[flake8]\n", **SILENT}, Outcome.NOT_APPLICABLE, id="a linter far down"),
        pytest.param("linter-not-run-in-ci", {"package.json": '{"eslintConfig": {}}', **SILENT}, Outcome.GAP, id="a linter's key"),
        pytest.param("linter-not-run-in-ci", {"package.json": "{}", **SILENT}, Outcome.NOT_APPLICABLE, id="no key"),
        pytest.param("type-check-not-run-in-ci", {**MYPY, **SILENT}, Outcome.GAP, id="types that nothing checks"),
        pytest.param("type-check-not-run-in-ci", {**MYPY, **OPAQUE}, Outcome.UNDECIDED, id="a build system may check types"),
        pytest.param("shell-scripts-not-linted", {**SCRIPT, **SILENT, HOOKS: HOOK % ("koalaman/shellcheck-precommit", "shellcheck")}, Outcome.PASSED, id="a hook lints scripts"),
        pytest.param("shell-scripts-not-linted", {**SCRIPT, **OPAQUE}, Outcome.UNDECIDED, id="a build system may lint scripts"),
        pytest.param("shell-scripts-not-linted", {**SCRIPT, CI: WORKFLOW % "uses: super-linter/super-linter@v7"}, Outcome.PASSED, id="an action lints scripts"),
        pytest.param("shell-scripts-not-linted", {**SCRIPT, ".gitlab-ci.yml": "lint:\n  image: koalaman/shellcheck:v0.10\n  script: [ls]\n"}, Outcome.PASSED, id="an image named after the linter"),
        pytest.param("tests-not-run-in-ci", {**TESTS, **SILENT}, Outcome.GAP, id="tests that nothing runs"),
        pytest.param("tests-not-run-in-ci", {**TESTS, **OPAQUE}, Outcome.UNDECIDED, id="a build system may test"),
        pytest.param("tests-not-run-in-ci", {**TESTS, CI: WORKFLOW % "run: ./dev verify"}, Outcome.UNDECIDED, id="a command that may test"),
        pytest.param("tests-not-run-in-ci", TESTS, Outcome.NOT_APPLICABLE, id="no CI at all"),
        pytest.param("tests-not-run-in-ci", {**TESTS, CI: (WORKFLOW % "run: pytest").replace("on: push", "on: workflow_dispatch")}, Outcome.GAP, id="tests by hand"),
        pytest.param("tests-not-run-in-ci", {"web/x.test.ts": "test('x', f);\n", CI: WORKFLOW % "uses: cypress-io/github-action@v6"}, Outcome.PASSED, id="an action tests"),
        pytest.param("tests-not-run-in-ci", {**RUST, **SILENT}, Outcome.GAP, id="tests inside the source"),
        pytest.param("tests-not-run-in-ci", {**VENDORED, **SILENT}, Outcome.NOT_APPLICABLE, id="tests of others"),
        pytest.param("deployment-workflow-disabled", {CI: "on: push\njobs:\n  deploy:\n    if: false\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ls\n"}, Outcome.GAP, id="every job is off"),
    ],
)  # fmt: skip
def test_what_ci_runs(check: str, files: dict[str, str], outcome: Outcome) -> None:
    assert outcome_of(check, files) is outcome


RUNNERS = "on: push\njobs:\n  a:\n    runs-on: %s\n    steps:\n      - run: ls\n"
MATRIX = "on: push\njobs:\n  a:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [%s]\n    steps:\n      - run: ls\n"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param(RUNNERS % "ubuntu-22.04", RUNNERS % "ubuntu-24.04", ["ubuntu"], id="two releases"),
        pytest.param(RUNNERS % "ubuntu-22.04  # oldest glibc", RUNNERS % "ubuntu-24.04", Outcome.PASSED, id="on purpose"),
        pytest.param(MATRIX % "ubuntu-22.04, ubuntu-24.04", RUNNERS % "ubuntu-24.04", Outcome.PASSED, id="a matrix of both"),
        pytest.param(MATRIX % "ubuntu-22.04, macos-14", RUNNERS % "ubuntu-24.04", ["ubuntu"], id="a matrix of systems"),
    ],
)  # fmt: skip
def test_runners(one: str, two: str, expected: list[str] | Outcome) -> None:
    assert said("inconsistent-runner-versions", {CI: one, ".github/workflows/two.yml": two}) == expected


STEP = "uses: %s\n        with: {%s}"
ALLOWED = "run: %s\n        continue-on-error: true\n%s"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        pytest.param("run: mypy . || true", ["mypy"], id="the shell hides it"),
        pytest.param("run: ruff check --exit-zero .", ["ruff"], id="an option hides it"),
        pytest.param("run: pip install mypy || true", Outcome.PASSED, id="only an installation"),
        pytest.param("run: pytest --collect-only | grep x", Outcome.PASSED, id="what reads the output judges"),
        pytest.param(ALLOWED % ("pytest", ""), ["pytest"], id="the step is allowed to fail"),
        pytest.param(ALLOWED % ("pytest", "        id: unit\n      - run: test ${{ steps.unit.outcome }} = success\n"), Outcome.PASSED, id="a later step asks"),
        pytest.param(ALLOWED % ("pytest", "        id: unit\n      - run: ls\n"), ["pytest"], id="no later step asks"),
        pytest.param("name: nightly toolchain\n        " + ALLOWED % ("cargo test", ""), Outcome.PASSED, id="an experiment"),
        pytest.param("uses: securego/gosec@v2\n        continue-on-error: true", ["gosec"], id="an action is allowed to fail"),
        pytest.param("name: experimental\n        uses: securego/gosec@v2\n        continue-on-error: true", Outcome.PASSED, id="an experiment with an action"),
        pytest.param("uses: securego/gosec@v2", Outcome.PASSED, id="an action that may fail"),
        pytest.param(STEP % ("securego/gosec@v2", "args: -no-fail ./..."), ["gosec"], id="arguments hide it"),
        pytest.param(STEP % ("bridgecrewio/checkov-action@v12", "soft_fail: true"), ["checkov"], id="an input hides it"),
        pytest.param(STEP % ("anchore/scan-action@v6", "fail-build: false"), ["scan"], id="the build is not to fail"),
        pytest.param(STEP % ("aquasecurity/trivy-action@v1", "scan-type: fs"), ["trivy"], id="the default never fails"),
        pytest.param(STEP % ("aquasecurity/trivy-action@v1", 'exit-code: "0"'), ["trivy"], id="the default, written out"),
        pytest.param(STEP % ("aquasecurity/trivy-action@v1", 'exit-code: "1"'), Outcome.PASSED, id="an exit code"),
        pytest.param(STEP % ("aquasecurity/trivy-action@v1", "trivy-config: trivy.yaml"), Outcome.PASSED, id="a configuration of its own"),
        pytest.param("uses: aquasecurity/trivy-action@v1\n        env: {TRIVY_EXIT_CODE: 1}", Outcome.PASSED, id="by the environment"),
        pytest.param(STEP % ("codecov/codecov-action@v5", "fail_ci_if_error: false"), ["codecov/codecov-action"], id="an upload is not to fail"),
        pytest.param(STEP % ("codecov/codecov-action@v5", "flags: unit"), Outcome.PASSED, id="an upload"),
    ],
)  # fmt: skip
def test_verdicts_that_are_thrown_away(step: str, expected: list[str] | Outcome) -> None:
    assert said("ci-check-non-blocking", {CI: WORKFLOW % step}) == expected


def test_a_job_that_is_allowed_to_fail() -> None:
    text = (WORKFLOW % "run: pytest").replace("    steps:", "    continue-on-error: true\n    steps:")
    assert said("ci-check-non-blocking", {CI: text}) == ["pytest"]


def test_what_runs_by_hand_stops_nobody() -> None:
    text = (WORKFLOW % "uses: securego/gosec@v2\n        continue-on-error: true").replace(
        "push", "workflow_dispatch"
    )
    assert outcome_of("ci-check-non-blocking", {CI: text}) is Outcome.PASSED


def test_a_pipeline_of_another_provider_may_fail_too() -> None:
    text = "lint:\n  allow_failure: true\n  script:\n    - mypy .\n"
    assert said("ci-check-non-blocking", {CI: WORKFLOW % "run: ls", ".gitlab-ci.yml": text}) == ["mypy"]


def test_findings_for_code_scanning_weigh_less() -> None:
    scan = WORKFLOW % "uses: aquasecurity/trivy-action@v1"
    upload = f"{scan}      - uses: github/codeql-action/upload-sarif@v3\n"
    severities = [result_of("ci-check-non-blocking", {CI: text}).gaps[0].severity for text in (scan, upload)]
    assert severities == [Severity.HIGH, Severity.MEDIUM]
