"""A package of the repository is called as a module of Python's standard library.

Whoever imports the name first wins. Servers and loggers load `queue`, `logging` or `types` long before the
application, so `from queue.redis import ...` finds the standard module and fails; started another way it works.

## Fix

Rename the package, or nest it under the application's own package.

```python
from task_queue.redis_queue import TaskQueue
```

## Gap

```python main.py
from queue.redis_queue import TaskQueue

app = TaskQueue()
```

```python queue/__init__.py
NAME = "queues"  ← gap
```

```python queue/redis_queue.py
class TaskQueue:
    pass
```

## No gap

```python main.py
from task_queue.redis_queue import TaskQueue

app = TaskQueue()
```

```python task_queue/__init__.py
```

```python task_queue/redis_queue.py
class TaskQueue:
    pass
```
"""

from collections.abc import Iterator

from checks.derived.wiring.import_breaks import Shadows
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=Shadows, blocks=Stage.STAGING, effort=(0.5, 2.0))
def stdlib_module_shadowed(snapshot: Snapshot) -> Iterator[Finding]:
    for shadow in snapshot.derived(Shadows).shadows:
        message = (
            f"The package `{shadow.name}` has the name of a standard library module and is imported by it."
        )
        evidence = tuple(Evidence("imported here", path, line) for path, line in shadow.imports[:5])
        yield Gap(shadow.name, message, shadow.package, 1, evidence)
