"""Several services, and no test that drives them together.

Every service passes its own tests while the whole doesn't work: addresses, schemas, queues and credentials are
only ever exercised together in production.

## Fix

Start the services as they are deployed (compose is enough) and drive one real request through all of them in CI.

```python tests/e2e/test_order.py
def test_order_reaches_the_worker(base_url):
    order = requests.post(f"{base_url}/orders", json={"item": 1}, timeout=10).json()
    assert wait_for(order["id"]).state == "done"
```

## Gap

```yaml compose.yaml
services:
  web:
    build: ./web
  worker:
    build: ./worker
```

## No gap

```yaml compose.yaml
services:
  web:
    build: ./web
  worker:
    build: ./worker
```

```python tests/e2e/test_order.py
def test_order(base_url):
    assert base_url
```
"""

import re
from collections.abc import Iterator

from checks.facts.compose import Compose
from checks.facts.roles import Role
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_TESTS = re.compile(
    r"(?:^|/)(?:e2e|end[-_]?to[-_]?end|e2e[-_]tests?|system[-_]?tests?|acceptance|cypress|playwright)/"
    r"|(?:^|/)(?:playwright|cypress|wdio|nightwatch)\.config\.[cm]?[jt]s$|[._-]e2e[._-]|(?:^|/)e2e[._-]|[._-]e2e\.|\.cy\.[jt]sx?$|\.feature$",
    re.IGNORECASE,
)


@check(severity=Severity.HIGH, about=Compose, blocks=Stage.PRODUCTION, effort=(4.0, 24.0))
def no_e2e_tests(snapshot: Snapshot) -> Iterator[Finding]:
    for path, compose in snapshot.files(Compose):
        built = {s.build.context for s in compose.services if s.build is not None and not s.build.is_remote}
        if len(built) < 2 or snapshot.role(path) is not Role.SHIPPED:
            continue
        folder = path.rpartition("/")[0]
        above = f"{folder}/" if folder else ""
        if any(
            _TESTS.search(found)
            for found in snapshot.paths
            if found.startswith(above)
            and found.endswith((".py", ".go", ".rs", ".ts", ".tsx", ".js", ".sh", ".feature"))
        ):
            continue
        message = f"{len(built)} services are built here, and no end-to-end test stands under {folder or 'the root'}."
        evidence = (
            Evidence("looked for e2e/, system_tests/, cypress/, playwright/, *_e2e_*, *.feature"),
            Evidence("the services", path, 1),
        )
        yield Gap(folder or ".", message, folder or None, None, evidence)
