"""A credential is written into the source.

Everyone who can read the repository, a fork, an image layer or an old clone has it, and it can't be changed without a
release; a guide that quotes one is no better. Credentials in source are found by bots within minutes of a push; git
keeps them after they are deleted.

## Fix

Revoke it first: it is known. Then read it from the environment, where a secret manager puts it, and fail at start when
it is absent:

```python
STRIPE_KEY = os.environ["STRIPE_KEY"]
```

## Gap

```python service/settings.py
DB_PASSWORD = "s3cr3t-Pa55w0rd"  ← gap
STRIPE = connect(api_key="q8Zr2mKx91LpTv7wYb3N")  ← gap
URL = "postgresql://admin:Vq93kd81@db.internal:5432/app"  ← gap
```
```go pkg/client.go
package pkg
var client = New(Config{APIKey: "q8Zr2mKx91LpTv7wYb3N"})  ← gap
func fallback() *Client { return NewClient("acme-api-key-placeholder") }  ← gap
```
```yaml compose.yml
services:
  database:
    image: postgres:17
    ports: ["5432:5432"]
    environment:
      POSTGRES_PASSWORD: orders-2024  ← gap
```

## No gap

```yaml compose.yml
services:
  database:
    environment:
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}
```
```python service/settings.py
import os

DB_PASSWORD = os.environ["DB_PASSWORD"]
API_KEY_HEADER = "X-Api-Key"
secret = "changeme"
URL = "postgresql://user:password@localhost:5432/app"
token_url = "https://example.org/oauth/token"
POSTHOG_API_KEY = "phc_q8Zr2mKx91LpTv7wYb3Nq8Zr2mKx91LpTv7wYb3Nq8Z"
```
"""

from collections.abc import Iterator

from checks.derived.security.default_secrets import DefaultSecrets
from checks.derived.security.quoted_secrets import QuotedSecrets
from checks.derived.security.stand_in_credentials import StandInCredentials
from checks.derived.security.written_credentials import WrittenCredential, WrittenCredentials
from checks.facts.compose import Compose
from checks.facts.configuration_text import ConfigurationText
from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.CRITICAL,
    about=(Source, Compose, ConfigurationText),
    blocks=Stage.STAGING,
    effort=(1.0, 4.0),
)
def hardcoded_credential(snapshot: Snapshot) -> Iterator[Finding]:
    for written in snapshot.derived(WrittenCredentials).all:
        yield _gap(written)
    for found in snapshot.derived(StandInCredentials).all:
        place = Evidence("a placeholder, where the credential belongs", found.path, found.line)
        yield Gap(found.subject, found.problem, found.path, found.line, (place,), Severity.HIGH)
    for secret in snapshot.derived(DefaultSecrets).deployed:
        if not secret.well_known:  # default-credential-in-config speaks of those
            published = ", and the port is published" if secret.published else ""
            message = f"`{secret.name}` is written into what deploys the service{published}."
            also = (Evidence(f"`{name}` is the same", secret.path, line) for name, line in secret.also[:10])
            evidence = (Evidence("a literal, value withheld", secret.path, secret.line), *also)
            severity = Severity.HIGH if secret.published else Severity.MEDIUM
            yield Gap(secret.name, message, secret.path, secret.line, evidence, severity)
    yield from snapshot.derived(QuotedSecrets).gaps()


def _gap(written: WrittenCredential) -> Gap:
    subject = written.name or f"{written.kind} in {written.inside or 'module'}"
    bound = f"`{written.name}` is bound to" if written.name else "The source holds"
    message = f"{bound} a literal that looks like {written.kind} ({written.length} characters)."
    held = f"{written.kind}, {written.length} characters, value withheld"
    return Gap(subject, message, written.path, written.line, (Evidence(held, written.path, written.line),))
