"""An interface that nothing real implements.

The code is written against a port, and what stands behind it is memory, a mock or nothing: whatever is queued,
cached or stored is gone with the process, and the branch that would take the real thing refuses.

## Fix

Write the adapter and choose it where the application is put together.

```python app/redis_queue.py
import redis
class RedisQueue:
    def __init__(self, address: str) -> None:
        self.redis = redis.Redis.from_url(address)

    def push(self, task: str) -> None:
        self.redis.rpush("tasks", task)
```
```python app/main.py
from app.ports import QueuePort
from app.redis_queue import RedisQueue

queue: QueuePort = RedisQueue("redis://queue:6379")
```

## Gap

```python app/main.py
from app.memory import InMemoryQueue
from app.ports import QueuePort

queue: QueuePort = InMemoryQueue()
```

```python app/ports.py
from typing import Protocol


class QueuePort(Protocol):  ← gap
    def push(self, task: str) -> None: ...
```

```python app/memory.py
class InMemoryQueue:
    def push(self, task: str) -> None:
        self.tasks = [task]
```

## No gap

```python app/main.py
from app.ports import QueuePort
from app.redis_queue import RedisQueue

queue: QueuePort = RedisQueue()
```

```python app/ports.py
from typing import Protocol


class QueuePort(Protocol):
    def push(self, task: str) -> None: ...
```

```python app/redis_queue.py
class RedisQueue:
    def push(self, task: str) -> None:
        self.redis.rpush("tasks", task)
```
"""

from collections.abc import Iterator

from checks.derived.wiring.interfaces import Port
from checks.derived.wiring.ports import Ports
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Ports, blocks=Stage.PRODUCTION, effort=(2.0, 24.0), proof=Proof.ABSENCE)
def interface_without_implementation(snapshot: Snapshot) -> Iterator[Finding]:
    for port in snapshot.derived(Ports).bare:
        names = ", ".join(f"`{double.name}`" for double in port.doubles[:3])
        has = f"is implemented by {names} only" if names else "is implemented by nothing"
        severity = None if port.users else Severity.MEDIUM
        yield Gap(port.name, f"`{port.name}` {has}.", port.path, port.line, tuple(_evidence(port)), severity)


def _evidence(port: Port) -> Iterator[Evidence]:
    for double in port.doubles[:4]:
        yield Evidence(f"`{double.name}` is no more than a stand-in", double.path, double.line)
    for user in port.users[:4]:
        yield Evidence("depends on it", user)
    for path, line in port.refusals[:4]:
        yield Evidence("the real one is refused here", path, line)
    for path, line, name in port.around[:4]:
        yield Evidence(f"`{name}` is made in {path}:{line} without going through the interface")
    yield Evidence("looked for a type outside tests that derives from it or has all of its methods")
