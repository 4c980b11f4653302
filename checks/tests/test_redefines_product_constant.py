"""A test writes out a constant of the product instead of importing it.

The test goes on passing when the product's list is shortened, widened or emptied by mistake: it only ever tests its own
copy.

## Fix

Import it.

```python tests/test_commands.py
from shop.commands import ALLOWED_COMMANDS
```

## Gap

```python shop/commands.py
ALLOWED_COMMANDS = ["npm start", "npm run dev", "python app.py", "flask run"]
```

```python tests/test_commands.py
ALLOWED_COMMANDS = [  ← gap
    "npm start",
    "npm run dev",
    "python app.py",
    "flask run",
]


def test_shell_is_not_allowed():
    assert "sh" not in ALLOWED_COMMANDS
```

## No gap

```python shop/commands.py
ALLOWED_COMMANDS = ["npm start", "npm run dev", "python app.py", "flask run"]
```

```python tests/test_commands.py
from shop.commands import ALLOWED_COMMANDS

EXPECTED_COMMANDS = ["npm start", "npm run dev", "python app.py", "flask run"]


def test_commands():
    assert ALLOWED_COMMANDS == EXPECTED_COMMANDS
```
"""

from collections.abc import Iterator

from checks.derived.tests.copied_constants import CopiedConstants
from checks.model import Evidence, Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=CopiedConstants, blocks=Stage.NONE, effort=(0.1, 0.5))
def test_redefines_product_constant(snapshot: Snapshot) -> Iterator[Finding]:
    for copy in snapshot.derived(CopiedConstants).copies:
        message = f"Writes out `{copy.name}` again, which stands in {copy.product}: the test can't see that one change."
        original = Evidence("the product's own", copy.product, copy.product_line)
        yield Gap(copy.name, message, copy.test, copy.line, (original,))
