"""How much an absence weighs: by what kind of repository it is, and by who else looks."""

from __future__ import annotations

import pytest

from checks import Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of

CI = ".github/workflows/ci.yml"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: %s\n"
TOOL = {"requirements.txt": "aiohttp==3.9.0\n", "app.py": "import aiohttp\n", CI: WORKFLOW % "pytest"}
SERVICE = {
    **TOOL,
    "app.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
    "Dockerfile": "FROM scratch\nCOPY . .\n",
}
UPDATES = {"renovate.json": "{}"}
LICENSE = {"LICENSE": "MIT"}
PUSH = {CI: WORKFLOW % "docker push ghcr.io/example/app:1"}
USES = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: %s\n"
SERVES = 'package main\n\nimport "net/http"\n\nfunc main() {\n\tget()\n\thttp.ListenAndServe(":80", nil)\n}\n'
READ = "\nfunc get() {\n\tresp, _ := client.Do(request)\n\tio.ReadAll(resp.Body)\n}\n"
HARD = "ports: [80], mem_limit: 1g, cap_drop: [ALL]"
STACK = f"services:\n  web: {{image: acme/web:1, {HARD}}}\n  api: {{image: acme/api:1, {HARD}%s}}\n"
OFFERED = "services: {app: {image: ghcr.io/example/%s:latest}}\n"
POD = {
    "k8s/app.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec: {containers: [{name: app, image: app}]}\n"
}


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        ("no-dependency-audit-in-ci", SERVICE, Severity.HIGH),
        ("no-dependency-audit-in-ci", {**SERVICE, **UPDATES}, Severity.MEDIUM),
        ("no-dependency-audit-in-ci", TOOL, Severity.MEDIUM),
        ("no-dependency-audit-in-ci", {**SERVICE, **LICENSE}, Severity.MEDIUM),
        ("no-dependency-audit-in-ci", {**TOOL, **UPDATES}, Severity.LOW),
        ("no-dependency-audit-in-ci", {**TOOL, **UPDATES, **LICENSE}, Severity.LOW),
        ("no-secret-scan-in-ci", SERVICE, Severity.HIGH),
        ("no-secret-scan-in-ci", TOOL, Severity.MEDIUM),
        ("no-secret-scan-in-ci", {**SERVICE, **LICENSE}, Severity.LOW),
        ("no-dependency-update-tool", SERVICE, Severity.MEDIUM),
        ("no-dependency-update-tool", TOOL, Severity.LOW),
        ("workflow-permissions-not-declared", TOOL, Severity.LOW),
        ("workflow-permissions-not-declared", {CI: USES % "actions/checkout@v5"}, Severity.LOW),
        ("workflow-permissions-not-declared", {CI: USES % "acme/deploy@v5"}, Severity.MEDIUM),
        ("workflow-permissions-not-declared", {CI: USES % f"acme/deploy@{'a' * 40}"}, Severity.LOW),
        ("workflow-permissions-not-declared", {CI: USES % "github/codeql-action/upload-sarif@v4"}, Severity.MEDIUM),
        ("unbounded-response-read", {"main.go": SERVES + READ, "go.mod": "module shop\n", "Dockerfile": "FROM scratch\nCOPY . .\n"}, Severity.MEDIUM),
        ("unbounded-response-read", {"get.go": "package a\n" + READ}, Severity.LOW),
        ("compose-service-not-hardened", {"compose.yaml": STACK % ""}, Severity.LOW),
        ("compose-service-not-hardened", {"compose.yaml": STACK % ", restart: always"}, Severity.MEDIUM),
        ("image-tag-latest", {"compose.yaml": OFFERED % "app", "go.mod": "module example.com/app\n"}, Severity.LOW),
        ("image-tag-latest", {"compose.yaml": OFFERED % "redis", "go.mod": "module example.com/app\n"}, Severity.MEDIUM),
        ("no-sast-in-ci", SERVICE, Severity.MEDIUM),
        ("no-sast-in-ci", {**SERVICE, **LICENSE}, Severity.LOW),
        ("no-image-signing", PUSH, Severity.LOW),
        ("no-image-signing", {**PUSH, **POD}, Severity.MEDIUM),
    ],
)  # fmt: skip
def test_severity(check: str, files: Files, expected: Severity) -> None:
    assert {gap.severity for gap in result_of(check, files).gaps} == {expected}
