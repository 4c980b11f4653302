"""A file that holds secrets is in the tree.

Keys, `.env` files and key stores are copied into every clone, fork and image, and git keeps them after they are deleted.
Whoever has read the repository once can sign in as the service for as long as the secret is valid.

## Fix

Revoke the secret: it is known. Then take the file out, keep it out, and hand secrets over at run time:

```sh
git rm --cached .env && echo .env >> .gitignore
```

Commit a `.env.example` with names and no values.

## Gap

```properties .env
LOG_LEVEL=info
STRIPE_SECRET=q8Zr2mKx91LpTv7wYb3N  ← gap
```
```text deploy/id_rsa
-----BEGIN OPENSSH PRIVATE KEY-----  ← gap
```

## No gap

```properties .env
LOG_LEVEL=info
STRIPE_SECRET=
SECRET_KEY=changethis
```
```properties .env.example
STRIPE_SECRET=q8Zr2mKx91LpTv7wYb3N
```
"""

import re
from collections.abc import Iterator

from checks.derived.configurations import is_example
from checks.derived.security.key_stores import KeyStores
from checks.facts.roles import Role
from checks.facts.secret_file import SecretFile
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

# Keys that a server on the developer's own machine shows its developer, and key stores of tests.
LOCAL = re.compile(
    r"localhost|127\.0\.0\.1|self-?signed|snake-?oil|(?:^|[/._-])(?:dev|test|tests|testing|mock|fake|dummy|local)(?:[/._-]|$)"
)
OURS = frozenset({Role.SHIPPED, Role.TOOL})


@check(severity=Severity.CRITICAL, about=(SecretFile, KeyStores), blocks=Stage.STAGING, effort=(1.0, 4.0))
def secret_file_committed(snapshot: Snapshot) -> Iterator[Finding]:
    for path, file in snapshot.files(SecretFile):
        if file.held and _counts(snapshot, path):
            first = file.held[0]
            evidence = tuple(Evidence(f"{held.what}, value withheld", path, held.line) for held in file.held)
            message = f"This file holds {first.what}{f' (`{first.name}`)' if first.name else ''} and is in the tree."
            yield Gap("secrets", message, path, first.line, evidence)
    for path in snapshot.derived(KeyStores).paths:
        if _counts(snapshot, path):
            yield Gap("secrets", "A key store is in the tree.", path, severity=Severity.HIGH)


def _counts(snapshot: Snapshot, path: str) -> bool:
    return snapshot.role(path) in OURS and not is_example(path) and not LOCAL.search(path.lower())
