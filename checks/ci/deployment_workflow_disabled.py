"""A workflow's automatic start is switched off.

Its triggers are commented out, or its jobs say `if: false`: what looks like an automatic deployment or release happens only
when somebody remembers to press the button, and rots unseen in between.

## Fix

Switch it on again, or delete it. What is meant to be started by hand needs no commented triggers:

```yaml
on:
  workflow_dispatch:
```

## Gap

```yaml .github/workflows/deploy.yml
on:
  # push:
  #   branches: [main]
  workflow_dispatch:  ← gap
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps: [{run: ./deploy.sh}]
```

## No gap

```yaml .github/workflows/deploy.yml
on:
  # by hand: see docs/operate.md
  workflow_dispatch:
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps: [{run: ./deploy.sh}]
```
"""

from collections.abc import Iterator

from checks.facts.workflow import Workflow
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Workflow, effort=(0.25, 8.0))
def deployment_workflow_disabled(snapshot: Snapshot) -> Iterator[Finding]:
    for path, workflow in snapshot.files(Workflow):
        name = path.rpartition("/")[2]
        if workflow.switched_off and not workflow.is_automatic and workflow.triggers:
            events = ", ".join(trigger for trigger, _ in workflow.switched_off)
            where = (
                Evidence(f"`{trigger}` is commented out", path, line)
                for trigger, line in workflow.switched_off
            )
            message = f"It starts by hand only: its triggers ({events}) are commented out."
            yield Gap(name, message, path, workflow.triggers[0].line, tuple(where))
            continue
        off = [job for job in workflow.jobs if job.is_off]
        if off and len(off) == len(workflow.jobs):
            yield Gap(
                name,
                "Every job is switched off with `if: false`.",
                path,
                off[0].line,
                (Evidence("if: false", path, off[0].line),),
            )
