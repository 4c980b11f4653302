"""Nothing checks a change: there is no CI.

Every test, linter and scanner then depends on somebody remembering to run it. Broken code reaches the default branch,
and a release is whatever was on the machine that built it.

## Fix

Start with one workflow that runs what developers run:

```yaml .github/workflows/ci.yml
on:
  push: {branches: [main]}
  pull_request:
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: make test   # or pytest, npm test, go test ./..., cargo test
```

## Gap

### No pipeline of any provider

```python app.py
print("hello")
```

### GitHub doesn't look below a folder

```python app/main.py
print("hello")
```
```yaml app/.github/workflows/ci.yml
on: push
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: pytest}]}}
```

## No gap

```python app.py
print("hello")
```
```yaml .gitlab-ci.yml
test: {script: [pytest]}
```
"""

import re
from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.facts.workflow import Workflow
from checks.model import Evidence, Finding, Gap, Met, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot

_ELSEWHERE = re.compile(
    r"^(?:\.teamcity/|\.buildkite|\.semaphore/|wercker\.yml|codefresh\.yml|\.builds/|\.build\.yml|\.zuul|zuul\.d/|\.prow|prow/|\.gocd|screwdriver\.yaml|dagger\.json|\.harness/|bamboo-specs/|\.ci/|ci/pipeline|\.evergreen\.ya?ml|\.hydra)"
)
_BELOW = re.compile(r"^.+/\.github/workflows/[^/]+\.ya?ml$")


@check(severity=Severity.CRITICAL, about=Source, effort=(1.0, 8.0), proof=Proof.ABSENCE)
def no_ci(snapshot: Snapshot) -> Iterator[Finding]:
    shipped = next((path for path, _ in snapshot.files(Source) if snapshot.role(path) is Role.SHIPPED), None)
    workflows = next(snapshot.files(Workflow), None)
    elsewhere = any(_ELSEWHERE.match(path) for path in snapshot.paths)
    pipelines = snapshot.derived(ContinuousIntegration).configurations
    if pipelines:
        yield Met("CI", tuple(Evidence("is a pipeline", path) for path in pipelines[:3]))
    if pipelines or workflows or elsewhere or shipped is None:
        return
    below = sorted(path for path in snapshot.paths if _BELOW.match(path))
    note = "looked for workflows of GitHub at the root, GitLab, CircleCI, Azure, Jenkins, Travis, Bitbucket, Drone, Buildkite and others"
    found = (Evidence(f"GitHub reads workflows only at the root, not {path}") for path in below[:3])
    yield Gap("CI", "No pipeline of any provider is in the tree.", evidence=(Evidence(note), *found))
