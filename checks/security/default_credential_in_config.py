"""A configuration carries a credential or address that was only meant for a developer.

A default password is the first one that is tried; one that is used wherever a variable was forgotten is used in
production too. A release that packs a developer's own configuration hands their machine's address to every user.

## Fix

Leave the default out, so that a missing secret stops the start, and release a dedicated example file:

```yaml
POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}
```

## Gap

```yaml compose.yml
services:
  database:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-orders}  ← gap
  broker:
    image: rabbitmq:4
    environment:
      RABBITMQ_DEFAULT_PASS: x
      RABBITMQ_PASSWORD: guest  ← gap
```
```toml config.toml
[database]
password = "changeme"  ← gap
```

## No gap

```yaml compose.yml
services:
  database:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set it}
      POSTGRES_PASSWORD_FILE: /run/secrets/database
```
"""

from collections.abc import Iterator

from checks.derived.configurations import Configurations
from checks.derived.security.default_secrets import DefaultSecret, DefaultSecrets
from checks.derived.security.released_configurations import ReleasedConfigurations
from checks.facts.compose import Compose
from checks.facts.workflow import Workflow
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=(Compose, Configurations, Workflow), effort=(0.25, 1.0))
def default_credential_in_config(snapshot: Snapshot) -> Iterator[Finding]:
    secrets = snapshot.derived(DefaultSecrets)
    for secret in (*secrets.deployed, *secrets.configured):
        if secret.well_known:
            how = "falls back to" if secret.how == "default of a variable" else "is"
            message = f"`{secret.name}` {how} a value that everybody knows{_reach(secret)}."
            # Nothing outside the stack's own network can try the password.
            severity = None if secret.published or secret in secrets.configured else Severity.MEDIUM
            also = (Evidence(f"`{name}` is the same", secret.path, line) for name, line in secret.also[:10])
            places = (Evidence("the value, withheld", secret.path, secret.line), *also)
            yield Gap(secret.name, message, secret.path, secret.line, places, severity)
    for file in snapshot.derived(ReleasedConfigurations).all:
        message = f"The release packs `{file.configuration}`, which names `{file.host}`."
        evidence = Evidence(f"names `{file.host}`", file.configuration, file.host_line)
        yield Gap(file.configuration, message, file.path, file.line, (evidence,))


def _reach(secret: DefaultSecret) -> str:
    return ", and its port is published" if secret.published else ""
