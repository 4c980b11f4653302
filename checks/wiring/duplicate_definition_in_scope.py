"""Two definitions of one name in the same place, of which the first is lost.

The language says nothing. What the first did is no longer done by anything: a test that never runs, a handler that was
overwritten when somebody merged, a default that another key of the same object takes back.

## Fix

Give one of them another name, or delete the one that is not meant.

```python tests/test_cart.py
def test_total_of_one():
    assert total([1]) == 1


def test_total_of_two():
    assert total([1, 2]) == 3
```

## Gap

```python tests/test_cart.py
def test_total():  ← gap
    assert total([1]) == 1


def test_total():
    assert total([1, 2]) == 3
```

### a key of an object

```javascript src/limits.js
export const limits = {
  requests: 100,  ← gap
  burst: 10,
  requests: 1000,
};
```

## No gap

```python app/shapes.py
from typing import overload


class Shape:
    @property
    def width(self):
        return self._width

    @width.setter
    def width(self, value):
        self._width = value


@overload
def area(shape: Shape) -> int: ...
@overload
def area(shape: None) -> None: ...
def area(shape):
    return shape and shape.width


if FAST:
    def scale(shape):
        return fast(shape)
else:
    def scale(shape):
        return slow(shape)
```
"""

from collections.abc import Iterator

from checks.derived.wiring.redefined import Redefined
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=Redefined, effort=(0.1, 0.5))
def duplicate_definition_in_scope(snapshot: Snapshot) -> Iterator[Finding]:
    for path, found in snapshot.derived(Redefined).by_file.items():
        for name, lost in found.items():
            message = f"`{name}` is defined again at line {lost[-1].again}; this one is lost."
            again = tuple(Evidence(f"defines `{name}` again", path, one.again) for one in lost[:5])
            yield Gap(name, message, path, lost[0].line, again)
