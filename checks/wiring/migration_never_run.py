"""Database migrations that nothing runs, or that two tools would run against each other.

The schema in production is not the one in the tree: the runner was written and nobody calls it, or two sets of
migrations create the same things, and whichever comes second fails.

## Fix

Run the migrations when the service is deployed, with one tool.

```python
await MigrationRunner(settings.database_url).run_all()
```

## Gap

```python shop/migrate.py
class MigrationRunner:  ← gap
    def run_all(self):
        for migration in self.load():
            migration.up()
```

```python shop/main.py
print("serving")
```

### one number, two tools

```sql db/migrations/001_create_orders.sql
CREATE TABLE orders (id INT);
```

```python db/migrations/001_create_tables.py
def up(connection):
    connection.execute("CREATE TABLE orders (id INT)")
```

## No gap

```python shop/migrate.py
class MigrationRunner:
    def run_all(self):
        for migration in self.load():
            migration.up()
```

```python shop/main.py
from shop.migrate import MigrationRunner

MigrationRunner().run_all()
```
"""

from collections.abc import Iterator

from checks.derived.migrations import Migrations
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH, about=Migrations, blocks=Stage.PRODUCTION, effort=(0.5, 4.0), proof=Proof.ABSENCE
)
def migration_never_run(snapshot: Snapshot) -> Iterator[Finding]:
    migrations = snapshot.derived(Migrations)
    for runner in migrations.idle:
        sought = (
            Evidence(
                f"looked for a use of {runner.name} in code that ships, and for a command that names the file: none"
            ),
        )
        message = f"`{runner.name}` would run the migrations, and nothing calls it."
        yield Gap(runner.name, message, runner.path, runner.line, sought)
    for conflict in migrations.conflicts:
        evidence = tuple(Evidence("stands in the folder", path) for path in conflict.files[:20])
        message = f"The folder holds migrations for more than one tool: there are two that are number {conflict.number}."
        yield Gap(conflict.folder.rpartition("/")[2], message, conflict.folder, None, evidence)
