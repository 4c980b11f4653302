"""The program asks for a crate at one version and gets a newer copy besides.

Two copies cost build time and size, keep state apart that the program thinks is one, and the old copy goes without the
fixes of the new one. Where the program itself asks for the older one, it can be mended here.

## Fix

Ask for the version that the other dependency needs, or update that dependency:

```sh
cargo tree --duplicates --invert crossterm
cargo update -p reedline
```

## Gap

```toml Cargo.toml
[package]
name = "app"
version = "0.1.0"
[dependencies]
crossterm = "0.27"
reedline = "0.38"
```
```toml Cargo.lock
version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["crossterm 0.27.0", "reedline"]
[[package]]
name = "crossterm"  ← gap
version = "0.27.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "crossterm"
version = "0.29.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "reedline"
version = "0.38.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["crossterm 0.29.0"]
```

## No gap

```toml Cargo.toml
[package]
name = "app"
version = "0.1.0"
[dependencies]
crossterm = "0.29"
```
```toml Cargo.lock
version = 4
[[package]]
name = "app"
version = "0.1.0"
dependencies = ["crossterm"]
[[package]]
name = "crossterm"
version = "0.29.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
```
"""

from collections.abc import Iterator

from checks.derived.duplicate_crates import DuplicateCrates
from checks.facts.cargo_lock import CargoLock
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=CargoLock, blocks=Stage.NONE, effort=(0.5, 4.0))
def duplicate_dependency_versions(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(DuplicateCrates).all:
        others = ", ".join(f"{c.version} ({', '.join(found.wanted_by(c)) or 'others'})" for c in found.others)
        yield Gap(
            subject=found.own.name,
            message=f"{found.own.name} is asked for at {found.own.version}, and also built at {others}.",
            path=found.path,
            line=found.own.line,
            evidence=(
                Evidence(f"asked for by {found.asked_by}", found.path, found.own.line),
                *(Evidence(f"also at {crate.version}", found.path, crate.line) for crate in found.others),
            ),
        )
