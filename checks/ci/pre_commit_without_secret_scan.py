"""pre-commit is set up, but no hook looks for secrets.

Before the commit is the only moment at which a key can be taken back without a trace. The hooks run there already; a
scanner among them costs a second, a key in the history costs a rotation.

## Fix

pre-commit runs the hooks of `.pre-commit-config.yaml` before each commit. gitleaks knows the forms of keys and passwords and
refuses the commit that holds one:

```yaml
repos:
  - repo: https://github.com/gitleaks/gitleaks
    rev: v8.30.0
    hooks: [{id: gitleaks}]
```

## Gap

```yaml .pre-commit-config.yaml
repos:  ← gap
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.14.0
    hooks: [{id: ruff}]
```

## No gap

```yaml .pre-commit-config.yaml
repos:
  - repo: https://github.com/Yelp/detect-secrets
    rev: v1.5.0
    hooks: [{id: detect-secrets}]
```
"""

from collections.abc import Iterator

from checks.derived.security_scans import SECRETS, is_hook
from checks.facts.pre_commit import PreCommit
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

CONFIGURATION = ".pre-commit-config.yaml"


@check(severity=Severity.LOW, about=PreCommit, blocks=Stage.NONE, effort=(0.1, 0.25))
def pre_commit_without_secret_scan(snapshot: Snapshot) -> Iterator[Finding]:
    pre_commit = snapshot.get(CONFIGURATION, PreCommit)
    if pre_commit is None or is_hook(snapshot, SECRETS):
        return
    hooks = ", ".join(dict.fromkeys(hook.id for hook in pre_commit.hooks[:8]))
    looked = Evidence(
        "looked for gitleaks, trufflehog, detect-secrets, detect-private-key and their like", CONFIGURATION
    )
    yield Gap(
        "secret scan",
        f"None of its hooks ({hooks}) looks for secrets.",
        CONFIGURATION,
        pre_commit.line,
        (looked,),
    )
