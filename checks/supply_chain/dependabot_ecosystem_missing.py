"""Dependabot is set up, but not for every kind of dependency in the repository.

What isn't listed in `dependabot.yml` gets no update: base images, actions or packages stay at the version somebody once
wrote, with every weakness found since. Because Dependabot is there, nobody expects that.

## Fix

Add an entry for each ecosystem:

```yaml
updates:
  - package-ecosystem: docker
    directory: /
    schedule: {interval: weekly}
```

## Gap

```yaml .github/dependabot.yml
version: 2
updates:  ← gap
  - package-ecosystem: gomod
    directory: /
    schedule: {interval: weekly}
```
```dockerfile Dockerfile
FROM golang:1.24
```
```text go.mod
module example.org/x
```

## No gap

```yaml .github/dependabot.yml
version: 2
updates:
  - package-ecosystem: docker
    directories: ["/", "/docker"]
    schedule: {interval: weekly}
```
```dockerfile Dockerfile
FROM golang:1.24
```
"""

from collections.abc import Iterator

from checks.derived.update_ecosystems import RENOVATE, Ecosystems
from checks.facts.dependabot import Dependabot
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=Dependabot, blocks=Stage.NONE, effort=(0.1, 0.25))
def dependabot_ecosystem_missing(snapshot: Snapshot) -> Iterator[Finding]:
    if any(path in snapshot.paths for path in RENOVATE):
        return
    for path, dependabot in snapshot.files(Dependabot):
        for ecosystem in snapshot.derived(Ecosystems).found:
            if dependabot.ecosystems & set(ecosystem.names):
                continue
            files = (
                f"{ecosystem.count} files, first `{ecosystem.path}`"
                if ecosystem.count > 1
                else f"`{ecosystem.path}`"
            )
            listed = ", ".join(sorted(dependabot.ecosystems)) or "nothing"
            yield Gap(
                subject=ecosystem.name,
                message=f"Dependabot watches {listed}, not {ecosystem.name} ({files}).",
                path=path,
                line=dependabot.line,
                evidence=(
                    Evidence(f"needs {ecosystem.name}", ecosystem.path),
                    Evidence("no entry here", path, dependabot.line),
                ),
            )
