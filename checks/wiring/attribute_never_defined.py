"""An attribute is read that nothing defines.

The line fails as soon as it is reached, with an AttributeError: in an error handler, behind a flag, at the end of a
long job. Nothing says so before.

## Fix

Define it, or read the one that was meant.

```python
class Worker:
    def __init__(self, queue):
        self.queue = queue
        self.retries = 0
```

## Gap

```python shop/worker.py
class Worker:
    def __init__(self, queue):
        self.queue = queue

    def run(self):
        try:
            self.queue.next()
        except TimeoutError:
            self.retries.append(1)  ← gap
```

### of another class

```python shop/settings.py
from pydantic import BaseModel


class Settings(BaseModel):
    redis_url: str
```

```python shop/main.py
from shop.settings import Settings


def connect(settings: Settings):
    return redis.from_url(settings.redis_uri)  ← gap
```

## No gap

```python shop/worker.py
class Base:
    limit = 3


class Worker(Base):
    def __init__(self, queue):
        self.queue = queue

    def run(self):
        self.retries = 0
        while self.retries < self.limit:
            self.step()

    def step(self):
        self.queue.next()


class Proxy:
    def __getattr__(self, name):
        return getattr(self.target, name)
```
"""

from collections.abc import Iterator

from checks.derived.wiring.python_attributes import PythonAttributes
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=PythonAttributes, effort=(0.1, 1.0))
def attribute_never_defined(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(PythonAttributes).unknown:
        path, name = found.owner
        message = f"`{found.name}` is read of `{name}`, and nothing defines it."
        evidence = (
            *(Evidence("reads it", place, line) for place, line in found.places[:6]),
            Evidence("the class", path, found.line),
            Evidence(
                "looked for it in the class, above and below it, and for anything that sets it from outside: not there"
            ),
        )
        yield Gap(f"{name}.{found.name}", message, found.places[0][0], found.places[0][1], evidence)
