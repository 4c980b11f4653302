"""Code falls back to a secret that everybody knows.

When the variable is missing, the service starts all the same and signs sessions or opens its database with a value
that stands in the source. Nothing fails, nobody notices, and anyone who reads the code can forge a session.

## Fix

Read secrets without a default, so that the service refuses to start without them:

```python
SECRET_KEY = os.environ["SECRET_KEY"]
```

## Gap

```python service/settings.py
import os

SECRET_KEY = os.getenv("SECRET_KEY", "dev-secret")  ← gap
```
```go pkg/settings.go
package pkg

var key = getEnv("JWT_SECRET", "changeme")  ← gap
```
```python service/config.py
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    jwt_secret: str = "change-me-in-production"  ← gap
```

## No gap

```python service/settings.py
import os

SECRET_KEY = os.environ["SECRET_KEY"]
API_KEY = os.getenv("API_KEY", "")
PORT = os.getenv("PORT", "8000")
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.security.default_secrets import DefaultSecrets
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Source, effort=(0.25, 1.0), ranked_by=LiveCode)
def insecure_default_secret(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(DefaultSecrets).in_code:
        message = f"`{found.name}` falls back to a value that stands in the source."
        evidence = Evidence("the default, value withheld", found.path, found.line)
        yield Gap(found.name, message, found.path, found.line, (evidence,))
