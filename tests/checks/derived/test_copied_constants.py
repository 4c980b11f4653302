"""Which constants of tests are copies of the product's."""

from __future__ import annotations

import pytest

from checks.derived.tests.copied_constants import CopiedConstants
from tests.checks.trees import snapshot

VALUE = '["npm start", "npm run dev", "python app.py", "flask run"]'
PRODUCT = f"ALLOWED_COMMANDS = {VALUE}\nALLOWED_URLS = {VALUE}\n"


@pytest.mark.parametrize(
    ("path", "text", "copies"),
    [
        ("tests/test_a.py", f"ALLOWED_COMMANDS = {VALUE}\n", ["ALLOWED_COMMANDS"]),
        ("tests/test_a.py", f"ALLOWED_COMMANDS = {VALUE.replace(']', ',]')}\n", ["ALLOWED_COMMANDS"]),
        ("tests/test_a.py", f"ALLOWED_COMMANDS = {VALUE.replace('flask', 'x')}\n", []),
        ("tests/test_a.py", f"OTHER_COMMANDS = {VALUE}\n", []),
        ("tests/test_a.py", f"ALLOWED_URLS = {VALUE}\n", []),
        ("tests/test_a.py", f"commands = {VALUE}\nALLOWED_COMMANDS = ['a']\nX = '{'a' * 60}'\n", []),
        ("examples/a.py", f"ALLOWED_COMMANDS = {VALUE}\n", []),
        ("tests/test_a.sh", f"ALLOWED_COMMANDS='{VALUE}'\n", []),
        (".tool/test_a.py", f"ALLOWED_COMMANDS = {VALUE}\n", []),
    ],
)
def test_copies(path: str, text: str, copies: list[str]) -> None:
    found = snapshot({"shop/a.py": PRODUCT, path: text}).derived(CopiedConstants)
    assert [one.name for one in found.copies] == copies
