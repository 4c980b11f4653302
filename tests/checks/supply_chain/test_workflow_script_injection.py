"""Who chooses the text decides how much it hurts; without the engine nothing is said."""

from __future__ import annotations

import pytest

from bot.snapshots.engines import ENGINES, Engine
from checks import Outcome, Severity, find_check
from tests.checks.trees import report

WORKFLOW = "on: {{issues: {{}}, workflow_dispatch: {{inputs: {{tag: {{type: string}}}}}}}}\npermissions: {{}}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo {}\n"


@pytest.mark.parametrize(
    ("expression", "severity"),
    [
        ("${{ github.event.issue.title }}", Severity.CRITICAL),
        ("${{ github.head_ref }}", Severity.CRITICAL),
        ("${{ inputs.tag }}", Severity.LOW),
        ("${{ github.event.client_payload.name }}", Severity.MEDIUM),
        ("${{ github.ref_name }}", None),
        ("${{ github.event.issue.user.login }}", None),
        ("${{ github.event.issue.node_id }}", None),
        ("${{ github.actor }}", None),
        ("${{ github.ref_type }}", None),
        ("${{ github.event.repository.html_url }}", None),
    ],
)
def test_severity_follows_who_writes_the_text(expression: str, severity: Severity | None) -> None:
    """Anybody's title is worse than a maintainer's input."""
    check = find_check("workflow-script-injection")
    assert check
    result = report({".github/workflows/a.yml": WORKFLOW.format(expression)}, check).results[0]
    assert [gap.severity for gap in result.gaps] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("name", "engine", "path", "text"),
    [
        ("workflow-script-injection", "zizmor", ".github/workflows/a.yml", "on: push"),
        ("dockerfile-defect", "hadolint", "Dockerfile", "FROM scratch"),
        ("shell-script-defect", "shellcheck", "run.sh", "true"),
    ],
)
def test_without_its_engine_a_check_is_undecided(
    monkeypatch: pytest.MonkeyPatch, name: str, engine: str, path: str, text: str
) -> None:
    """Absent is not passed."""
    monkeypatch.setitem(ENGINES, engine, Engine("no-such-engine", path, ()))
    check = find_check(name)
    assert check
    found = report({path: text}, check)
    assert found.results[0].outcome is Outcome.UNDECIDED
    assert f"{engine} is not installed" in found.results[0].reasons[0]
    assert not found.unreadable, "the file itself was read"


def test_examples_and_other_shells_are_left_alone() -> None:
    """A Dockerfile of an example ships nothing; zsh is not for shellcheck."""
    dockerfile, script = find_check("dockerfile-defect"), find_check("shell-script-defect")
    assert dockerfile
    assert script
    bad = "FROM debian:12\nRUN curl https://example.com/a | sh\n"
    assert report({"examples/Dockerfile": bad}, dockerfile).results[0].outcome is Outcome.PASSED
    assert report({"a.sh": "#!/bin/zsh\ncd /x\n"}, script).results[0].outcome is Outcome.PASSED
    assert report({"a.sh": "#!/bin/bash\nunused=1\n"}, script).results[0].outcome is Outcome.PASSED
