"""What an organisation's policy counts as a capability: its own command, action, reusable workflow or hook answers the check."""

from __future__ import annotations

import pytest

from checks import Outcome, Policy, all_checks, parse_policy
from checks.pages import examples
from checks.policy import CapabilityName
from tests.checks.trees import Files, report

ANSWERS = {
    CapabilityName.TESTS: "tests-not-run-in-ci",
    CapabilityName.LINT: "linter-not-run-in-ci",
    CapabilityName.TYPE_CHECK: "type-check-not-run-in-ci",
    CapabilityName.SHELL_LINT: "shell-scripts-not-linted",
    CapabilityName.SPELL_CHECK: "no-spell-check",
    CapabilityName.SECRET_SCAN: "no-secret-scan-in-ci",
    CapabilityName.DEPENDENCY_AUDIT: "no-dependency-audit-in-ci",
    CapabilityName.STATIC_ANALYSIS: "no-sast-in-ci",
    CapabilityName.IMAGE_SCAN: "no-container-scan-in-ci",
    CapabilityName.SBOM: "no-sbom",
    CapabilityName.SIGNING: "no-artifact-signing",
    CapabilityName.IMAGE_SIGNING: "no-image-signing",
    CapabilityName.PROVENANCE: "no-provenance",
    CapabilityName.DEPLOYMENT: "deployment-workflow-missing",
}
CALLS = {
    "acme-gate all": "steps: [{run: acme-gate all ./}]",
    "acme/gate": "steps: [{uses: acme/gate@v3}]",
    "acme/": "steps: [{uses: acme/other@v3}]",
    "acme/ci/.github/workflows/gate.yml": "uses: acme/ci/.github/workflows/gate.yml@main",
}


def answer(check_id: str, files: Files, policy: Policy) -> Outcome:
    (check,) = (check for check in all_checks() if check.id == check_id)
    return report(files, check, policy=policy).results[0].outcome


def gap_of(check_id: str) -> Files:
    """The first example of a gap on the check's page."""
    (check,) = (check for check in all_checks() if check.id == check_id)
    return next(e.files for e in examples(check) if e.section == "Gap")


@pytest.mark.parametrize("tool", CALLS)
@pytest.mark.parametrize("name", CapabilityName)
def test_what_the_policy_counts_closes_the_gap(name: CapabilityName, tool: str) -> None:
    """Without the policy the same tree has the gap, or can't be judged where a remote workflow is called."""
    job = f"on: push\njobs: {{own: {{runs-on: u, {CALLS[tool]}}}}}\n"
    files = {**gap_of(ANSWERS[name]), ".github/workflows/own.yml": job}
    without = answer(ANSWERS[name], files, Policy())
    assert without in ((Outcome.UNDECIDED,) if "workflows" in tool else (Outcome.GAP,))
    assert answer(ANSWERS[name], files, Policy(capabilities={name: (tool,)})) is Outcome.PASSED


def test_a_hook_of_the_organisation_counts() -> None:
    files = {
        **gap_of("pre-commit-without-secret-scan"),
        ".pre-commit-config.yaml": "repos:\n  - {repo: 'https://git.acme.com/hooks', rev: v1, hooks: [{id: acme-secrets}]}\n",
    }
    policy = Policy(capabilities={CapabilityName.SECRET_SCAN: ("acme-secrets",)})
    assert answer("pre-commit-without-secret-scan", files, Policy()) is Outcome.GAP
    assert answer("pre-commit-without-secret-scan", files, policy) is Outcome.PASSED


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fail_on: high\ncapabilities:\n  scan: [acme]\n", 3),
        ("capabilities:\n  secret-scan:\n    - acme\n    - 'rm -rf / ; (a+)+'\n", 4),
        ("capabilities:\n  sbom: acme\n", 2),
    ],
)
def test_what_is_no_capability_is_told_with_its_line(text: str, line: int) -> None:
    read = parse_policy(text)
    assert [problem.line for problem in read.problems] == [line], read.problems
    assert read.policy == Policy()
