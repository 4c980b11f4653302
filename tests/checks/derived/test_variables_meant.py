"""What the code reads in the place of a variable that is set and read by nothing."""

from __future__ import annotations

import pytest

from checks import find_check
from tests.checks.trees import report

COMPOSE = "services:\n  api:\n    build: .\n    environment:\n      {}: x\n"
DOCKERFILE = 'FROM python:3.12-slim\nCMD ["python", "main.py"]\n'


@pytest.mark.parametrize(
    ("name", "read", "message"),
    [
        ("REDIS_URI", "REDIS_URL", "The code reads `REDIS_URL`, which nothing sets."),
        ("SHOP_DB_URI", "SHOP_DATABASE_URL", "The code reads `SHOP_DATABASE_URL`, which nothing sets."),
        ("SHOP_CACHE_TIMEOUT", "CACHE_TIMEOUT", "The code reads `CACHE_TIMEOUT`, which nothing sets."),
        ("CACHE_TIMEOUT", "SHOP_CACHE_TIMEOUT", "The code reads `SHOP_CACHE_TIMEOUT`, which nothing sets."),
        (
            "SHOP_CHECK_INTERVAL",
            "SHOP_CHECK_DIR",
            "`SHOP_CHECK_INTERVAL` is set for the service api and read by nothing.",
        ),
        ("SHOP_MODE", "SHOP_COLOUR", "`SHOP_MODE` is set for the service api and read by nothing."),
        ("REDIS_URI", "REDIS_MODE", None),  # an SDK may read it
        ("REDIS_SENTINEL_URL", "REDIS_URL", None),
    ],
)
def test_meant(name: str, read: str, message: str | None) -> None:
    check = find_check("env-var-mismatch")
    assert check
    code = f"import os\n\nvalue = os.environ[{read!r}]\n"
    files = {"compose.yml": COMPOSE.format(name), "Dockerfile": DOCKERFILE, "main.py": code}
    gaps = report(files, check).results[0].gaps
    assert all(message and one.gap.message.endswith(message) for one in gaps)
    assert len(gaps) == (message is not None)
