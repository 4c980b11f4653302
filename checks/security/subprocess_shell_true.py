"""A command line is handed to a shell.

The shell splits, expands and substitutes: one value from a request, a file name or a branch name that holds `;` or
`$(...)` becomes a command with the service's rights. A fixed command line is only fragile; one that is put together
at run time is an injection waiting for its input.

## Fix

Pass the program and its arguments as a list, without a shell:

```python
subprocess.run(["git", "clone", url], check=True, timeout=60)
```

## Gap

```python service/run.py
import subprocess

def clone(url):
    subprocess.run(f"git clone {url}", shell=True, check=True)  ← gap
```
```javascript src/run.js
const { exec } = require("child_process");
exec(`git clone ${url}`);  ← gap
```
```go pkg/run.go
package pkg

import "os/exec"

func clone(url string) { exec.Command("sh", "-c", "git clone "+url).Run() }  ← gap
```

## No gap

```python service/run.py
import subprocess

def clone(url):
    subprocess.run(["git", "clone", url], check=True)
```
```javascript src/run.js
const { execFile } = require("child_process");
execFile("git", ["clone", url]);
const found = /a(b)/.exec(text);
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.shell_commands import ShellCommands
from checks.facts.source import Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Source, effort=(0.25, 2.0), ranked_by=LiveCode)
def subprocess_shell_true(snapshot: Snapshot) -> Iterator[Finding]:
    for command in snapshot.derived(ShellCommands).commands:
        call = command.call
        what = "a fixed command line" if command.fixed else "a command line put together at run time"
        if command.handed_on:
            what = "the command line of its caller"
        message = f"`{call.callee}` hands {what} to a shell."
        severity = (
            Severity.LOW
            if command.fixed
            else Severity.MEDIUM
            if command.by_hand or command.handed_on
            else None
        )
        yield Gap(
            f"{call.inside or 'module'}: {call.callee}", message, command.path, call.line, severity=severity
        )
