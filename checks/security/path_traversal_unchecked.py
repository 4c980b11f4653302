"""A request names the file that is opened, and nothing checks where that lies.

`../../etc/passwd` is a name too. Whoever may call the route reads or overwrites whatever the service can: its settings with their
passwords, its code, other customers' files.

## Fix

Join, resolve, and compare with the folder, or look the file up by an id that you made yourself. In Go, `os.OpenRoot` refuses what
leaves the folder; in Flask, `send_from_directory` does.

```python app/files.py
from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse
router = APIRouter()

@router.get("/files/{name:path}")
def download(name: str) -> FileResponse:
    if not (FOLDER / name).resolve().is_relative_to(FOLDER.resolve()):
        raise HTTPException(404)
    return FileResponse(FOLDER / name)
```

## Gap

### FastAPI

```python app/files.py
from fastapi import APIRouter
from fastapi.responses import FileResponse

router = APIRouter()


@router.get("/files/{name:path}")
def download(name: str) -> FileResponse:
    return FileResponse(FOLDER / name)  ← gap
```

### Go

```go files.go
package files

func Download(w http.ResponseWriter, r *http.Request) {
        name := filepath.Join(folder, r.URL.Query().Get("name"))
        data, err := os.ReadFile(name)  ← gap
        write(w, data, err)
}
```

## No gap

```python app/files.py
from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

router = APIRouter()


@router.get("/files/{name:path}")
def download(name: str) -> FileResponse:
    file = (FOLDER / name).resolve()
    if not file.is_relative_to(FOLDER):
        raise HTTPException(404)
    return FileResponse(FOLDER / name)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.request_paths import RequestPaths
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=RequestPaths, effort=(0.5, 2.0), on_trial=True, ranked_by=LiveCode)
def path_traversal_unchecked(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(RequestPaths).all:
        if not found.is_checked:
            handler, call = found.handler, found.call
            message = f"`{handler.name}` gives `{call.callee}` a path with `{found.name}` of the request, unchecked."
            evidence = (
                Evidence(f"`{handler.name}` answers requests", handler.path, handler.line),
                Evidence("looked for anything in it that resolves, cleans or compares the path"),
            )
            yield Gap(f"{handler.name}: {call.callee}", message, handler.path, call.line, evidence)
