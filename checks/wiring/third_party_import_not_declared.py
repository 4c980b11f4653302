"""An import of a package that no manifest of its component declares.

It works on the author's machine, where the package happens to be installed, and fails in a clean image; one declared
only for tests or by another component fails the same. Beyond two thousand declarations nothing is told.

## Fix

Declare it where the importing component is built from, then update the lock file.

```text requirements.txt
fastapi==0.115.0
prometheus-client==0.20.0
```

## Gap

```text requirements.txt
fastapi==0.115.0
```

```python app.py
from fastapi import FastAPI
from prometheus_client import Counter  ← gap
app = FastAPI()
```

## No gap

```text requirements.txt
fastapi==0.115.0
prometheus-client==0.20.0
```

```python app.py
from fastapi import FastAPI
from prometheus_client import Counter

try:
    import uvloop
except ImportError:
    uvloop = None

app = FastAPI()
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.python_dependencies import Declared, PythonDependencies, Standing
from checks.derived.reachability import Reachability
from checks.derived.resolution.model import ThirdPartyImport
from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden
from checks.derived.wiring.python_locks import PythonLocks
from checks.facts.roles import Role
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_SHOWN = 5


@check(severity=Severity.HIGH, about=PythonDependencies, blocks=Stage.STAGING, effort=(0.1, 0.5))
def third_party_import_not_declared(snapshot: Snapshot) -> Iterator[Finding]:
    known, reach = snapshot.derived(PythonDependencies), snapshot.derived(Reachability)
    places: dict[tuple[str, str], list[ThirdPartyImport]] = defaultdict(list)
    for found in known.imports:
        if (
            role_in(snapshot, found.source) is Role.SHIPPED
            and not is_hidden(found.source)
            and _must_be_there(found)
        ):
            places[known.component(found.source) or "", found.name].append(found)
    for (_, name), imports in sorted(places.items()):
        standing, declared = known.standing(imports[0])
        if standing not in (Standing.DECLARED, Standing.UNKNOWN):
            at_start = any(reach.ships(found.source) and not found.statement.inside for found in imports)
            less = not at_start or snapshot.derived(PythonLocks).brings(imports[0])
            yield _gap(name, imports, standing, declared, less)


def _must_be_there(found: ThirdPartyImport) -> bool:
    statement = found.statement
    return not (statement.guarded or statement.type_only or statement.condition)


def _gap(
    name: str, imports: list[ThirdPartyImport], standing: Standing, by: Declared | None, less: bool
) -> Gap:
    first = imports[0]
    evidence = [
        Evidence(f"imports {found.name}", found.source, found.statement.line) for found in imports[:_SHOWN]
    ]
    nowhere = Evidence("looked in every manifest of its component and above: not there")
    evidence.append(Evidence(str(standing), by.manifest, by.requirement.line) if by else nowhere)
    message = f"`{name}` is imported and {standing}{f' ({by.manifest})' if by else ''}."
    return Gap(
        name, message, first.source, first.statement.line, tuple(evidence), Severity.MEDIUM if less else None
    )
