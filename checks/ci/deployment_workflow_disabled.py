"""A workflow's automatic start is switched off, or its deployment only says that it deploys.

Its triggers are commented out, its jobs say `if: false`, or all that the job does is `echo`: what looks like an automatic
deployment happens only when somebody remembers to do it by hand, and rots unseen in between.

## Fix

Switch it on again, or delete it. What is meant to be started by hand needs no commented triggers:

```yaml
on:
  workflow_dispatch:
```

## Gap

### Triggers

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

### Words only

```yaml .github/workflows/ci.yml
on: push
jobs:
  deploy:  ← gap
    runs-on: ubuntu-24.04
    steps: [{uses: actions/checkout@v5}, {run: echo "Deployment would happen here"}]
```

## No gap

```yaml .github/workflows/deploy.yml
on:
  # by hand
  workflow_dispatch:
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps: [{run: ./deploy.sh}]
```
"""

import re
from collections.abc import Iterator

from checks.facts.workflow import Job, Workflow
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_DEPLOYS = re.compile(r"^(?:deploy|deployment|roll-?out)(?:[-_ ](?:to[-_ ])?(?:prod|production|staging|dev|development|preview|cloud))?$", re.IGNORECASE)  # fmt: skip
_DELIVERS = re.compile(r"deploy|release|publish|roll-?out|prod|staging|\bcd\b", re.IGNORECASE)
_SPEAKS = frozenset({"echo", "printf", "true", ":", "sleep", "date"})


@check(severity=Severity.HIGH, about=Workflow, effort=(0.25, 8.0))
def deployment_workflow_disabled(snapshot: Snapshot) -> Iterator[Finding]:
    for path, workflow in snapshot.files(Workflow):
        name = path.rpartition("/")[2]
        if workflow.switched_off and not workflow.is_automatic and workflow.triggers:
            events = ", ".join(trigger for trigger, _ in workflow.switched_off)
            said = "is commented out"
            where = (Evidence(f"`{event}` {said}", path, line) for event, line in workflow.switched_off)
            message = f"It starts by hand only: its triggers ({events}) are commented out."
            yield Gap(name, message, path, workflow.triggers[0].line, tuple(where))
            continue
        off = [job for job in workflow.jobs if job.is_off]
        if off and len(off) == len(workflow.jobs):
            line, evidence = off[0].line, (Evidence("if: false", path, off[0].line),)
            names = " ".join([name, workflow.name or "", *(f"{job.id} {job.name or ''}" for job in off)])
            severity = None if _DELIVERS.search(names) else Severity.LOW
            yield Gap(name, "Every job is switched off with `if: false`.", path, line, evidence, severity)
        for job in workflow.jobs:
            if _DEPLOYS.search(job.name or job.id) and _only_speaks(job, workflow):
                message = f"The job `{job.id}` deploys nothing: all it does is speak."
                yield Gap(
                    f"{name}: {job.id}", message, path, job.line, (Evidence("only echoes", path, job.line),)
                )


def _only_speaks(job: Job, workflow: Workflow) -> bool:
    """Whether it only checks the tree out and echoes; one that others wait for may be where people approve."""
    commands = [command for step in job.steps for command in step.commands]
    actions = [step.uses.name.lower() for step in job.steps if step.uses]
    return (
        bool(commands)
        and all(command.program in _SPEAKS for command in commands)
        and all(action.startswith(("actions/checkout", "actions/setup-")) for action in actions)
        and not any(job.id in other.needs for other in workflow.jobs)
    )
