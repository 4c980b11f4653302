"""A configuration file that documents tell people to edit, and that nothing loads.

Somebody sets a limit there, starts the program, and believes that the limit holds. Nothing says that it was never read.

## Fix

Load the file where the program starts, or remove it and what the documents say of it.

```python load_test.py
import tomllib
from pathlib import Path

USERS = tomllib.loads(Path("load_test_config.toml").read_text())["users"]["count"]
```

## Gap

```markdown README.md
# Load test

Edit `load_test_config.toml` to set the number of users.
```

```toml load_test_config.toml
[users]
count = 100
```

```python load_test.py
USERS = 10
```

## No gap

```markdown README.md
# Load test

Edit `load_test_config.toml` to set the number of users.
```

```toml load_test_config.toml
[users]
count = 100
```

```python load_test.py
import tomllib

with open("load_test_config.toml", "rb") as file:
    USERS = tomllib.load(file)["users"]["count"]
```
"""

from collections.abc import Iterator

from checks.derived.wiring.unloaded_configurations import UnloadedConfigurations
from checks.model import Evidence, Finding, Gap, Proof, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.MEDIUM, about=UnloadedConfigurations, effort=(0.5, 3.0), proof=Proof.ABSENCE)
def config_file_never_loaded(snapshot: Snapshot) -> Iterator[Finding]:
    for found in snapshot.derived(UnloadedConfigurations).files:
        name = found.path.rpartition("/")[2]
        evidence = (
            Evidence("tells people to edit it", found.document, found.line),
            Evidence(
                f"looked for {name}, its stem, its folder and patterns of it in code, scripts, manifests and commands: not there"
            ),
        )
        message = "Is said to be the place of settings, and nothing in the tree loads it."
        yield Gap(name, message, found.path, None, evidence)
