"""A dependency has a licence that the policy doesn't allow.

A licence binds whoever passes the program on. One that asks for the program's own source, or forbids commercial use, is found
out by a customer's lawyer or at a sale, when the dependency is everywhere.

## Fix

Take another package, or another version, whose licence is allowed. Where the licence was agreed to, add it to the policy in
`.github/gonogo.yml`, which asks for SPDX identifiers (the standard short names of licences: https://spdx.org/licenses):

```yaml
licenses:
  allowed: [MIT, Apache-2.0, BSD-*, ISC]
  denied: [AGPL-*]
```

Licences come from `package-lock.json`, and from GitHub's dependency review for what a pull request adds; without such a list
in the policy nothing is judged.

## Gap

```yaml .github/gonogo.yml
licenses: {allowed: [MIT, Apache-2.0]}
```
```json package-lock.json
{
  "lockfileVersion": 3,
  "packages": {
    "": {"dependencies": {"reports": "^2.0.0"}},
    "node_modules/reports": {"version": "2.1.0", "license": "AGPL-3.0-only"}  ← gap
  }
}
```

## No gap

### One of two that may be chosen

```yaml .github/gonogo.yml
licenses: {allowed: [MIT, Apache-2.0]}
```
```json package-lock.json
{
  "lockfileVersion": 3,
  "packages": {
    "": {"dependencies": {"reports": "^2.0.0"}},
    "node_modules/reports": {"version": "2.1.0", "license": "(MIT OR GPL-3.0-or-later)"}
  }
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from checks.derived.supply_chain.dependency_licenses import DependencyLicenses
from checks.model import Evidence, Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=DependencyLicenses, effort=(1.0, 8.0))
def license_not_allowed(snapshot: Snapshot) -> Iterator[Finding]:
    packages = snapshot.derived(DependencyLicenses).packages
    unknown = [package for package in packages if package.license is None]
    if unknown:
        yield Undecided(f"{len(unknown)} packages state no licence, as {unknown[0].name}", unknown[0].path)
    for package in packages:
        if package.problem:
            use = "used in development only" if package.is_development else "part of what is shipped"
            yield Gap(
                subject=package.name,
                message=f"`{package.name}`: {package.problem}.",
                path=package.path,
                line=package.line,
                evidence=(Evidence(use, package.path, package.line),),
                severity=Severity.MEDIUM if package.is_development else None,
            )
