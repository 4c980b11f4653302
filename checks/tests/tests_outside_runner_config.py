"""Tests that the runner's configuration leaves out, so that nothing ever runs them.

They look like protection and are none: what they test can break, and they themselves rot, while every run is green.

## Fix

Add their folder to what the configuration looks at, or name it in a run of its own.

```toml pyproject.toml
[tool.pytest.ini_options]
testpaths = ["tests", "plugins/tests"]
```

## Gap

```toml pyproject.toml
[tool.pytest.ini_options]
testpaths = ["tests"]
```

```python tests/test_orders.py
def test_total():
    assert total([1, 2]) == 3
```

```python plugins/tests/test_mail.py
def test_mail_is_sent():
    assert send("a@example.com")
```

### a Rust file that no test target declares

```toml Cargo.toml
[package]
name = "shop"
```

```rust tests/orders/total.rs
#[test]
fn adds_up() {
    assert_eq!(shop::total(&[1, 2]), 3);
}
```

### Vitest
```typescript vitest.config.ts
export default defineConfig({ test: { include: ["src/**/*.test.ts"] } });
```

```typescript server/orders.test.ts
test("adds up", () => expect(total([1, 2])).toBe(3));
```

## No gap

```toml pyproject.toml
[tool.pytest.ini_options]
testpaths = ["tests"]
```

```python tests/test_orders.py
def test_total():
    assert total([1, 2]) == 3
```

```python integration/test_mail.py
def test_mail_is_sent():
    assert send("a@example.com")
```

```yaml .github/workflows/ci.yml
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest && pytest integration
```
"""

from collections.abc import Iterator

from checks.derived.tests.uncollected_tests import UncollectedTests
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=UncollectedTests, blocks=Stage.PRODUCTION, effort=(0.5, 3.0))
def tests_outside_runner_config(snapshot: Snapshot) -> Iterator[Finding]:
    for group in snapshot.derived(UncollectedTests).groups:
        count = (
            "1 file of tests stands" if len(group.files) == 1 else f"{len(group.files)} files of tests stand"
        )
        message = f"{count} here and {'is' if len(group.files) == 1 else 'are'} never run: {group.says}."
        files = tuple(Evidence("holds tests", path) for path in group.files[:10])
        said = Evidence(f"`{group.says}`", group.configuration, group.line)
        looked = Evidence("looked for a command of CI, a Makefile, a task file or a script that names them")
        name = group.folder.rpartition("/")[2] or group.files[0]
        yield Gap(name, message, group.folder or group.files[0], None, (said, *files, looked))
