"""A server is started in debug mode.

The debugger's console runs any Python that a visitor types, error pages show settings and source, and the reloader
restarts the process whenever a file changes. It is one forgotten argument away from the public internet.

## Fix

Serve with a production server (gunicorn, uvicorn without `reload`), and read debug from the environment with `False`
as its default.

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
    for path, source in snapshot.shipped(PythonSource):
        if DEVELOPMENT.search(path):
            continue
        modules = {found.module.split(".")[0] for found in source.imports}
        for call in source.calls if modules & FRAMEWORKS else ():
            for name in ("debug", "reload", "use_debugger"):
                given = call.argument(name)
                if given is not None and given.text == "True" and STARTS.search(call.callee):
                    message = f"`{call.callee}` starts the server with `{name}=True`."
                    yield Gap(f"{call.callee} {name}", message, path, call.line)
        debug = source.definition("DEBUG")
        if debug and debug.value == "True" and source.definition("INSTALLED_APPS"):
            yield Gap("DEBUG", "Django's settings say `DEBUG = True`.", path, debug.line)
