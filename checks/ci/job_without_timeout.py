"""Jobs of CI run for as long as they like.

A test that waits for a port, or a download that hangs, holds its runner for six hours, GitHub's limit. Meanwhile other changes
wait for a runner, and who pays by the minute pays for all of them.

## Fix

Give each job some times the minutes that it usually needs:

```yaml .github/workflows/ci.yml
on: pull_request
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps: [{run: pytest}]
```

## Gap

```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:  ← gap
    runs-on: ubuntu-24.04
    steps: [{run: pytest}]
```

## No gap

```yaml .github/workflows/ci.yml
on: pull_request
jobs:
  test:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    steps: [{run: pytest}]
```
"""

from collections.abc import Iterator

from checks.facts.workflow import Workflow
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


# Most healthy repositories set none: it stays on trial.
@check(severity=Severity.LOW, about=Workflow, blocks=Stage.NONE, effort=(0.1, 0.5), on_trial=True)
def job_without_timeout(snapshot: Snapshot) -> Iterator[Finding]:
    for path, workflow in snapshot.files(Workflow):
        open_ended = [job for job in workflow.jobs if job.steps and job.timeout is None]
        if open_ended:
            names = ", ".join(job.id for job in open_ended[:6]) + (", ..." if len(open_ended) > 6 else "")
            message = f"{len(open_ended)} of {len(workflow.jobs)} jobs have no time limit: {names}."
            evidence = tuple(
                Evidence(f"{job.id} may run for six hours", path, job.line) for job in open_ended
            )
            yield Gap("timeout-minutes", message, path, open_ended[0].line, evidence)
