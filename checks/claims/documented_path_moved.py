"""A document names a file at a place it has left.

The file exists exactly once in the tree, but not where a document points: links end in "not found", and agents
and newcomers open the wrong folder. Usually the tree was rearranged and the documents were not.

## Fix

Change the document to the new place, which the gap names.

## Gap

````markdown README.md
# Tool

- Read `SECURITY_STATUS.md` in [the status](SECURITY_STATUS.md)  ← gap
- The parser is `src/parse_words.py`  ← gap
````
````markdown docs/SECURITY_STATUS.md
# Security status
````
```python src/reading/parse_words.py
WORDS = 1
```

## No gap

````markdown README.md
# Tool

Read [the status](docs/SECURITY_STATUS.md). The parser is `src/reading/parse_words.py`.
````
````markdown docs/SECURITY_STATUS.md
# Security status
````
```python src/reading/parse_words.py
WORDS = 1
```
"""

from collections.abc import Iterator

from checks.derived.claims.claims import Claims
from checks.derived.claims.links import Links
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=(Claims, Links), blocks=Stage.NONE, effort=(0.1, 0.5))
def documented_path_moved(snapshot: Snapshot) -> Iterator[Finding]:
    for unmet in snapshot.derived(Claims).unmet:
        if unmet.moved_to is not None and unmet.ignored is None:
            claim = unmet.first
            yield _gap(claim.path.path, claim.document.path, claim.line, unmet.moved_to)
    for link in snapshot.derived(Links).broken:
        if link.moved_to is not None:
            yield _gap(link.target, link.document.path, link.line, link.moved_to)


def _gap(path: str, document: str, line: int, moved_to: str) -> Gap:
    message = f"{document} points to `{path}`, which is now at `{moved_to}`."
    return Gap(path, message, document, line, (Evidence("the only thing of this name", moved_to),))
