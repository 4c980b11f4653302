"""Which folders hold tests and what they need, and which only hold a folder that does."""

from __future__ import annotations

import pytest

from checks.derived.test_folders import TestFolders
from tests.checks.trees import Files, snapshot

TESTS = {f"quality/test_{name}.py": "def test_it():\n    assert True\n" for name in "abc"}


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        pytest.param(TESTS | {"quality/client.py": ""}, {"quality"}, id="a helper among tests"),
        pytest.param(TESTS | {"quality/__init__.py": ""}, {"quality"}, id="a package's file is no module"),
        pytest.param(
            {f"crates/binding/tests/test_{name}.py": "" for name in "abc"}
            | {"crates/core/src/lib.rs": "", "crates/binding/shop.py": ""},
            set(),
            id="a folder of tests says nothing of what it stands in",
        ),
        pytest.param(
            TESTS | {f"quality/{name}.rs": "" for name in "abcde"},
            set(),
            id="code of another language counts",
        ),
        pytest.param({"quality/test_a.py": "", "test_b.py": ""}, set(), id="too few"),
    ],
)
def test_folders_of_tests(files: Files, folders: set[str]) -> None:
    assert snapshot(files).derived(TestFolders).folders == folders
