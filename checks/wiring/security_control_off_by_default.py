"""A security control exists, and the default is the one that lets everything through.

The authenticator, the audit log or the encryption was written and tested, so the review ticks the box. The program
that ships is built with the no-op variant, or never calls the function that switches the control on.

## Fix

Make the secure variant the default, or fail to start until one is configured.

```python
class Server:
    def __init__(self, authenticator):
        self.authenticator = authenticator
```

## Gap

```python server.py
from auth import NoOpAuthenticator


class Server:
    def __init__(self):
        self.authenticator = NoOpAuthenticator()  ← gap
```

```python auth.py
class NoOpAuthenticator:
    def check(self, token):
        return True


class TokenAuthenticator:
    def check(self, token):
        return token in self.tokens
```

## No gap

```python server.py
from auth import NoOpAuthenticator, TokenAuthenticator


class Server:
    def __init__(self, tokens):
        self.authenticator = TokenAuthenticator(tokens)
```

```python auth.py
class NoOpAuthenticator:
    def check(self, token):
        return True


class TokenAuthenticator:
    def check(self, token):
        return token in self.tokens
```
"""

from collections.abc import Iterator

from checks.derived.wiring.security_controls import SecurityControls
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=SecurityControls, blocks=Stage.PRODUCTION, effort=(0.5, 4.0))
def security_control_off_by_default(snapshot: Snapshot) -> Iterator[Finding]:
    for control in snapshot.derived(SecurityControls).open:
        evidence = tuple(Evidence(note, path, line) for note, path, line in control.places)
        yield Gap(control.subject, control.message, control.path, control.line, evidence)
