"""A file is written so that every user of the machine can read or change it.

State, keys, audit records and conversations lie in it. Any other process on the host, a side-car with the same volume
or a compromised web server can read it; where everyone may write, they can also change what the service believes.

## Fix

Give it to its owner alone: `os.WriteFile(path, data, 0o600)`, `os.chmod(path, 0o600)`, and `0o700` for folders.

## Gap

```go internal/store/checkpoint.go
package store

import "os"

func Save(path string, data []byte) error {
        return os.WriteFile(path, data, 0644)  ← gap
}
```
```python service/share.py
import os

os.chmod("/srv/upload", 0o777)  ← gap
```
```javascript src/keys.js
fs.chmodSync(target, 0o666);  ← gap
```
```rust src/keys.rs
fn open_up() { std::fs::Permissions::from_mode(0o777); }  ← gap
```

## No gap

```go internal/store/checkpoint.go
package store

import "os"

func Save(path string, data []byte) error { return os.WriteFile(path, data, 0600) }
```
```go internal/site/render.go
package site

import "os"

func Render(path string, page []byte) error { return os.WriteFile(path, page, 0644) }
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.source import Call, Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

CHANGES = re.compile(r"(?:^|[.:])(?:chmod(?:Sync)?|Chmod|fchmod|from_mode|set_mode|mode)$")
WRITES = re.compile(r"^(?:os|ioutil)\.(?:WriteFile|OpenFile|MkdirAll|Mkdir)$")
MODE = re.compile(r"^0o?([0-7]{3})$")
# What is nobody else's business, told by the words of the file and of the function that writes it.
PRIVATE = re.compile(
    r"(?:^|[/_.]|(?<=[a-z]))(?:state|store|persistence|checkpoint\w*|audit\w*|session\w*|secrets?|credentials?|tokens?|keys?|keyring|wallet|conversation\w*|history)(?:[/_.]|$|(?=[A-Z]))",
    re.IGNORECASE,
)


@check(severity=Severity.MEDIUM, about=Source, effort=(0.25, 1.0), ranked_by=LiveCode)
def file_permissions_too_open(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        private = PRIVATE.search(path.rpartition("/")[2]) is not None
        found: dict[str, list[Call]] = {}
        for call in source.calls:
            if _too_open(call, private) and not source.in_test(call.line):
                found.setdefault(call.callee, []).append(call)
        for callee, calls in found.items():
            mode = _mode(calls[0])
            who = "change" if int(mode[-1]) & 2 else "read"
            message = f"`{callee}` with mode {mode} lets every user of the machine {who} what is written."
            evidence = tuple(Evidence(f"mode {_mode(call)}", path, call.line) for call in calls)
            yield Gap(callee, message, path, calls[0].line, evidence)


def _too_open(call: Call, private: bool) -> bool:
    mode = _mode(call)
    if not mode:
        return False
    if int(mode[-1]) & 2 and (CHANGES.search(call.callee) or WRITES.match(call.callee)):
        return not mode.startswith("1")
    return private and int(mode[-1]) & 4 != 0 and WRITES.match(call.callee) is not None


def _mode(call: Call) -> str:
    """The last literal that is a mode of three digits, or ""."""
    modes = [match.group(1) for argument in call.arguments if (match := MODE.match(argument.text))]
    return modes[-1] if modes else ""
