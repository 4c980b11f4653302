"""Services with a database or a queue, and no test that uses them together.

Every unit test puts a mock in the place of the store: migrations, queries, transactions, schemas and serialisation are
first tried together in production.

## Fix

Test against the real store, started by the job or by the test.

```yaml
jobs:
  test:
    services:
      postgres:
        image: postgres:17
```

## Gap

```yaml compose.yaml
services:
  web:
    build: .
  db:
    image: postgres:17
```

```python tests/test_words.py
def test_words():
    assert "a".upper() == "A"
```

## No gap

```yaml compose.yaml
services:
  web:
    build: .
  db:
    image: postgres:17
```

```python tests/integration/test_orders.py
def test_order_is_stored(engine):
    assert engine
```
"""

from collections.abc import Iterator

from checks.derived.tests.system_tests import Stacks
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Stacks, blocks=Stage.PRODUCTION, effort=(4.0, 16.0))
def no_integration_tests(snapshot: Snapshot) -> Iterator[Finding]:
    for stack in snapshot.derived(Stacks).all:
        if not stack.built or not stack.stores or stack.integration:
            continue
        message = f"{', '.join(stack.built[:4])} run with {', '.join(stack.stores[:4])}, and no test that can run uses them together."
        evidence = (
            Evidence("the services", stack.path, 1),
            *(Evidence("needs services that nothing starts", path, 1) for path in stack.stranded[:5]),
            Evidence(
                "looked for integration, functional, e2e and api tests, and for fixtures of a store or client"
            ),
        )
        yield Gap(stack.folder or ".", message, stack.folder or None, None, evidence)
