"""A workflow puts text that others choose into a script.

`${{ ... }}` is replaced before the shell starts: a pull request's title, a branch's name or an issue's body that holds
`"; curl ... | sh; "` runs as a command of the workflow, with its token and its secrets. Inputs of a manual run can be
set by everyone who may write; they break the script, or leak more than their author was given. zizmor finds these places.

## Fix

Hand the value over in the environment and quote it there; the shell never parses it then:

```yaml
- env:
    TITLE: ${{ github.event.pull_request.title }}
  run: echo "$TITLE"
```

## Gap

```yaml .github/workflows/label.yml
on: pull_request_target
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "${{ github.event.pull_request.title }}"  ← gap
```

## No gap

```yaml .github/workflows/label.yml
on: pull_request_target
permissions: {}
jobs:
  label:
    runs-on: ubuntu-24.04
    steps:
      - env:
          TITLE: ${{ github.event.pull_request.title }}
        run: echo "$TITLE at ${{ github.sha }}"
```
"""

import re
from collections.abc import Iterator

from checks.facts.engine_finding import EngineFinding
from checks.facts.workflow_audit import WorkflowAudit
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot

# What somebody without any right in the repository can write, by
# https://docs.github.com/actions/concepts/security/script-injections
_ANYBODY = re.compile(
    r"github\.(?:head_ref|event\.(?:issue|pull_request|comment|review|review_comment|discussion|pages|commits|head_commit|workflow_run)\b"
    r"[\w.*\[\]-]*\.(?:title|body|ref|label|default_branch|page_name|message|email|name|head_branch|display_title))\b"
)
# What GitHub itself writes, of letters, digits and hyphens alone, or what the repository's administrators choose.
_PLAIN = re.compile(
    r"^github\.(?:actor|triggering_actor|repository_owner|ref_type|event_name|sha|run_\w+|job"
    r"|event\.repository\.(?:html_url|clone_url|full_name|name|id|default_branch|owner\.login))$"
)


@check(severity=Severity.CRITICAL, about=WorkflowAudit, effort=(0.25, 1.0))
def workflow_script_injection(snapshot: Snapshot) -> Iterator[Finding]:
    for path, reason in snapshot.unreadable((WorkflowAudit.kind,)).items():
        yield Undecided(reason, path)
    for path, audit in snapshot.files(WorkflowAudit):
        for found in audit.findings:
            is_high = found.rule == "template-injection" and found.level == "high"
            if is_high and not _PLAIN.match(found.text.strip()):
                yield _gap(path, found)


def _gap(path: str, found: EngineFinding) -> Gap:
    anybody = _ANYBODY.search(found.text) is not None
    who = (
        "anybody who can open a pull request or an issue"
        if anybody
        else "whoever starts or feeds the workflow"
    )
    message = f"`{found.text}` is pasted into a script of job `{found.within}`; {who} chooses what it says."
    evidence = (Evidence("zizmor's template-injection: may expand into code", path, found.line),)
    severity = Severity.CRITICAL if anybody else Severity.MEDIUM
    return Gap(f"{found.within}: {found.text}", message, path, found.line, evidence, severity)
