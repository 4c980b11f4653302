"""A consumer takes a message away before the work is done, and keeps it nowhere.

When the work fails, or the process ends in the middle, the message is gone: the order is never sent, nobody is told,
and nothing can be repaired, since nobody knows what was lost.

## Fix

Acknowledge after the work, or move the message to a list of its own while it is worked on, and keep what failed:

```python
message = await redis.blmove("tasks", "tasks:working", 5)
try:
    await process(message)
except Exception:
    await redis.lpush("tasks:failed", message)
await redis.lrem("tasks:working", 1, message)
```

## Gap

```python service/worker.py
async def main(redis):
    while True:
        message = await redis.bzpopmin("tasks", timeout=5)  ← gap
        await process(message)
```
```python service/stream.py
import asyncio

class Stream:
    def __init__(self):
        self._queue = asyncio.Queue()

    async def close(self):
        await self._queue.join()  ← gap
```

## No gap

```python service/worker.py
async def main(redis):
    while True:
        message = await redis.bzpopmin("tasks", timeout=5)
        try:
            await process(message)
        except Exception:
            await redis.lpush("tasks:failed", message)
```
```python service/stream.py
import asyncio

class Stream:
    def __init__(self):
        self._queue = asyncio.Queue()

    async def work(self):
        await self._queue.get()
        self._queue.task_done()

    async def close(self):
        await self._queue.join()
```
"""

from collections.abc import Iterator

from checks.derived.live_code import LiveCode
from checks.derived.resilience.queue_consumers import QueueConsumers
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=QueueConsumers, effort=(2.0, 8.0), ranked_by=LiveCode)
def no_dead_letter_handling(snapshot: Snapshot) -> Iterator[Finding]:
    for consumer in snapshot.derived(QueueConsumers).all:
        if not consumer.kept:
            evidence = (Evidence(f"looked for {consumer.looked_for} in the file"),)
            yield Gap(consumer.subject, consumer.message, consumer.path, consumer.line, evidence)
