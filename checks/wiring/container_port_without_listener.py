"""A container declares a port that nothing in the program listens on.

Services, probes and firewalls are set up for the port, and every connection to it is refused: the server that
should be there (gRPC, metrics, admin) was never started, or listens elsewhere.

## Fix

Start the listener, or take the port out of the image, the manifests and the service.

```dockerfile
EXPOSE 8080
```

## Gap

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
EXPOSE 9464  ← gap
CMD ["python", "main.py"]
```

```python main.py
from http.server import HTTPServer, SimpleHTTPRequestHandler

HTTPServer(("", 9000), SimpleHTTPRequestHandler).serve_forever()
```

## No gap

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
EXPOSE 9000
CMD ["python", "main.py"]
```

```python main.py
from http.server import HTTPServer, SimpleHTTPRequestHandler

HTTPServer(("", 9000), SimpleHTTPRequestHandler).serve_forever()
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.declared_ports import DeclaredPort, DeclaredPorts
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.MEDIUM,
    about=DeclaredPorts,
    blocks=Stage.PRODUCTION,
    effort=(0.2, 2.0),
    proof=Proof.ABSENCE,
)
def container_port_without_listener(snapshot: Snapshot) -> Iterator[Finding]:
    places: dict[int, list[DeclaredPort]] = defaultdict(list)
    for found in snapshot.derived(DeclaredPorts).unheard:
        places[found.port].append(found)
    for port, declared in sorted(places.items()):
        first = declared[0]
        evidence = [Evidence(f"declared by {place.owner}", place.path, place.line) for place in declared[:6]]
        evidence.append(Evidence(f"looked for {port} in code, commands and configuration: not there"))
        message = f"Port {port} ({first.owner}) is declared, and nothing in the tree listens on it."
        yield Gap(str(port), message, first.path, first.line, tuple(evidence))
