"""A program that looks things up in a registry which nothing fills.

Each plugin registers itself when its package is loaded, the factory fails on a name it doesn't know, and this
program loads none of the packages that register one: whatever its configuration names is unknown.
Tests pass, because they load the plugins themselves.

## Fix

Load the plugins where the program starts, for their side effect (in Go: `import _ "example.com/shop/plugins"`).

```python
import cash  # registers itself
from fastapi import FastAPI
```

## Gap

```python main.py
from fastapi import FastAPI  ← gap
from registry import make

app = FastAPI(till=make("cash"))
```

```python registry.py
ALL = {}


def register(name):
    return lambda plugin: ALL.setdefault(name, plugin)

def make(name):
    if name not in ALL:
        raise KeyError(f"unknown plugin {name}")
    return ALL[name]()
```

```python cash.py
from registry import register


@register("cash")
def cash():
    return 1
```

## No gap

```python main.py
import cash
from fastapi import FastAPI
from registry import make

app = FastAPI(till=make("cash"))
```

```python registry.py
ALL = {}


def register(name):
    return lambda plugin: ALL.setdefault(name, plugin)

def make(name):
    if name not in ALL:
        raise KeyError(f"unknown plugin {name}")
    return ALL[name]()
```

```python cash.py
from registry import register


@register("cash")
def cash():
    return 1
```
"""

from collections.abc import Iterator

from checks.derived.wiring.registrations import Registrations
from checks.model import Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.CRITICAL,
    about=Registrations,
    blocks=Stage.STAGING,
    effort=(0.2, 2.0),
    proof=Proof.ABSENCE,
)
def plugin_registration_not_imported_by_entrypoint(snapshot: Snapshot) -> Iterator[Finding]:
    for empty in snapshot.derived(Registrations).empty:
        message = (
            f"Asks the registry `{empty.registry}` by name and loads nothing that registers itself there."
        )
        yield Gap(empty.registry, message, empty.file, 1, tuple(empty.evidence()))
