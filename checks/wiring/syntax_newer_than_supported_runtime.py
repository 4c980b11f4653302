"""Code is written in a Python that is newer than the one it has to run on.

The file does not compile on the lowest version that the package says it supports, or on the one that its image has.
Whoever installs it there gets a SyntaxError on import, and no check at run time can guard against it.

## Fix

Raise the version that is supported, or write it the older way.

```toml pyproject.toml
[project]
name = "shop"
version = "1.0"
requires-python = ">=3.10"
```

## Gap

```toml pyproject.toml
[project]
name = "shop"
version = "1.0"
requires-python = ">=3.9"  ← gap
```

```python shop/orders.py
def label(order):
    match order.state:
        case "paid":
            return "Paid"
```

### the image's Python

```docker Dockerfile
FROM python:3.11-slim  ← gap
COPY . .
CMD ["python", "main.py"]
```

```python main.py
prices = {"tea": 3}
print(f"{prices["tea"]}")
```

## No gap

```toml pyproject.toml
[project]
name = "shop"
version = "1.0"
requires-python = ">=3.10"
```

```python shop/orders.py
def label(order):
    match order.state:
        case "paid":
            return "Paid"
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.wiring.python_floors import Floor, NewerFile, PythonFloors
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=PythonFloors, blocks=Stage.STAGING, effort=(0.1, 1.0))
def syntax_newer_than_supported_runtime(snapshot: Snapshot) -> Iterator[Finding]:
    groups: dict[Floor, list[NewerFile]] = defaultdict(list)
    for item in snapshot.derived(PythonFloors).newer:
        groups[item.floor].append(item)
    for floor, files in groups.items():
        places = tuple(
            Evidence(
                f"{item.need.what}, which Python 3.{item.need.version[1]} brought", item.path, item.need.line
            )
            for item in sorted(files, key=lambda item: item.path)[:20]
        )
        highest = max(item.need.version for item in files)
        where = "The image has" if floor.is_image else "The package promises to run on"
        message = f"{where} Python 3.{floor.version[1]}, and the code needs 3.{highest[1]}."
        yield Gap("python", message, floor.path, floor.line, places)
