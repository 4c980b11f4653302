"""A server is started in debug mode.

The debugger's console runs any Python that a visitor types, error pages show settings and source, and the reloader
restarts the process whenever a file changes. It is one forgotten argument away from the public internet.

## Fix

Serve with a server for production: `gunicorn app:app`, `uvicorn app:app` without `--reload`. Read debug from the environment,
with `False` as its default.

## Gap

```python app/main.py
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)  ← gap
```
```python shop/settings.py
DEBUG = True  ← gap
INSTALLED_APPS = ["shop"]
```

## No gap

The reloader of a file that only developers start, beside the one that production starts:

```python shop/app.py
import uvicorn

uvicorn.run("app:app", reload=True)
```
```python shop/main.py
import uvicorn

uvicorn.run("shop.app:app", workers=4)
```

```python app/main.py
import os

from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(debug=bool(os.environ.get("DEBUG")))
```
```python shop/settings.py
import os

DEBUG = os.environ.get("DEBUG") == "1"
INSTALLED_APPS = ["shop"]
```
"""

import re
from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.facts.python_source import PythonSource
from checks.facts.source import Call, Source
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot

FRAMEWORKS = frozenset({"flask", "uvicorn", "fastapi", "bottle", "quart", "sanic", "dash", "hypercorn"})
STARTS = re.compile(r"(?:^|\.)(?:run|run_server|run_simple)$")
DEVELOPMENT = re.compile(
    r"(?:^|[/_.])(?:dev|local|development|test|debug)[^/]*\.py$|(?:^|/)(?:dev|local|development)/"
)


@check(severity=Severity.HIGH, about=PythonSource, effort=(0.25, 1.0), ranked_by=LiveCode)
def debug_server_entrypoint(snapshot: Snapshot) -> Iterator[Finding]:
    starts = [(path, call) for path, source in snapshot.shipped(PythonSource) for call in _starts(source)]
    production = {call.callee for _, call in starts if not _flags(call)}
    for path, call in starts:
        for name in _flags(call) if not DEVELOPMENT.search(path) else ():
            # A reloader, where another file starts the same server without it: that one is the developer's.
            if name != "reload" or call.callee not in production:
                message = f"`{call.callee}` starts the server with `{name}=True`."
                yield Gap(f"{call.callee} {name}", message, path, call.line)
    for path, source in snapshot.shipped(PythonSource):
        debug = source.definition("DEBUG") if source.definition("INSTALLED_APPS") else None
        if debug and debug.value == "True" and not DEVELOPMENT.search(path):
            yield Gap("DEBUG", "Django's settings say `DEBUG = True`.", path, debug.line)


def _starts(source: Source) -> Iterator[Call]:
    modules = {found.module.split(".")[0] for found in source.imports}
    if modules & FRAMEWORKS:
        yield from (call for call in source.calls if STARTS.search(call.callee))


def _flags(call: Call) -> list[str]:
    given = ((name, call.argument(name)) for name in ("debug", "reload", "use_debugger"))
    return [name for name, argument in given if argument is not None and argument.text == "True"]
