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
```dockerfile Dockerfile
FROM python:3.12-slim
COPY app app
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--reload"]  ← gap
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

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.debug_servers import DebugServers
from checks.facts.python_source import PythonSource
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=PythonSource, effort=(0.25, 1.0), ranked_by=LiveCode)
def debug_server_entrypoint(snapshot: Snapshot) -> Iterator[Finding]:
    for server in snapshot.derived(DebugServers).all:
        yield Gap(server.subject, server.message, server.path, server.line)
