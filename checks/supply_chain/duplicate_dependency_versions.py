"""The program asks for a package at one version and gets a newer copy besides.

Two copies cost build time and size, keep state apart that the program thinks is one, and the old copy goes without the
fixes of the new one. Where the program itself asks for the older one, it can be mended here.

## Fix

Ask for the version that the other dependency needs, or update that dependency:

```sh
cargo tree --duplicates --invert crossterm
cargo update -p reedline
```

`npm explain PACKAGE` and `go mod why -m MODULE` tell who needs which version. Of npm and Go only another major version counts.

## Gap

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

### Two majors of a Go module

```go go.mod
module example.com/shop

require github.com/cenkalti/backoff/v4 v4.3.0  ← gap
require github.com/cenkalti/backoff/v5 v5.0.2 // indirect
```

## No gap

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

from checks.derived.supply_chain.duplicate_crates import DuplicateCrates
from checks.derived.supply_chain.duplicate_packages import DuplicatePackages
from checks.facts.cargo_lock import CargoLock
from checks.facts.go_module import GoModule
from checks.facts.node_lock import NodeLock
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=(CargoLock, NodeLock, GoModule), blocks=Stage.NONE, effort=(0.5, 4.0))
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
    for package in snapshot.derived(DuplicatePackages).all:
        newer = ", ".join(version for version, _ in package.others)
        message = f"{package.name} is asked for at {package.version}, and also built at {newer}."
        also = tuple(Evidence(f"also at {version}", package.path, line) for version, line in package.others)
        yield Gap(package.name, message, package.path, package.line, also)
