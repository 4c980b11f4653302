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

from collections.abc import Iterator

from checks.derived.tests.system_tests import Stacks
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Stacks, blocks=Stage.PRODUCTION, effort=(4.0, 24.0))
def no_e2e_tests(snapshot: Snapshot) -> Iterator[Finding]:
    for stack in snapshot.derived(Stacks).all:
        if len(stack.built) < 2 or stack.end_to_end:
            continue
        where = stack.folder or "the root"
        runs = "and no end-to-end test that can run" if stack.stranded else "and no end-to-end test"
        message = f"{len(stack.built)} services are built here, {runs} stands under {where}."
        evidence = (
            Evidence("looked for e2e/, system_tests/, cypress/, playwright/, *_e2e_*, *.feature"),
            *(Evidence("needs services that nothing starts", path, 1) for path in stack.stranded[:5]),
            Evidence("the services", stack.path, 1),
        )
        yield Gap(stack.folder or ".", message, stack.folder or None, None, evidence)
