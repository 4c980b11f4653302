"""Runners and numbered migrations."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

RUNNER = "class MigrationRunner:\n    def run_all(self):\n        return self.load()\n"
IMAGE = 'FROM python:3.12\nCOPY . .\nCMD ["python", "-m", "shop.migrate"]\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"shop/migrate.py": RUNNER}, ["MigrationRunner"]),
        ({"shop/migrate.py": RUNNER, "tests/test_a.py": "from shop.migrate import MigrationRunner\nMigrationRunner()\n"}, ["MigrationRunner"]),
        ({"shop/migrate.py": RUNNER, "shop/main.py": "from shop.migrate import MigrationRunner\nMigrationRunner()\n"}, Outcome.PASSED),
        ({"shop/migrate.py": RUNNER + "\n\nif __name__ == '__main__':\n    print(1)\n"}, Outcome.PASSED),
        ({"shop/migrate.py": RUNNER, "Dockerfile": IMAGE}, Outcome.PASSED),
        ({"shop/migrate.py": RUNNER, "Makefile": "up:\n\tpython shop/migrate.py\n"}, Outcome.PASSED),
        ({"shop/migrate.py": RUNNER, "run.sh": "python other/thing.py\n"}, ["MigrationRunner"]),
        ({"tests/test_a.py": RUNNER}, Outcome.NOT_APPLICABLE),
        ({"pyproject.toml": "[project]\nname = 'shop'\nversion = '1'\n[build-system]\nbuild-backend = 'hatchling.build'\n", "shop/__init__.py": "", "shop/migrate.py": RUNNER}, Outcome.PASSED),
    ],
)  # fmt: skip
def test_migrations(files: Files, expected: list[str] | Outcome) -> None:
    assert said("migration-never-run", files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"db/migrations/001_a.sql": "", "db/migrations/001_b.py": ""}, ["migrations"]),
        # a script that loads the SQL of its own name, and one tool with two branches
        ({"db/migrations/001_a.sql": "", "db/migrations/001_a.js": ""}, Outcome.PASSED),
        ({"db/migrations/001_a.sql": "", "db/migrations/001_b.sql": ""}, Outcome.PASSED),
        ({"tests/migrations/001_a.sql": "", "tests/migrations/001_b.py": ""}, Outcome.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_numbers_of_two_tools(files: Files, expected: list[str] | Outcome) -> None:
    assert said("conflicting-migration-systems", files) == expected
