"""Nothing tells contributors how to build, test and send a change.

They guess, and send what can't be merged; the same questions are answered again and again. And who takes over the project
one day has nothing that says how a change gets from an idea to a release.

## Fix

A page of a few lines is enough:

````markdown CONTRIBUTING.md
# Contributing

`make setup` installs everything, `make test` runs what CI runs. Open an issue before a large change.
````

An organisation's `.github` repository may hold one for all its repositories, which a single tree doesn't show.

## Gap

```text LICENSE
MIT License
```
```python app.py
print("hello")
```
```markdown README.md
# App

Prints a word.
```

## No gap

### A file

```text LICENSE
MIT License
```
```python app.py
print("hello")
```
```markdown CONTRIBUTING.md
# Contributing
```

### A section

```text LICENSE
MIT License
```
```python app.py
print("hello")
```
```markdown README.md
# App

## Development

Run `make test`.
```
"""

from collections.abc import Iterator

from checks.derived.community import guidance
from checks.derived.supply_chain.licenses import PublicProject
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=PublicProject, blocks=Stage.NONE, effort=(0.5, 2.0))
def contributing_missing(snapshot: Snapshot) -> Iterator[Finding]:
    if guidance(snapshot) is None:
        why = snapshot.derived(PublicProject).why
        looked = "looked for CONTRIBUTING, DEVELOPMENT and HACKING at the root, in .github/ and docs/, and for a section of the README"
        yield Gap(
            "CONTRIBUTING.md",
            f"The project is public ({why}), and nothing says how to contribute.",
            evidence=(Evidence(looked),),
        )
