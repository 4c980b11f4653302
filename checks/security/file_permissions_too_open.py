"""A file is written so that every user of the machine can read or change it.

State, keys, audit records and conversations lie in it. Any other process on the host, a side-car with the same volume
or a compromised web server can read it; where everyone may write, they can also change what the service believes.

## Fix

Give it to its owner alone, from the moment it is made; folders get `0o700`:

```go
err := os.WriteFile(path, data, 0o600)
```

Python: `os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)`; a later `os.chmod` leaves a moment in which others can open it.

## Gap

```go internal/store/checkpoint.go
package store

import "os"

func Save(path string, data []byte) error {
        return os.WriteFile(path, data, 0644)  ← gap
}
```
```go agent/write.go
package agent

import "os"

func write(_ context.Context, args map[string]any) error {
        return os.WriteFile(args["path"].(string), []byte(args["content"].(string)), 0644)  ← gap
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

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.open_files import OpenFiles, OpenMode
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Source, effort=(0.25, 1.0), ranked_by=LiveCode)
def file_permissions_too_open(snapshot: Snapshot) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[OpenMode]] = defaultdict(list)
    for one in snapshot.derived(OpenFiles).all:
        found[one.path, one.callee].append(one)
    for (path, callee), modes in found.items():
        who = "change" if int(modes[0].mode[-1]) & 2 else "read"
        message = (
            f"`{callee}` with mode {modes[0].mode} lets every user of the machine {who} what is written."
        )
        evidence = tuple(Evidence(f"mode {one.mode}", path, one.line) for one in modes)
        yield Gap(callee, message, path, modes[0].line, evidence)
