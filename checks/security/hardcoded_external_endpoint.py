"""The software is told to send its data to somebody's own machine.

A tunnel, a personal host name or an address in an office network is gone tomorrow, or belongs to somebody else: a
released tunnel name can be taken by anyone, who then receives prompts, tokens and user data.

## Fix

Leave the setting out of the tracked file, or point it at this machine, and read the real address from the environment:

```toml
endpoint = "http://localhost:8000/v1"  # overridden by APP_ENDPOINT
```

## Gap

```toml config.toml
endpoint = "https://crazy-otter.ngrok.io/v1"  ← gap
model = "small"
```
```python service/client.py
BASE = "http://192.168.1.99:1234/v1"  ← gap
```

## No gap

```python service/schema.py
address: str = Field(examples=["https://3.12.10.11/browser"])
```
```toml config.toml
endpoint = "http://localhost:8000/v1"
api = "https://api.github.com"
listen = "http://0.0.0.0:8080"
# endpoint = "https://crazy-otter.ngrok.io/v1"
```
"""

from collections.abc import Iterator

from checks.derived.security.external_endpoints import ExternalEndpoints
from checks.model import Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ExternalEndpoints, effort=(0.25, 1.0))
def hardcoded_external_endpoint(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(ExternalEndpoints).all:
        message = f"This points at `{found.host}`, {found.what}."
        severity = Severity.LOW if found.is_test else Severity.MEDIUM if found.for_development else None
        yield Gap(found.host, message, found.path, found.line, severity=severity)
