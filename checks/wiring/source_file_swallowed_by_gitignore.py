"""Imported source that a .gitignore rule keeps out of the tree.

A broad rule (`lib/`, `build/`, `data/`, `models/`) also matches a source folder. The author's machine has the
file, every clone lacks it: the import fails in CI, in the image and for everyone else.

## Fix

Anchor the rule or make an exception, then add the file.

```gitignore
/lib/
!app/lib/
```

## Gap

```gitignore .gitignore
lib/
```

```python app/__init__.py
```

```python app/main.py
from app.lib import money  ← gap
```

## No gap

```gitignore .gitignore
/lib/
```

```python app/__init__.py
```

```python app/lib.py
def money():
    return 0
```

```python app/main.py
from app.lib import money
```
"""

from collections.abc import Iterator

from checks.derived.ignored import IgnoreRules
from checks.derived.import_graph import ImportGraph
from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden
from checks.facts.roles import Role
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.CRITICAL, about=IgnoreRules, blocks=Stage.STAGING, effort=(0.1, 0.5))
def source_file_swallowed_by_gitignore(snapshot: Snapshot) -> Iterator[Finding]:
    rules = snapshot.derived(IgnoreRules)
    for found in snapshot.derived(ImportGraph).missing:
        if role_in(snapshot, found.source) is not Role.SHIPPED or is_hidden(found.source):
            continue
        for path in found.expected:
            ignored = rules.ignored(path)
            name = path.rstrip("/").rpartition("/")[2]
            if ignored and name not in ignored.pattern.text:  # a rule that names the very file is meant so
                message = f"Imports `{found.missing}`, which `{ignored.pattern.text}` in {ignored.file} keeps out of the tree."
                evidence = (
                    Evidence("the rule", ignored.file, ignored.pattern.line),
                    Evidence(f"looked for {path}"),
                )
                yield Gap(found.missing, message, found.source, found.line, evidence)
                break
