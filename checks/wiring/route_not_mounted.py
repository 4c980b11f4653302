"""A router that no application mounts.

Its handlers are written, often tested, and documented, and every request to them is answered with 404: nothing
attaches the router to an application, or the code that would never runs. FastAPI ignores `@app.on_event`
hooks as soon as the application is given `lifespan=`.

## Fix

Mount it where the application is made.

```python main.py
import orders
from fastapi import FastAPI

app = FastAPI()
app.include_router(orders.router)
```

## Gap

```python main.py
from fastapi import FastAPI

app = FastAPI()
```

```python orders.py
from fastapi import APIRouter

router = APIRouter(prefix="/orders")  ← gap


@router.get("/")
def orders():
    return []
```

## No gap

```python main.py
from fastapi import FastAPI

import orders

app = FastAPI()
app.include_router(orders.router)
```

```python orders.py
from fastapi import APIRouter

router = APIRouter(prefix="/orders")


@router.get("/")
def orders():
    return []
```
"""

from collections.abc import Iterator

from checks.derived.wiring.python_routers import UnmountedRouter
from checks.derived.wiring.routers import Routers
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Routers, blocks=Stage.PRODUCTION, effort=(0.5, 4.0), proof=Proof.ABSENCE)
def route_not_mounted(snapshot: Snapshot) -> Iterator[Finding]:
    for router in snapshot.derived(Routers).unmounted:
        what = f"made by `{router.made_by}`" if router.made_by else f"`{router.name}`"
        why = f"what would mount it is in {router.unused[0][2]}" if router.unused else "nothing mounts it"
        message = f"The routes of the router {what} are never served: {why}."
        evidence = (
            Evidence("the router", router.path, router.line),
            *(
                Evidence(f"would mount it, in {reason}", path, line)
                for path, line, reason in router.unused[:4]
            ),
            Evidence(_looked_for(router)),
        )
        yield Gap(router.made_by or router.name, message, router.path, router.line, evidence)


def _looked_for(router: UnmountedRouter) -> str:
    if router.made_by:
        return f"looked for a use of `{router.made_by}` in code that runs, tests aside"
    return f"looked for `{router.name}` handed to an application or router by code that runs and reaches this file"
