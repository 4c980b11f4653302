"""A make target enters a folder that isn't there.

The folder was moved or deleted, and the Makefile goes on naming it. The target fails with "No such file or directory" for
whoever runs it next: a new colleague, the person on call, or a pipeline that nobody has started since.

## Fix

Name the folder where it is now, or delete the target together with what it was for:

```makefile
test-github: ; cd gateway/github && pytest
```

## Gap

```makefile Makefile
test-github: ; cd github-service && pytest  ← gap
test-gateway: ; cd gateway && pytest
```
```python gateway/main.py
print("ready")
```
```python gateway/github/main.py
print("ready")
```

## No gap

```makefile Makefile
test-gateway: ; cd gateway && pytest
fetch: ; git clone https://git.example.com/shop/data.git
load: fetch ; cd data && ./load.sh
clean: ; -cd old && rm -rf cache
```
```python gateway/main.py
print("ready")
```
"""

from collections.abc import Iterator

from checks.derived.claims.entered_folders import EnteredFolders
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=EnteredFolders, blocks=Stage.NONE, effort=(0.1, 1.0))
def make_target_enters_missing_folder(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(EnteredFolders).missing:
        names = ", ".join(f"`make {name}`" for name, _ in found.targets[:4])
        more = f" and {len(found.targets) - 4} more" if len(found.targets) > 4 else ""
        line = found.targets[0][1]
        evidence = [
            Evidence(f"`make {name}` enters it", found.makefile, at) for name, at in found.targets[:10]
        ]
        evidence.append(Evidence(f"looked for {found.looked_for}"))
        message = f"{names}{more}: the folder `{found.folder}` isn't in the tree."
        yield Gap(found.folder, message, found.makefile, line, tuple(evidence))
