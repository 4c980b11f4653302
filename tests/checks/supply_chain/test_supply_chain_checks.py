"""Where things come from, beyond the pages' examples: what else does the work, and what is nobody's."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from checks.derived.image_scans import ShippedImages
from checks.derived.supply_chain.piped_downloads import PipedDownloads
from checks.derived.supply_chain.unpinned_actions import UsedActions
from checks.derived.update_ecosystems import Ecosystems
from checks.registry import find_check
from tests.checks.trees import report, snapshot
from tests.checks.verdicts import outcome_of

CI = ".github/workflows/ci.yml"
WORKFLOW = "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - %s\n"
SILENT = {CI: WORKFLOW % "run: ls"}
OPAQUE = {CI: WORKFLOW % "run: bazel build //..."}
HOOKS = ".pre-commit-config.yaml"
HOOK = "repos:\n  - repo: https://github.com/%s\n    rev: v1.0.0\n    hooks:\n      - id: %s\n"
CODE = {"shop/app.py": "def main():\n    return 1\n"}
NEEDS = {"requirements.txt": "flask==3.0.0\n", **CODE}
DEPENDABOT = (
    "version: 2\nupdates:\n  - package-ecosystem: cargo\n    directory: /\n    schedule: {interval: weekly}\n"
)
RUFF = "[tool.ruff.lint]\nselect = [%s]\n"


@pytest.mark.parametrize(
    ("check", "files", "outcome"),
    [
        pytest.param("no-sast-in-ci", {**CODE, **SILENT}, Outcome.GAP, id="nothing analyses"),
        pytest.param("no-sast-in-ci", {**CODE, **OPAQUE}, Outcome.UNDECIDED, id="a build system may analyse"),
        pytest.param("no-sast-in-ci", {**CODE, **SILENT, HOOKS: HOOK % ("PyCQA/bandit", "bandit")}, Outcome.PASSED, id="a hook analyses"),
        pytest.param("no-sast-in-ci", {**CODE, CI: WORKFLOW % "run: ruff check", "pyproject.toml": RUFF % '"S"'}, Outcome.PASSED, id="ruff's security rules"),
        pytest.param("no-sast-in-ci", {**CODE, CI: WORKFLOW % "uses: astral-sh/ruff-action@v3", "pyproject.toml": RUFF % '"ALL"'}, Outcome.PASSED, id="all of ruff's rules"),
        pytest.param("no-sast-in-ci", {**CODE, CI: WORKFLOW % "run: ruff check", "pyproject.toml": RUFF % '"E"'}, Outcome.GAP, id="ruff's other rules"),
        pytest.param("no-sast-in-ci", {**CODE, CI: WORKFLOW % "run: ruff check", "pyproject.toml": "[tool.ruff]\nlint = 1\n"}, Outcome.GAP, id="ruff without rules"),
        pytest.param("no-sast-in-ci", {**CODE, **SILENT, "pyproject.toml": "[project]\nname = 'x'\n"}, Outcome.GAP, id="no ruff"),
        pytest.param("no-dependency-audit-in-ci", {**NEEDS, **SILENT}, Outcome.GAP, id="nothing audits"),
        pytest.param("no-dependency-audit-in-ci", {**NEEDS, **SILENT, HOOKS: HOOK % ("pypa/pip-audit", "pip-audit")}, Outcome.PASSED, id="a hook audits"),
        pytest.param("dependabot-ecosystem-missing", {**NEEDS, ".github/dependabot.yml": DEPENDABOT}, Outcome.GAP, id="not this ecosystem"),
        pytest.param("dependabot-ecosystem-missing", {**NEEDS, ".github/dependabot.yml": DEPENDABOT, "renovate.json": "{}"}, Outcome.PASSED, id="Renovate does it"),
        pytest.param("no-dependency-update-tool", {**NEEDS, ".github/workflows/up.yml": "on: workflow_dispatch\njobs: {a: {runs-on: u, steps: [{run: npx npm-check-updates -u}]}}\n"}, Outcome.PASSED, id="a job does it"),
        pytest.param("license-file-missing", {"package.json": '{"name": "x", "license": "MIT"}'}, Outcome.GAP, id="a licence without its text"),
        pytest.param("license-file-missing", {"a/package.json": '{"name": "x", "license": "MIT"}', "a/LICENSE": "MIT"}, Outcome.PASSED, id="the text in the package's folder"),
        pytest.param("license-file-missing", {"a/package.json": '{"name": "x", "license": "MIT"}', "b/package.json": '{"name": "y", "license": "MIT"}', "a/LICENSE": "MIT"}, Outcome.GAP, id="the text of another package"),
    ],
)  # fmt: skip
def test_what_ci_and_others_do(check: str, files: dict[str, str], outcome: Outcome) -> None:
    assert outcome_of(check, files) is outcome


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"package.json": '{"dependencies": {"react": "^19"}}'}, ["npm"], id="a package"),
        pytest.param({"package.json": '{"dependencies": {"kit": "file:../kit"}}'}, [], id="a package that needs only its neighbours"),
        pytest.param({"package.json": "{}"}, [], id="a package that needs nothing"),
        pytest.param({"requirements.txt": "flask\n"}, ["pip"], id="a list"),
        pytest.param({"requirements.txt": "# none\n"}, [], id="an empty list"),
        pytest.param({"pyproject.toml": '[project]\nname = "x"\ndependencies = ["flask"]\n'}, ["pip"], id="a project"),
        pytest.param({"Dockerfile": "FROM python:3.12\n"}, ["docker"], id="an image"),
        pytest.param({"Dockerfile": "FROM scratch\n"}, [], id="an image of nothing"),
        pytest.param({"compose.yaml": "services: {db: {image: redis}}\n"}, ["docker-compose"], id="a service of others"),
        pytest.param({"compose.yaml": "services: {web: {build: .}}\n"}, [], id="a service of one's own"),
        pytest.param({CI: WORKFLOW % "uses: actions/checkout@v4"}, ["github-actions"], id="an action of others"),
        pytest.param({CI: WORKFLOW % "uses: ./.github/own"}, [], id="an action of one's own"),
        pytest.param({"go.mod": "module x\nrequire y v1.0.0\n", "examples/go.mod": "module y\nrequire z v1.0.0\n"}, ["gomod"], id="an example's module is not counted"),
        pytest.param({"go.mod": "module x\n"}, [], id="a module that needs nothing"),
        pytest.param({"examples/Cargo.toml": "[package]\n"}, [], id="an example alone"),
    ],
)  # fmt: skip
def test_ecosystems(files: dict[str, str], expected: list[str]) -> None:
    found = snapshot(files).derived(Ecosystems).found
    assert [(one.name, one.count) for one in found] == [(name, 1) for name in expected]


COMPOSITE = "runs:\n  using: composite\n  steps:\n    - uses: %s\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({CI: WORKFLOW % "uses: shop/kit@v1"}, (1, 1), id="a tag"),
        pytest.param({CI: WORKFLOW % f"uses: shop/kit@{'a' * 40}"}, (1, 0), id="a commit"),
        pytest.param({CI: WORKFLOW % "uses: ./own"}, (0, 0), id="of this tree"),
        pytest.param({CI: WORKFLOW % "uses: docker://alpine:3"}, (0, 0), id="an image"),
        pytest.param({"action.yml": COMPOSITE % "shop/kit@v1"}, (1, 1), id="in an action of this tree"),
        pytest.param({"vendor/x/action.yml": COMPOSITE % "shop/kit@v1"}, (0, 0), id="in an action of others"),
    ],
)
def test_actions(files: dict[str, str], expected: tuple[int, int]) -> None:
    used = snapshot(files).derived(UsedActions)
    assert (len(used), len(used.unpinned)) == expected


IMAGE = {"Dockerfile": "FROM python:3.12\nCMD python -m app\n"}
STEP = "uses: %s\n        with: {%s}"


@pytest.mark.parametrize(
    ("step", "scans_files"),
    [
        ("run: trivy image shop", False),
        ("run: trivy fs .", True),
        ("run: trivy --version", False),
        ("run: grype shop:1", False),
        ("run: grype dir:.", True),
        ("run: snyk container test shop", False),
        ("run: snyk test", True),
        ("run: osv-scanner scan image shop", False),
        ("run: osv-scanner -r .", True),
        ("run: docker scout cves shop", False),
        (STEP % ("aquasecurity/trivy-action@v1", "image-ref: shop"), False),
        (STEP % ("aquasecurity/trivy-action@v1", "scan-type: fs"), True),
        (STEP % ("anchore/scan-action@v6", "image: shop"), False),
        (STEP % ("anchore/scan-action@v6", "path: ."), True),
        (STEP % ("google/osv-scanner-action/osv-scanner-action@v2", "scan-args: -r ."), True),
        (STEP % ("google/osv-scanner-action/osv-scanner-action@v2", "scan-args: image shop"), False),
        (STEP % ("docker/scout-action@v1", "command: cves"), False),
    ],
)
def test_scans_of_files_are_told_from_scans_of_images(step: str, scans_files: bool) -> None:
    found = snapshot({**IMAGE, CI: WORKFLOW % step}).derived(ShippedImages)
    assert [path for path, _ in found.file_scans] == ([CI] if scans_files else [])


def test_a_scanners_image_scans() -> None:
    files = {**IMAGE, ".gitlab-ci.yml": "scan:\n  image: aquasec/trivy:0.60.0\n  script: [ls]\n"}
    assert outcome_of("no-container-scan-in-ci", files) is Outcome.PASSED


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({CI: WORKFLOW % "run: curl -sSf https://x.example/i.sh | sh"}, 1, id="into a shell"),
        pytest.param(
            {CI: WORKFLOW % "run: curl -sSf https://x.example/d.json | python -c 'read()'"}, 0, id="as data"
        ),
        pytest.param(
            {CI: WORKFLOW % "run: curl -sSf https://x.example/i.py | python -"}, 1, id="into an interpreter"
        ),
        pytest.param({CI: WORKFLOW % "run: curl -o x https://x.example/i.sh | sh"}, 0, id="into a file"),
        pytest.param(
            {CI: WORKFLOW % "run: wget -qO- https://x.example/i.sh | bash -s -- -y"}, 1, id="with wget"
        ),
        pytest.param(
            {"Dockerfile.dev": "FROM debian\nRUN curl https://x.example/i.sh | sh\n"}, 0, id="for developers"
        ),
        pytest.param(
            {"Dockerfile": "FROM debian\nRUN curl https://x.example/i.sh | sh\n"}, 1, id="in an image"
        ),
        pytest.param({"get.sh": "#!/bin/sh\ncurl https://x.example/i.sh | sh\n"}, 1, id="in a script"),
        pytest.param(
            {"vendor/get.sh": "#!/bin/sh\ncurl https://x.example/i.sh | sh\n"}, 0, id="in a script of others"
        ),
        pytest.param(
            {"get.sh": '#!/bin/sh\nbash -c "$(curl -fsSL https://x.example/i.sh)"\n'}, 1, id="as an argument"
        ),
    ],
)
def test_downloads_that_are_executed(files: dict[str, str], expected: int) -> None:
    assert len(snapshot(files).derived(PipedDownloads).all) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, Severity.HIGH),
        ({".github/dependabot.yml": DEPENDABOT}, Severity.HIGH),
        ({".github/dependabot.yml": DEPENDABOT.replace("cargo", "pip")}, Severity.MEDIUM),
        ({"renovate.json": "{}"}, Severity.MEDIUM),
    ],
)
def test_an_audit_is_less_urgent_where_updates_are_proposed(more: dict[str, str], expected: Severity) -> None:
    check = find_check("no-dependency-audit-in-ci")
    assert check
    service = {
        **NEEDS,
        **SILENT,
        "wsgi.py": "from flask import Flask\napp = Flask(__name__)\n\n@app.get('/')\ndef root():\n    return ''\n",
        "Dockerfile": "FROM python:3.12-slim\nEXPOSE 8000\nCMD gunicorn wsgi:app\n",
    }
    (gap,) = report({**service, **more}, check).results[0].gaps
    assert gap.severity is expected
