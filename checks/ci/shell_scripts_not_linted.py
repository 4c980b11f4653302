"""There are shell scripts, and no ShellCheck.

Shell fails in silence: an unquoted name splits at a space and `rm` gets the wrong argument, a typo in a variable is an
empty word. ShellCheck knows these traps, and finds them before the script runs on a server.

## Fix

```yaml
- run: git ls-files '*.sh' | xargs shellcheck   # installed on GitHub's Ubuntu runners
```

## Gap

```bash scripts/deploy.sh
#!/bin/bash
rm -rf $TARGET/old
```
```yaml .github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```bash scripts/deploy.sh
#!/bin/bash
rm -rf "$TARGET/old"
```
```yaml .github/workflows/ci.yml
on: push
jobs: {lint: {runs-on: ubuntu-24.04, steps: [{run: "git ls-files '*.sh' | xargs shellcheck"}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.linted_scripts import LintableScripts
from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.security_scans import is_hook
from checks.model import Evidence, Finding, Proof, Severity, Stage
from checks.policy import CapabilityName
from checks.registry import check
from checks.snapshot import Snapshot

LINT = Capability(
    "a linter of shell scripts",
    ("shellcheck", "shellharden", "bashate", "checkbashisms", "actionlint"),
    ("ludeeus/action-shellcheck", "reviewdog/action-shellcheck", "super-linter/super-linter", "github/super-linter", "oxsecurity/megalinter", "trunk-io/trunk-action",
     "redhat-plumbers-in-action/differential-shellcheck", "koalaman/", "azohra/shell-linter", "bewuethr/shellcheck-action", "luizm/action-sh-checker"),
    ("shellcheck",),
    policy_name=CapabilityName.SHELL_LINT,
)  # fmt: skip


@check(
    severity=Severity.LOW, about=LintableScripts, blocks=Stage.NONE, effort=(0.5, 4.0), proof=Proof.ABSENCE
)
def shell_scripts_not_linted(snapshot: Snapshot) -> Iterator[Finding]:
    scripts = snapshot.derived(LintableScripts).paths
    if is_hook(snapshot, LINT):
        return
    first = scripts[0]
    count = f"{len(scripts)} shell scripts, first `{first}`" if len(scripts) > 1 else f"`{first}`"
    message = f"Neither CI nor a hook lints the shell scripts ({count})."
    because = tuple(Evidence("a shell script", path) for path in scripts[:30])
    yield from LINT.missing(snapshot.derived(ContinuousIntegration), "ShellCheck", message, because=because)
