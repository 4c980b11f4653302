"""A test, linter or scanner in CI can't fail the build.

The check runs, finds something, and the build is green all the same: `continue-on-error`, `|| true` or the tool's own
"never fail" option throws its verdict away. Findings pile up where nobody looks, while everybody believes that the
change was checked.

## Fix

Let the check fail. Where old findings are too many to mend at once, write them down as a baseline and fail on new ones. Here
gosec, which looks for weaknesses in Go code, and Trivy, which looks for known ones in packages:

```yaml
- run: gosec -fmt sarif -out gosec.sarif ./...      # without -no-fail
- uses: aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25 # v0.36.0
  with: {scan-type: fs, severity: "HIGH,CRITICAL", exit-code: "1"}
```

## Gap

```yaml .github/workflows/ci.yml
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest || true  ← gap
      - name: types
        run: mypy src
        continue-on-error: true  ← gap
      - uses: securego/gosec@v2.22.0
        with: {args: "-no-fail ./..."}  ← gap
```

## No gap

```yaml .github/workflows/ci.yml
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest
      - run: flake8 --exit-zero --max-complexity 10
      - run: flake8 --select E9,F63
      - run: pip install bandit || true
```
"""

from collections.abc import Iterator

from checks.derived.ci.ci_non_blocking import NonBlockingChecks
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ContinuousIntegration, effort=(0.25, 4.0))
def ci_check_non_blocking(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(NonBlockingChecks).found:
        yield Gap(
            subject=found.tool,
            message=f"The {found.what} `{found.text}` can't fail the build: `{found.reason}`.",
            path=found.path,
            line=found.line,
            evidence=(
                Evidence(
                    f"{found.reason}; nothing else runs {found.tool} so that it can fail",
                    found.path,
                    found.line,
                ),
            ),
            severity=found.severity,
        )
