"""Which scans look at an image, and which only at the repository's files."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import outcome_of, result_of

STEPS = "on: push\njobs:\n  scan:\n    runs-on: ubuntu-latest\n    steps:\n      - %s\n"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("run: trivy image shop:latest", Outcome.PASSED),
        ("run: trivy fs .", Outcome.GAP),
        ("run: grype shop:latest", Outcome.PASSED),
        ("run: 'grype dir:.'", Outcome.GAP),
        ("run: snyk container test shop", Outcome.PASSED),
        ("run: snyk test", Outcome.GAP),
        ("run: osv-scanner scan image shop", Outcome.PASSED),
        ("run: osv-scanner -r .", Outcome.GAP),
        ("run: docker scout cves shop", Outcome.PASSED),
        ("uses: aquasecurity/trivy-action@v1", Outcome.PASSED),
        ("uses: aquasecurity/trivy-action@v1\n        with: {scan-type: fs}", Outcome.GAP),
        ("uses: anchore/scan-action@v6\n        with: {image: shop}", Outcome.PASSED),
        ("uses: anchore/scan-action@v6\n        with: {path: .}", Outcome.GAP),
        ("uses: google/osv-scanner-action/osv-scanner-action@v2", Outcome.GAP),
        ("uses: docker/scout-action@v1", Outcome.PASSED),
        ("run: make test", Outcome.GAP),
    ],
)
def test_scans(step: str, expected: Outcome) -> None:
    files = {"Dockerfile": "FROM python:3.12\nCMD run\n", ".github/workflows/ci.yml": STEPS % step}
    assert outcome_of("no-container-scan-in-ci", files) is expected


def test_whose_image_it_is_says_how_much_a_scan_is_owed() -> None:
    """A tool's serves nobody; a public one is looked at by who runs it, a template's by the projects made from it."""
    tool = {
        "Dockerfile": "FROM python:3.12\nCMD run\n",
        ".github/workflows/ci.yml": STEPS % "run: make test",
    }
    service = {**tool, "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n"}
    trees = [
        tool,
        service,
        {**service, "LICENSE": "MIT"},
        {**service, "copier.yml": "project: {type: str}\n"},
    ]
    severities = [result_of("no-container-scan-in-ci", tree).gaps[0].severity for tree in trees]
    assert severities == [Severity.LOW, Severity.HIGH, Severity.MEDIUM, Severity.MEDIUM]


def test_without_ci_there_is_nothing_to_scan_in() -> None:
    assert outcome_of("no-container-scan-in-ci", {"Dockerfile": "FROM x\n"}) is Outcome.NOT_APPLICABLE


def test_a_template_that_scans() -> None:
    template = "include:\n  - template: Jobs/Container-Scanning.gitlab-ci.yml\n"
    files = {"Dockerfile": "FROM python:3.12\nCMD run\n", ".gitlab-ci.yml": template}
    assert outcome_of("no-container-scan-in-ci", files) is Outcome.PASSED
