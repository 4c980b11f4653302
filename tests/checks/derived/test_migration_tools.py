"""Migrations of a tool that nothing runs."""

from __future__ import annotations

import pytest

from checks.derived.wiring.migration_tools import MigrationTools
from checks.facts.migration_runs import MigrationRuns
from tests.checks.trees import snapshot

IMAGE = {"Dockerfile": 'FROM python:3.12-slim\nCMD ["python", "main.py"]\n'}
ALEMBIC = {
    "alembic/env.py": "x = 1\n",
    "alembic/versions/0001_a.py": "def upgrade(): pass\n",
    "alembic/versions/__init__.py": "",
}
DJANGO = {"shop/migrations/0001_initial.py": "x = 1\n", "manage.py": "main()\n"}
PRISMA = {"prisma/migrations/2024_a/migration.sql": "CREATE TABLE a (b INT);\n"}


@pytest.mark.parametrize(
    ("files", "unrun"),
    [
        ({**IMAGE, **ALEMBIC}, [("alembic", "alembic/versions")]),
        ({**IMAGE, **DJANGO}, [("django", "shop/migrations")]),
        ({**IMAGE, **PRISMA}, [("prisma", "prisma/migrations")]),
        ({"Procfile": "web: python main.py\n", **ALEMBIC}, [("alembic", "alembic/versions")]),
        ({**IMAGE, "db/migrations/versions/0001_a.py": "def up(): pass\n"}, []),  # another runner's
        (ALEMBIC, []),  # nothing says how it is deployed
        ({**IMAGE, "shop/migrations/0001_initial.py": "x = 1\n"}, []),  # no Django
        ({**IMAGE, **ALEMBIC, "start.sh": "alembic upgrade head\n"}, []),
        ({**IMAGE, **ALEMBIC, "README.md": "Run `alembic upgrade head`.\n"}, []),
        ({**IMAGE, **ALEMBIC, "shop/a.py": "from alembic import command\n"}, []),
        ({**IMAGE, **ALEMBIC, "shop/a.py": "run(['alembic', 'upgrade', 'head'])\n"}, []),
        ({**IMAGE, **ALEMBIC, "shop/a.py": "COMMAND = 'alembic upgrade head'\n"}, []),
        ({**IMAGE, **DJANGO, "shop/a.py": "call_command('migrate')\n"}, []),
        ({**IMAGE, **DJANGO, "shop/a.py": "MigrationExecutor(connection)\n"}, []),
        ({**IMAGE, **PRISMA, "package.json": '{"scripts": {"release": "prisma migrate deploy"}}'}, []),
    ],
)
def test_tools(files: dict[str, str], unrun: list[tuple[str, str]]) -> None:
    found = snapshot(files).derived(MigrationTools).unrun
    assert [(one.tool, one.folder) for one in found] == unrun


def test_data_is_not_read() -> None:
    assert MigrationRuns.extract("alembic upgrade head\n" * 20_000) == MigrationRuns()
