"""A source file is empty.

It was created for something that was never written, or emptied when its content moved. Imports of it succeed and give
nothing; readers of the tree believe that the part exists.

## Fix

Write what belongs there, or delete the file together with what imports it.

## Gap

```python service/retry.py
# Retries with backoff.
```

## No gap

```python service/retry.py
ATTEMPTS = 3
```
```python service/__init__.py
```
"""

import re
from collections.abc import Iterator

from checks.facts.source import Source
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

# Files that say all they have to say by being there.
MARKER = re.compile(
    r"(?:^|/)(?:__init__\.pyi?|conftest\.py|mod\.rs|lib\.rs|doc\.go|index\.[cm]?[jt]s|.*\.d\.ts|.*\.config\.\w+)$"
)


@check(severity=Severity.LOW, about=Source, blocks=Stage.NONE, effort=(0.1, 4.0))
def empty_source_file(snapshot: Snapshot) -> Iterator[Finding]:
    for path, source in snapshot.shipped(Source):
        if not MARKER.search(path) and not source.syntax_errors and _is_empty(source):
            evidence = (Evidence("looked for imports, definitions, calls and values", path),)
            yield Gap(path.rpartition("/")[2], "This file holds no code at all.", path, evidence=evidence)


def _is_empty(source: Source) -> bool:
    return not (
        source.imports
        or source.definitions
        or source.calls
        or source.strings
        or source.bindings
        or source.references
        or source.package
    )
