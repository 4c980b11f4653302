"""A licence is named, but its text isn't in the repository.

A line in a manifest names a licence; what may be done is said by the licence's text, and most licences demand that the
text goes with every copy. Companies' tools refuse packages without it, and a release step that copies it fails.

## Fix

Put the full text of the licence that the manifest names at the root as `LICENSE`. GitHub offers the texts to choose from when a
file of that name is added; on the command line:

```sh
gh api licenses/apache-2.0 --jq .body > LICENSE
```

## Gap

```toml Cargo.toml
[package]
name = "x"
version = "1.0.0"
license = "MIT"
```

## No gap

```toml Cargo.toml
[package]
name = "x"
version = "1.0.0"
license = "MIT"
```
```text LICENSE
MIT License
```
"""

from collections.abc import Iterator

from checks.derived.supply_chain.licenses import StatedLicenses
from checks.model import Evidence, Finding, Gap, Met, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=StatedLicenses, blocks=Stage.NONE, effort=(0.1, 0.25))
def license_file_missing(snapshot: Snapshot) -> Iterator[Finding]:
    stated = snapshot.derived(StatedLicenses)
    if stated.file is not None:
        yield Met("LICENSE", (Evidence("is the licence's text", stated.file),))
    else:
        names = "; ".join(f"`{path}` says {name}" for path, name, _ in stated.statements[:3])
        says = (Evidence(f"says {name}", path, line) for path, name, line in stated.statements[:5])
        looked = Evidence(
            "looked for LICENSE*, LICENCE*, COPYING*, UNLICENSE* and LICENSES/ at the root and beside what says it"
        )
        yield Gap("LICENSE", f"{names}; the licence's text isn't in the tree.", evidence=(*says, looked))
