r"""A file that was not meant for the repository was committed.

Nobody can review a program or an archive, and a scanner of dependencies doesn't look inside: whatever is in it ships unseen. A
backup or the output of a mistyped command (`pip install x>=1.0` without quotes writes a file `=1.0`) misleads whoever searches
the code, and every clone carries it for ever.

## Fix

Take the file out, and keep its kind out; attach what people are to download to a release instead:

```bash
git rm --cached "src/parser.rs.bak"
printf '%s\n' '*.bak' '*.orig' '*.zip' >> .gitignore
```

## Gap

### A backup

```rust src/parser.rs
pub fn parse() {}
```
```text src/parser.rs.bak
pub fn parse_old() {}
```

### A mistyped redirect

```text =1.0
Collecting requests
```

## No gap

```rust src/parser.rs
pub fn parse() {}
```
```text tests/data/upload.zip
PK
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.stray_files import StrayFiles
from checks.model import Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=StrayFiles, blocks=Stage.NONE, effort=(0.1, 0.5))
def binary_in_tree(snapshot: Snapshot) -> Iterator[Finding]:
    for stray in snapshot.derived(StrayFiles).files:
        name = stray.path.rpartition("/")[2]
        yield Gap(name, f"`{name}` is {stray.what} ({stray.size:,} bytes).", stray.path)
