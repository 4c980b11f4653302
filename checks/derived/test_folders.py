"""Which files are tests: by their place and name, or because they stand among tests."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import parents
from checks.facts.roles import Role, role_of

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

TEST_MODULE = re.compile(
    r"(?:^|/)(?:test_[^/]*|[^/]*_test|conftest|tests)\.py$|_test\.go$|\.(?:test|spec|cy)\.[cm]?[jt]sx?$"
)
_CODE = (".py", ".pyw", ".go", ".rs", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_SHARE = 0.6  # of a folder's modules that are tests, for the rest to be their helpers
_FEWEST = 3


@dataclass(frozen=True)
class TestFolders:
    """The folders that hold tests and what they need."""

    __test__ = False  # pytest: no test class

    folders: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        tests: dict[str, int] = defaultdict(int)
        modules: dict[str, int] = defaultdict(int)
        for path in snapshot.paths:
            if path.endswith(_CODE) and not path.endswith("__init__.py") and not _in_named_folder(path):
                for folder in parents(path):
                    modules[folder] += 1
                    tests[folder] += path.endswith(".py") and TEST_MODULE.search(path) is not None
        found = {
            folder
            for folder, count in modules.items()
            if folder and tests[folder] >= _FEWEST and tests[folder] / count >= _SHARE
        }
        return cls(frozenset(found))

    def holds(self, path: str) -> bool:
        """Whether a file stands in one of the folders."""
        return any(folder in self.folders for folder in parents(path))


def _in_named_folder(path: str) -> bool:
    """Whether a folder's name says what it holds: a package's `tests` say nothing of the package."""
    return role_of(f"{path.rpartition('/')[0]}/module.py") is not Role.SHIPPED


def role_in(snapshot: Snapshot, path: str) -> Role:
    """A file's role, that of a test where it stands among tests."""
    role = snapshot.role(path)
    return Role.TEST if role is Role.SHIPPED and snapshot.derived(TestFolders).holds(path) else role
