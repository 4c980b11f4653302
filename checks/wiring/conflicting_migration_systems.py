"""One folder holds the migrations of two tools.

Both create the same things under the same number: whichever runs second fails or, worse, succeeds half-way. Which schema
production has depends on who set it up, and the next migration is written for one of two.

## Fix

Keep one tool. Write what the other one's files do, and the first one's don't, as its next migration, mark it as applied
where it is, and delete the other files:

```sh
alembic revision -m "what the SQL files created"
alembic stamp head
git rm db/migrations/*.sql
```

## Gap

```sql db/migrations/001_create_orders.sql
CREATE TABLE orders (id INT);
```
```python db/migrations/001_create_tables.py
def up(connection):
    connection.execute("CREATE TABLE orders (id INT)")
```

## No gap

```sql db/migrations/001_create_orders.up.sql
CREATE TABLE orders (id INT);
```
```sql db/migrations/001_create_orders.down.sql
DROP TABLE orders;
```
```python db/migrations/002_fill_orders.py
def up(connection):
    connection.execute("INSERT INTO orders VALUES (1)")
```
"""

from collections.abc import Iterator

from checks.derived.wiring.migrations import Migrations
from checks.model import Evidence, Finding, Gap, Severity
from checks.registry import check
from checks.snapshot import Snapshot


@check(severity=Severity.HIGH, about=Migrations, effort=(1.0, 8.0))
def conflicting_migration_systems(snapshot: Snapshot) -> Iterator[Finding]:
    for conflict in snapshot.derived(Migrations).conflicts:
        evidence = tuple(Evidence("stands in the folder", path) for path in conflict.files[:20])
        message = f"The folder holds migrations for more than one tool: there are two that are number {conflict.number}."
        yield Gap(conflict.folder.rpartition("/")[2], message, conflict.folder, None, evidence)
