"""CI releases versions, and the changelog depends on somebody remembering it.

The release goes out by itself and the list of changes doesn't: sooner or later a version has no entry, and those who upgrade
learn from an outage what has changed.

## Fix

Let a tool write the entries from the commits or from small files (release-please, git-cliff, towncrier, changesets), or let
the release take its text from the file, so that it fails when there is none:

```yaml
- run: grep -q "^## ${GITHUB_REF_NAME#v}" CHANGELOG.md
- uses: softprops/action-gh-release@b4309332981a82ec1c5618f44dd2e27cc8bfbfda # v3.0.0
  with: {body_path: CHANGELOG.md}
```

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
```
```markdown CHANGELOG.md
# Changelog  ← gap
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - run: git cliff --latest > notes.md
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*", body_path: notes.md}}
```
```markdown CHANGELOG.md
# Changelog
```
"""

import re
from collections.abc import Iterator

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.community import Releases
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot

_TAKEN_CARE_OF = re.compile(
    r"change-?log|release[-_ ]?notes|generate-notes|--notes|cliff|release-drafter|release-please|semantic-release|standard-version|towncrier|changie|changeset|"
    r"release-plz|cargo release|goreleaser|auto-changelog|cocogitto|\bcog\b",
    re.IGNORECASE,
)
_NOTE_INPUTS = frozenset({"body", "body_path", "bodyfile", "generate_release_notes", "generatereleasenotes"})


# Many prefer to write it themselves, and do: it stays on trial.
@check(severity=Severity.LOW, about=Releases, blocks=Stage.NONE, effort=(0.5, 3.0), on_trial=True)
def changelog_not_automated(snapshot: Snapshot) -> Iterator[Finding]:
    releases, ci = snapshot.derived(Releases), snapshot.derived(ContinuousIntegration)
    inputs = {name.lower() for action in ci.actions for name, _ in action.step.inputs}
    if releases.notes not in snapshot.paths or inputs & _NOTE_INPUTS or ci.mentions(_TAKEN_CARE_OF):
        return
    first = releases.all[0]
    evidence = (
        Evidence(f"releases: {first.how}", first.path, first.line),
        Evidence("looked for what writes, reads or takes the changelog among the commands and actions of CI"),
    )
    message = f"CI releases versions, and nothing of it looks at `{releases.notes}`."
    yield Gap("changelog", message, releases.notes, 1, evidence)
