"""What CI runs: followed through make, package scripts, task runners, scripts, actions, workflows and hooks."""

from __future__ import annotations

import re

import pytest

from checks.derived.ci_commands import ContinuousIntegration
from tests.checks.trees import snapshot

PACKAGE = """{"scripts": {"pretest": "eslint .", "test": "vitest || true", "e2e": "run-s test 'lint:*'", "lint:js": "oxlint", "all": "concurrently \\"npm:test\\" \\"tsc -w\\" -k",
 "start": "node ."}}"""
TREE = {
    "Makefile": "ci: unit\nunit:\n\tpython -m pytest\nloop: loop\n\tmake loop\n",
    "tools/check.mk": "other: ; shellcheck a.sh\n",
    "package.json": PACKAGE,
    "web/package.json": '{"scripts": {"test": "jest", "build": "tsc"}}',
    "justfile": "default: lint\nlint:\n    ruff check\n",
    "Taskfile.yml": "tasks: {default: {cmds: [{task: fmt}]}, fmt: gofmt -l .}\n",
    "tox.ini": "[testenv]\ncommands = pytest\n[testenv:types]\ncommands = mypy .\n",
    "py/pyproject.toml": '[tool.tox.env.style]\ncommands = [["pre-commit", "run"], 3]\n[tool.tox.env_run_base]\ncommands = [["pytest"]]\n',
    "noxfile.py": "@nox.session\ndef docs(session):\n    session.run('mkdocs')\n",
    "scripts/ci.sh": "#!/bin/sh\ncd web\n./scripts/inner.sh\nbandit -r .\n",
    "scripts/inner.sh": "#!/bin/sh\nscripts/ci.sh\ntrivy fs .\n",
    ".pre-commit-config.yaml": "repos:\n  - repo: local\n    hooks: [{id: t, entry: typos}, {id: later, entry: slow, stages: [manual]}]\n  - repo: https://github.com/gitleaks/gitleaks\n    rev: v1\n    hooks: [{id: gitleaks}]\n",
    ".github/actions/setup/action.yml": "runs: {using: composite, steps: [{run: hadolint Dockerfile, shell: bash}, {uses: actions/setup-go@v5}]}\n",
    ".github/workflows/called.yml": "on: workflow_call\njobs: {x: {runs-on: u, steps: [{run: gosec ./...}]}}\n",
}


def ci(run: str, **files: str) -> ContinuousIntegration:
    """CI that runs one command among these files."""
    workflow = f"on: push\njobs:\n  a:\n    runs-on: u\n    steps:\n      - run: |\n          {run}\n"
    return snapshot({**TREE, ".github/workflows/ci.yml": workflow, **files}).derived(ContinuousIntegration)


@pytest.mark.parametrize(
    ("run", "tools"),
    [
        ("make", "pytest"),
        ("make -C . ci X=1", "pytest"),
        ("make -f tools/check.mk other", "shellcheck"),
        ("make loop", "make"),
        ("make nothing", "make"),
        ("npm test", "vitest"),
        ("npm t", "eslint"),
        ("npm run e2e", "oxlint"),
        ("npm start", "node"),
        ("yarn all", "tsc"),
        ("pnpm -r test", "jest"),
        ("npm --prefix web run build", "tsc"),
        ("npm run --prefix=web build", "tsc"),
        ("yarn workspace web test", "yarn"),
        ("npm install", "npm"),
        ("turbo run test build", "jest"),
        ("npx nx run-many --target=test", "jest"),
        ("just", "ruff"),
        ("just lint", "ruff"),
        ("task", "gofmt"),
        ("tox", "mypy"),
        ("tox -e types", "mypy"),
        ("tox -e py311", "pytest"),
        ("cd py && tox run -e style", "typos"),
        ("nox -s docs", "mkdocs"),
        ("bash scripts/ci.sh", "bandit"),
        ("./scripts/ci.sh", "trivy"),
        ("scripts/inner.sh --flag", "bandit"),
        ("pre-commit run --all-files", "typos"),
        ("uv run --frozen prek", "typos"),
    ],
)
def test_follows_what_is_called(run: str, tools: str) -> None:
    """The command itself or something behind it runs the tool."""
    assert any(ci(run).running(tools)), [c.text for c in ci(run).commands]


