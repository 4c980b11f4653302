"""Much documentation is shipped, and nothing checks its spelling.

A misspelt option or command in a guide is copied and doesn't work; and a page full of slips makes people doubt the rest.

## Fix

`typos` is a spelling checker for code and documents; it knows the usual slips only, so it hardly ever complains without reason:

```yaml
- uses: crate-ci/typos@bee27e3a4fd1ea2111cf90ab89cd076c870fce14 # v1.48.0
```

Words that are right all the same go into `_typos.toml` (`[default.extend-words]`).

## Gap

```yaml .github/workflows/ci.yml
on: pull_request
jobs: {docs: {runs-on: ubuntu-24.04, steps: [{run: mkdocs build}]}}
```
````markdown docs/one.md
# One
````
````markdown docs/two.md
# Two
````
````markdown docs/three.md
# Three
````
````markdown docs/four.md
# Four
````
````markdown docs/five.md
# Five
````

## No gap

```yaml .github/workflows/ci.yml
on: pull_request
jobs: {docs: {runs-on: ubuntu-24.04, steps: [{run: codespell docs}]}}
```
````markdown docs/one.md
# One
````
````markdown docs/two.md
# Two
````
````markdown docs/three.md
# Three
````
````markdown docs/four.md
# Four
````
````markdown docs/five.md
# Five
````
"""

from collections.abc import Iterator

from checks.derived.ci.spelling import SPELLING, ShippedDocuments
from checks.derived.ci_commands import ContinuousIntegration
from checks.model import Evidence, Finding, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


# A preference of some: it stays on trial.
@check(
    severity=Severity.LOW,
    about=ShippedDocuments,
    blocks=Stage.NONE,
    effort=(0.25, 2.0),
    proof=Proof.ABSENCE,
    on_trial=True,
)
def no_spell_check(snapshot: Snapshot) -> Iterator[Finding]:
    documents = snapshot.derived(ShippedDocuments)
    if documents.is_checked:
        return
    because = (Evidence(f"{len(documents.paths)} documents", documents.paths[0]),)
    message = f"Nothing checks the spelling of {len(documents.paths)} documents."
    yield from SPELLING.missing(snapshot.derived(ContinuousIntegration), "spelling", message, because=because)
