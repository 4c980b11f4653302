"""A document names a path that the repository ignores.

The author's machine has the file, a clone does not: a `.gitignore` rule keeps it out of the tree, so what the
document says can't be followed by anybody else, and CI has never seen it.

## Fix

Commit the file and narrow the ignore rule (`!docs/architecture.png`), or say in the document how it is made.

## Gap

````markdown README.md
# Service

The queries are in `sql/local/report.sql`.  ← gap
````
```sql sql/schema.sql
create table tasks (id int);
```
```gitignore .gitignore
local/
```

## No gap

````markdown README.md
# Service

The tables are in `sql/schema.sql`.
````
```sql sql/schema.sql
create table tasks (id int);
```
```gitignore .gitignore
local/
```
"""

from collections.abc import Iterator

from checks.derived.claims.claims import Claims
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Claims, blocks=Stage.NONE, effort=(0.1, 1.0))
def documented_path_gitignored(snapshot: Snapshot) -> Iterator[Finding]:
    for unmet in snapshot.derived(Claims).unmet:
        if unmet.ignored is not None:
            claim, rule = unmet.first, unmet.ignored
            message = (
                f"The document names `{claim.path.path}`, which `{rule.pattern.text}` in {rule.file} ignores."
            )
            evidence = (*unmet.evidence, Evidence("the rule", rule.file, rule.pattern.line))
            yield Gap(claim.path.path, message, claim.document.path, claim.line, evidence)