def test_failure_hidden_on_the_way_down() -> None:
    """`make x || true` hides what x runs; a script's own `|| true` hides only its command."""
    found = {c.command.unwrapped().words[0]: c for c in ci("make unit || true").commands}
    assert found["pytest"].failure_hidden_by == "|| true"
    assert (found["make"].calls, found["pytest"].calls) == (True, False)
    hidden = {c.command.program: c.failure_hidden_by for c in ci("npm test").commands}
    assert hidden["vitest"] == "|| true"
    assert hidden["eslint"] is None


def test_actions_workflows_hooks_and_doubt() -> None:
    """Local ones are followed; remote workflows and build systems are doubts, unless their name says that they test nothing."""
    text = (
        "on: {pull_request: {}, push: {tags: [v1]}}\njobs:\n  local: {uses: ./.github/workflows/called.yml}\n  new: {uses: $/.github/workflows/called.yml}\n"
        "  gone: {uses: ./.github/workflows/gone.yml}\n  far: {uses: o/r/.github/workflows/scan.yml@v1}\n  stale: {uses: o/r/.github/workflows/stale.yml@v1}\n"
        "  off: {if: false, runs-on: u, steps: [{run: never}]}\n"
        "  a:\n    runs-on: u\n    continue-on-error: true\n    steps:\n      - uses: ./.github/actions/setup\n      - {run: bazel test, working-directory: web}\n      - {run: x, if: false}\n"
        "      - uses: pre-commit/action@v3\n"
    )
    found = snapshot({**TREE, ".github/workflows/ci.yml": text}).derived(ContinuousIntegration)
    programs = {command.command.program for command in found.commands}
    assert programs >= {"gosec", "hadolint", "bazel", "typos"}
    assert not programs & {"never", "x", "slow"}
    assert [what for what, _, _ in found.opaque] == [
        "the workflow ./.github/workflows/gone.yml",
        "the workflow o/r/.github/workflows/scan.yml@v1",
        "`bazel`",
    ]
    assert {hook.id for _, hook in found.hooks} == {"t", "gitleaks"}
    assert next(found.running("hadolint")).failure_hidden_by == "continue-on-error: true on the job"
    assert any(found.using("actions/"))
    assert not any(found.using("nobody/nothing"))
    assert found.mentions(re.compile("gitleaks"))
    assert len(found) == 1


def test_other_providers() -> None:
    """Scripts of other providers start on changes; pre-commit.ci's table runs the hooks."""
    files = {
        ".gitlab-ci.yml": "image: aquasec/trivy\ntest: {script: [make unit]}\n",
        "Jenkinsfile": "sh 'npm test'\n",
        ".pre-commit-config.yaml": "ci: {skip: [t]}\nrepos: [{repo: local, hooks: [{id: t, entry: typos}, {id: u, entry: vale}]}]\n",
    }
    found = snapshot({**TREE, **files}).derived(ContinuousIntegration)
    assert {c.command.program for c in found.commands} >= {"make", "python", "npm", "vitest", "vale"}
    assert not any(found.running("typos"))
    assert found.named == (("aquasec/trivy", ".gitlab-ci.yml", 1),)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("npm run ${{ matrix.job }}", {"npm run build", "npm run test", "tsc", "vitest", "true", "eslint ."}),
        ("make ${{ matrix.job }} ${{matrix.os}}", {"make ${{ matrix.job }} ${{matrix.os}}"}),
        ("make ${{ matrix.other }}", {"make ${{ matrix.other }}"}),
        ("cd ${{ matrix.job }} && make", {"cd build", "cd test", "make"}),
    ],
)
def test_a_script_runs_with_each_value_of_the_matrix(run: str, expected: set[str]) -> None:
    """One axis at a time: not every pair of two need exist."""
    package = '{"scripts": {"build": "tsc", "pretest": "eslint .", "test": "vitest || true"}}'
    matrix = "strategy: {matrix: {job: [build, test], os: [a, b]}}"
    workflow = (
        f"on: push\njobs:\n  a:\n    runs-on: u\n    {matrix}\n    steps:\n      - run: {run}\n"
        "      - run: ls\n        working-directory: ${{ matrix.job }}\n"
    )
    found = snapshot({"package.json": package, ".github/workflows/ci.yml": workflow}).derived(
        ContinuousIntegration
    )
    listed = [command for command in found.commands if command.text == "ls"]
    assert {command.folder for command in listed} == {"build", "test"}
    assert {command.text for command in found.commands} - {"ls"} == expected
