"""In which files a lost definition counts."""

from __future__ import annotations

import pytest

from checks.derived.wiring.redefined import Redefined
from tests.checks.trees import snapshot

TWICE = "def a(): pass\ndef a(): pass\n"


@pytest.mark.parametrize(
    ("path", "text", "looked_at", "lost"),
    [
        ("shop/a.py", TWICE, 1, ["a"]),
        ("shop/a.py", f"{TWICE}def (\n", 1, []),
        ("shop/a.pyi", TWICE, 0, []),
        ("tests/fixtures/a.py", TWICE, 0, []),
        ("src/a.tsx", "const a = {b: 1, b: 2};\n", 1, ["b"]),
    ],
)
def test_files(path: str, text: str, looked_at: int, lost: list[str]) -> None:
    found = snapshot({path: text}).derived(Redefined)
    assert len(found) == looked_at
    assert [name for names in found.by_file.values() for name in names] == lost
