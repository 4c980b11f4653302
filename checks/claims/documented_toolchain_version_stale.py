"""A document asks for an older toolchain than the code needs.

The manifest says which version the code needs, and a guide names a lower one. Whoever installs that version gets
compiler errors that don't say why, and images built from the guide fail late.

## Fix

Name the manifest's version in the document, or point to the manifest instead of naming one.

## Gap

````markdown CONTRIBUTING.md
# Contributing

## Prerequisites

- Go 1.21 or later  ← gap
````
```go go.mod
module example.org/shop

go 1.24
```

## No gap

````markdown CONTRIBUTING.md
# Contributing

## Prerequisites

- Go 1.24 or later
````
```go go.mod
module example.org/shop

go 1.24
```
"""

from collections.abc import Iterator

from checks.derived.claims.toolchains import Toolchains
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Toolchains, blocks=Stage.NONE, effort=(0.1, 0.25))
def documented_toolchain_version_stale(snapshot: Snapshot) -> Iterator[Finding]:
    for claim in snapshot.derived(Toolchains).stale:
        message = (
            f"The document asks for {claim.language} {claim.version}; {claim.manifest} needs {claim.needed}."
        )
        evidence = (Evidence(f"needs {claim.needed}", claim.manifest, claim.manifest_line),)
        yield Gap(f"{claim.language} version", message, claim.path, claim.line, evidence)
