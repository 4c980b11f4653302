"""The table of modules."""

from __future__ import annotations

from checks import module_table
from tests.checks.trees import snapshot


def test_the_table() -> None:
    """From which kind of entry point a module is reached, and by which tests; what has no imports isn't in it."""
    files = {
        "main.py": "from fastapi import FastAPI\n\nimport till\n\napp = FastAPI()\n",
        "till.py": "def charge():\n    return 1\n",
        "idle.py": "def charge():\n    return 1\n",
        "tests/test_till.py": "import till\n",
        "run.sh": "echo\n",
        "go.mod": "module example.com/shop\n",
        "cmd/shop/main.go": "package main\n\nfunc main() {}\n",
        "cmd/shop/main_test.go": "package main\n",
    }
    rows = {row.path: row for row in module_table(snapshot(files))}
    assert rows["main.py"].entry_points
    assert (rows["till.py"].reached_from, rows["till.py"].tests) == (
        "convention only",
        ("tests/test_till.py",),
    )
    assert (rows["idle.py"].reached_from, rows["idle.py"].tests) == (None, ())
    assert rows["tests/test_till.py"].reached_from == "test"
    assert rows["cmd/shop/main.go"].reached_from == "installed command"
    assert "run.sh" not in rows
