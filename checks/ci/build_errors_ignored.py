"""The build passes over type or lint errors.

`ignoreBuildErrors` makes Next.js build and deploy a program that the compiler has refused: what it found (a property
that doesn't exist, a value that may be undefined) is what fails in the browser afterwards.

## Fix

Take the option away, or, where the build is to stay fast, check in a step of its own that can fail:

```yaml
- run: npx tsc --noEmit
```

## Gap

```typescript next.config.ts
export default {
  typescript: {
    ignoreBuildErrors: true,  ← gap
  },
};
```

## No gap

```typescript next.config.ts
export default {
  typescript: {
    ignoreBuildErrors: true,
  },
};
```
```yaml .github/workflows/ci.yml
on: pull_request
jobs: {test: {runs-on: ubuntu-24.04, steps: [{run: npx tsc --noEmit}]}}
```
"""

from collections.abc import Iterator

from checks.derived.ci.ignored_build_errors import IgnoredBuildErrors
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Finding, Gap, Severity, Undecided
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=IgnoredBuildErrors, effort=(0.5, 16.0))
def build_errors_ignored(snapshot: Snapshot) -> Iterator[Finding]:
    ci = snapshot.derived(ContinuousIntegration)
    for found in snapshot.derived(IgnoredBuildErrors).all:
        if ci.opaque:
            what, path, line = ci.opaque[0]
            yield Undecided(
                f"{path}:{line} calls {what}, which can't be read; it may be {found.instead.name}", path
            )
            continue
        message = f"`{found.option}` builds over errors, and nothing in CI is {found.instead.name}."
        yield Gap(found.option, message, found.path, found.line, found.instead.looked_for(ci))
