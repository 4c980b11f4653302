"""A Dockerfile holds a defect that hadolint knows.

The build succeeds and the image misbehaves: a download that failed in the middle of a pipe, a program that never sees the
signal to stop, files copied to a place that depends on the base image. What is a matter of taste is left to the linter.

## Fix

`hadolint Dockerfile` explains each rule. The two most frequent: let a pipe fail when its first part does, and start the
program without a shell in between:

```dockerfile
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
CMD ["gunicorn", "app:main"]
```

## Gap

```dockerfile Dockerfile
FROM debian:12.9-slim
RUN curl -sSf https://example.com/tool.tar.gz | tar -xz  ← gap
CMD gunicorn app:main  ← gap
```

## No gap

```dockerfile Dockerfile
FROM debian:12.9-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl -sSf https://example.com/tool.tar.gz | tar -xz
CMD ["gunicorn", "app:main"]
```
"""

from collections.abc import Iterator

from checks.facts.dockerfile_audit import DockerfileAudit
from checks.facts.roles import Role
from checks.model import Evidence, Finding, Gap, Severity, Stage, Undecided
from checks.registry import check
from checks.snapshot import Snapshot

_TASTE = frozenset(
    {"DL3020", "DL3004", "DL1000"}
)  # errors to hadolint; the image works, or it may (a parse error)
_WORTH_IT = frozenset({"DL4006", "DL3025", "DL3045"})  # warnings to hadolint; the image doesn't


@check(severity=Severity.LOW, about=DockerfileAudit, blocks=Stage.NONE, effort=(0.1, 0.5))
def dockerfile_defect(snapshot: Snapshot) -> Iterator[Finding]:
    for path, reason in snapshot.unreadable((DockerfileAudit.kind,)).items():
        yield Undecided(reason, path)
    for path, audit in snapshot.files(DockerfileAudit):
        if snapshot.role(path) is not Role.SHIPPED:
            continue
        for found in audit.findings:
            if (found.level == "error" and found.rule not in _TASTE) or found.rule in _WORTH_IT:
                evidence = (Evidence(f"hadolint's {found.rule}", path, found.line),)
                yield Gap(found.rule, f"{found.text.rstrip('.')}.", path, found.line, evidence)
