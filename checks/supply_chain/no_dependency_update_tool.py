"""Nothing keeps the dependencies up to date.

Versions stay at what somebody once wrote. Weaknesses that were mended long ago stay in, and when an update has to be done
in a hurry it spans years of changes at once.

## Fix

Dependabot is a part of GitHub: this file is all it needs, and it opens a pull request for each update.

```yaml .github/dependabot.yml
version: 2
updates:
  - {package-ecosystem: pip, directory: /, schedule: {interval: weekly}}
  - {package-ecosystem: github-actions, directory: /, schedule: {interval: weekly}}
```

## Gap

```text requirements.txt
aiohttp==3.9.0
```
```python app.py
import aiohttp
```

## No gap

```text requirements.txt
aiohttp==3.9.0
```
```python app.py
import aiohttp
```
```json renovate.json
{"extends": ["config:recommended"]}
```
"""

import re
from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.security_scans import is_service
from checks.derived.update_ecosystems import RENOVATE, Ecosystems
from checks.facts.dependabot import Dependabot
from checks.facts.package_json import PackageJson
from checks.model import Evidence, Finding, Gap, Met, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_OTHERS = re.compile(
    r"renovate|pyup|updatecli|up-to-date|dependabot|cargo update|npm-check-updates|(?:^|\W)ncu(?:\W|$)|uv lock --upgrade|pip-compile.*--upgrade|create-pull-request"
)
_FILES = frozenset({".pyup.yml", "updatecli.yaml", "updatecli.d", ".scala-steward.conf", ".snyk"})


@check(severity=Severity.MEDIUM, about=Ecosystems, blocks=Stage.NONE, effort=(0.25, 1.0))
def no_dependency_update_tool(snapshot: Snapshot) -> Iterator[Finding]:
    files = (*(path for path, _ in snapshot.files(Dependabot)), *RENOVATE, *_FILES)
    packages = (path for path, package in snapshot.files(PackageJson) if "renovate" in package.keys)
    if file := next((path for path in (*files, *packages) if path in snapshot.paths), None):
        yield Met("dependency updates", (Evidence("proposes them now", file),))
        return
    if snapshot.derived(ContinuousIntegration).mentions(_OTHERS):
        return
    found = snapshot.derived(Ecosystems).found
    names = ", ".join(ecosystem.name for ecosystem in found)
    manifests = (Evidence(f"dependencies of {ecosystem.name}", ecosystem.path) for ecosystem in found)
    looked = Evidence("looked for dependabot.yml, Renovate's configuration and update jobs in CI")
    yield Gap(
        "dependency updates",
        f"Nothing proposes updates of the dependencies ({names}).",
        evidence=(looked, *manifests),
        severity=None if is_service(snapshot) else Severity.LOW,
    )
