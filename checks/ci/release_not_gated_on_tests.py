"""A release is published without any test in its way.

The workflow that publishes starts by itself, on a tag or by hand, and neither the job that publishes nor any job it waits
for runs a test. A tag on a broken commit goes straight to the users.

## Fix

Let the publishing job wait for the tests:

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
permissions: {contents: read}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: cargo test --locked
  publish:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: cargo publish
        env: {CARGO_REGISTRY_TOKEN: "${{ secrets.CARGO_REGISTRY_TOKEN }}"}
```

Best of all `test` calls the workflow that runs on changes, `uses: ./.github/workflows/ci.yml`, which then also starts `on: workflow_call`.

## Gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps: [{run: cargo build --release}]
  publish:
    needs: build
    runs-on: ubuntu-24.04
    steps:
      - run: cargo publish  ← gap
```

## No gap

```yaml .github/workflows/release.yml
on: {push: {tags: ["v*"]}}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps: [{run: cargo test}]
  publish:
    needs: test
    runs-on: ubuntu-24.04
    steps:
      - run: cargo publish
```
"""

from collections.abc import Iterator

from checks.derived.ci.release_gates import ReleaseGates
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=ReleaseGates, effort=(0.5, 2.0))
def release_not_gated_on_tests(snapshot: Snapshot) -> Iterator[Finding]:
    for gate in snapshot.derived(ReleaseGates).open:
        first = gate.publications[0]
        waits = f"waits only for {', '.join(gate.waits_for)}" if gate.waits_for else "waits for no other job"
        places = (
            Evidence(f"publishes {p.kind.value}: {p.how}", p.path, p.line) for p in gate.publications[:5]
        )
        yield Gap(
            subject=f"{gate.job}",
            message=f"The job {gate.job} publishes {first.kind.value} and {waits}; none of them runs a test.",
            path=first.path,
            line=first.line,
            evidence=(*places, Evidence(f"starts on {', '.join(gate.starts_on)}", first.origin.path)),
            severity=None if gate.is_certain else Severity.MEDIUM,
        )
