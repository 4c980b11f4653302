"""A document gives a command that can't work.

The first thing a newcomer, an agent or somebody on call does is to paste what the document says. The module,
script, package script, target, feature or subcommand that this command names is not in the tree, so it fails
(or does nothing) for everybody. Commands about the reader's own project, and tools from elsewhere, aren't judged.

## Fix

Correct the command, or make what it names. Where it stays, let CI run it: a command that runs can't rot.

## Gap

### A module, a script and a package script

````markdown README.md
# Orders

```bash
python -m orders.migrate  ← gap
bash scripts/deploy.sh  ← gap
npm run e2e  ← gap
```
````
```python orders/app.py
APP = 1
```
```bash scripts/build.sh
set -e
```
```json package.json
{"scripts": {"build": "tsc"}}
```

## No gap

````markdown README.md
# Orders

```bash
python -m orders.app
bash scripts/build.sh
npm run build
```
````
```python orders/app.py
APP = 1
```
```bash scripts/build.sh
set -e
```
```json package.json
{"scripts": {"build": "tsc"}}
```
"""

from collections.abc import Iterator

from checks.derived.claims.command_problems import problem_of
from checks.derived.documented_commands import DocumentedCommands
from checks.derived.documents import Standing
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=DocumentedCommands, effort=(0.25, 4.0))
def documented_command_broken(snapshot: Snapshot) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for command in snapshot.derived(DocumentedCommands).all:
        problem = problem_of(command, snapshot)
        key = (command.document.path, problem.subject if problem else "")
        if problem is None or key in seen:
            continue
        seen.add(key)
        message = f"The document says `{command.text}`; it {problem.says}."
        folders = ", ".join(folder or "the root" for folder in command.folders[:4])
        evidence = (Evidence(f"looked for {problem.looked_for} in {folders}"),)
        severity = Severity.MEDIUM if command.document.standing is Standing.GUIDE else None
        yield Gap(problem.subject, message, command.document.path, command.line, evidence, severity)
