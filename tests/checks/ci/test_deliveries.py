"""Deployments that only speak, spelling that nothing checks, builds that are offered and not made."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

GUIDES = {f"docs/{n}.md": f"# {n}\n" for n in ("a", "b", "c", "d", "e")}
CI = {".github/workflows/ci.yml": "on: push\njobs: {test: {runs-on: x, steps: [{run: cargo build}]}}\n"}
HOOK = "repos:\n- repo: https://github.com/crate-ci/typos\n  rev: v1\n  hooks: [{id: typos}]\n"


def workflow(jobs: str) -> dict[str, str]:
    return {".github/workflows/ci.yml": f"on: push\njobs:\n{jobs}"}


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        pytest.param("  deploy: {steps: [{run: echo later}]}\n", ["ci.yml: deploy"], id="echo"),
        pytest.param("  x: {name: Deploy to Production, steps: [{run: echo later}]}\n", ["ci.yml: x"], id="by its name"),
        pytest.param("  deploy: {steps: [{run: ./deploy.sh}]}\n", Outcome.PASSED, id="script"),
        pytest.param("  deploy: {steps: [{uses: acme/deploy@v1}, {run: echo done}]}\n", Outcome.PASSED, id="action"),
        pytest.param("  deploy: {uses: ./.github/workflows/d.yml}\n", Outcome.PASSED, id="workflow"),
        pytest.param("  deploy: {steps: [{run: echo go}]}\n  more: {needs: deploy, steps: [{run: ./d.sh}]}\n", Outcome.PASSED, id="a gate"),
        pytest.param("  deploy-docs-notice: {steps: [{run: echo later}]}\n", Outcome.PASSED, id="another name"),
    ],
)  # fmt: skip
def test_deployments_that_only_speak(jobs: str, expected: list[str] | Outcome) -> None:
    assert said("deployment-workflow-disabled", workflow(jobs)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({**GUIDES, **CI}, ["spelling"], id="none"),
        pytest.param({**GUIDES}, Outcome.NOT_APPLICABLE, id="no CI"),
        pytest.param({"docs/a.md": "# a\n", **CI}, Outcome.NOT_APPLICABLE, id="one document"),
        pytest.param({**GUIDES, **CI, ".pre-commit-config.yaml": HOOK}, Outcome.PASSED, id="hook"),
    ],
)  # fmt: skip
def test_spelling(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-spell-check", files) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param("{run: cargo build}", Outcome.NOT_APPLICABLE, id="no targets"),
        pytest.param("{run: cargo build --target x86_64-apple-darwin}, {uses: a/b@v1, with: {t: aarch64-apple-darwin}}", ["x86_64-pc-windows-msvc"], id="not built"),
    ],
)  # fmt: skip
def test_platforms(steps: str, expected: list[str] | Outcome) -> None:
    readme = "# A\n\n`shop-x86_64-pc-windows-msvc.zip`, rustup target add s390x-unknown-linux-gnu\n"
    files = workflow(f"  release: {{steps: [{steps}]}}\n")
    plan = {"docs/plans/a.md": "`shop-armv7-unknown-linux-gnueabihf.tar.gz`\n"}
    assert said("release-platform-missing", {"README.md": readme, **plan, **files}) == expected
