"""Database migrations that nothing runs.

The schema in production is not the one in the tree: the runner was written and nobody calls it.

## Fix

Run the migrations when the service is deployed, before it takes requests.

```python shop/main.py
from shop.migrate import MigrationRunner

MigrationRunner().run_all()
print("serving")
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

### migrations of a tool

```dockerfile Dockerfile
FROM python:3.12-slim
COPY . .
CMD ["python", "shop/main.py"]
```

```python alembic/env.py
run_migrations()
```

```python alembic/versions/0001_orders.py
def upgrade():
    op.create_table("orders")
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

from checks.derived.wiring.migration_tools import MigrationTools
from checks.derived.wiring.migrations import Migrations
from checks.model import Evidence, Finding, Gap, Proof, Severity, Stage
from checks.registry import check
from checks.snapshot import Snapshot


@check(
    severity=Severity.HIGH,
    about=(Migrations, MigrationTools),
    blocks=Stage.PRODUCTION,
    effort=(0.5, 4.0),
    proof=Proof.ABSENCE,
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
    for unrun in snapshot.derived(MigrationTools).unrun:
        said = f"looked for `{unrun.command}` or the like in CI, images, scripts, manifests, documents and code: none"
        message = f"Holds {unrun.count} migrations of {unrun.tool.capitalize()}, and nothing runs them."
        yield Gap(unrun.tool, message, unrun.folder, None, (Evidence(said),))
