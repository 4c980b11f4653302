"""A script needs files that .gitignore keeps out of every clone.

It works on the machine on which they were once made. Everywhere else, in CI first of all, it stops at the copy, or goes
on with nothing.

## Fix

Take what is tracked, or make the folder before it is needed.

```bash
cp -r "$ROOT/e2e/templates/shop" "$SANDBOX/"
```

## Gap

```gitignore .gitignore
/e2e/work/
```

```text e2e/templates/shop/README
A shop that is broken on purpose.
```

```bash e2e/run.sh
#!/usr/bin/env bash
set -euo pipefail
cp -r "$ROOT/e2e/work/shop" "$SANDBOX/"  ← gap
```

## No gap

```gitignore .gitignore
/e2e/work/
```

```text e2e/templates/shop/README
A shop that is broken on purpose.
```

```bash e2e/run.sh
#!/usr/bin/env bash
set -euo pipefail
mkdir -p "$ROOT/e2e/work"
cp -r "$ROOT/e2e/templates/shop" "$ROOT/e2e/work/"
cp -r "$ROOT/e2e/work/shop" "$SANDBOX/"
```
"""

from collections import defaultdict
from collections.abc import Iterator

from checks.derived.wiring.ignored_sources import IgnoredSource, IgnoredSources
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=IgnoredSources, effort=(0.2, 1.0))
def script_depends_on_gitignored_path(snapshot: Snapshot) -> Iterator[Finding]:
    needs: dict[tuple[str, str], list[IgnoredSource]] = defaultdict(list)
    for need in snapshot.derived(IgnoredSources).needs:
        needs[need.script, need.rule.pattern.text].append(need)
    for (script, pattern), found in needs.items():
        rule = found[0].rule
        message = f"Needs `{found[0].path}`, which `{pattern}` in {rule.file} keeps out of every clone."
        places = tuple(Evidence(f"needs {need.path}", script, need.line) for need in found[:10])
        ignored = Evidence("the rule", rule.file, rule.pattern.line)
        original = Evidence("is tracked, and has that name", found[0].original)
        yield Gap(pattern, message, script, found[0].line, (*places, ignored, original))
