"""A first-party import whose target is not in the tree.

The file fails with an import error the moment it is loaded: the service doesn't start, or the feature behind a
lazy import fails at its first use. Typical causes: a module was moved, renamed or never committed; a name was
removed from the module that others import it from; a folder with a hyphen is imported with an underscore;
what is imported lies outside of the folder that the image is built from.

## Fix

Point the import at the module's new place or at the name it has now, or commit what is missing.

```python
from app.models import Invoice
```

## Gap

```python app/__init__.py
```

```python app/main.py
from app.billing import charge  ← gap
```

```python app/models.py
class Invoice:
    pass
```

### a name that the module doesn't bind

```python app/__init__.py
```

```python app/models.py
class Invoice:
    pass
```

```python app/main.py
from app.models import Receipt  ← gap
```

## No gap

```python app/__init__.py
```

```python app/main.py
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.types import Charge

try:
    from app._native import charge
except ImportError:
    from app.billing import charge
```

```python app/billing.py
def charge():
    return 1
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.wiring.broken_imports import BrokenImport, BrokenImports
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=BrokenImports, blocks=Stage.STAGING, effort=(0.2, 2.0))
def import_resolves_to_no_module(snapshot: Snapshot) -> Iterator[Finding]:
    places: dict[tuple[str, str], list[BrokenImport]] = defaultdict(list)
    for broken in snapshot.derived(BrokenImports).broken:
        if broken.image:  # one cause: what the image is built from
            places[broken.image, broken.imported.partition(".")[0]].append(broken)
        else:
            places[broken.source, broken.imported].append(broken)
    for (_, imported), found in sorted(places.items()):
        missing = ", ".join(dict.fromkeys(f"`{broken.missing}`" for broken in found))
        evidence = [Evidence("the import", broken.source, broken.line) for broken in found[:10]]
        evidence += [Evidence("looked here", place, 1) for place in found[0].looked_in[-1:]]
        if found[0].near:
            evidence.append(Evidence("has a similar name, which is not the same", found[0].near))
        severity = None if any(broken.ships for broken in found) else Severity.HIGH
        message = f"Imports {missing}, which {found[0].why}."
        yield Gap(imported, message, found[0].source, found[0].line, tuple(evidence), severity)
