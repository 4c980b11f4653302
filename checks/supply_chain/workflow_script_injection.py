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
# What GitHub itself writes, of characters that no shell reads; and the names of workflows and of the repository's own
# branches: whoever may push one can write its workflow as well.
_PLAIN = re.compile(
    r"^github\.(?:actor|triggering_actor|repository(?:_owner)?|ref|ref_name|base_ref|ref_type|event_name|sha|run_\w+|job|workflow"
    r"|event\.[\w.]*(?:\.|_)(?:login|number|id|sha|full_name|html_url|created_at|updated_at)|event\.repository\.(?:default_branch|name|clone_url))$"
)
# Only those who may write to the repository start it with a value of theirs.
_OF_WRITERS = re.compile(r"^(?:github\.event\.)?inputs\.|^github\.event\.release\.")


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
    who, severity = "whoever starts or feeds the workflow", Severity.MEDIUM
    if _ANYBODY.search(found.text):
        who, severity = "anybody who can open a pull request or an issue", Severity.CRITICAL
    elif _OF_WRITERS.match(found.text.strip()):
        who, severity = "whoever may start it by hand, or release,", Severity.LOW
    message = f"`{found.text}` is pasted into a script of job `{found.within}`; {who} chooses what it says."
    evidence = (Evidence("zizmor's template-injection: may expand into code", path, found.line),)
    return Gap(f"{found.within}: {found.text}", message, path, found.line, evidence, severity)
