"""A file names a folder in a developer's home.

`/Users/anna/work/...` works on one machine. In a script or configuration it breaks for everybody else (or, as an
allowed path, opens a folder that isn't there); in a document it sends readers nowhere, and it tells the world an
account name. Names made up to be replaced (`/home/user`, `/Users/you`) and homes inside images are not counted.

## Fix

Take the path from the environment or make it relative to the repository: `$HOME/work`, `./data`.

## Gap

````markdown docs/setup.md
# Set up

Open `/Users/marta/projects/orders/main.py`.  ← gap
````

## No gap

````markdown docs/setup.md
# Set up

Open `/home/user/projects/orders/main.py`, or `~/orders/main.py`.
````
"""

from collections.abc import Iterator

from checks.derived.claims.home_paths import HomePaths
from checks.model import Finding, Gap, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.LOW, about=HomePaths, blocks=Stage.NONE, effort=(0.1, 0.5))
def hardcoded_developer_path(snapshot: Snapshot) -> Iterator[Finding]:
    for home in snapshot.derived(HomePaths).first_of_each_file():
        message = f"This names `{home.text}`, a folder in a developer's home."
        yield Gap(
            home.root, message, home.path, home.line, severity=None if home.in_document else Severity.MEDIUM
        )
