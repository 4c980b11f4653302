"""What Cargo compiles into a program or a library, of what stands where tests may stand too: `src/testing/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.rust_uses import own_folder
from checks.derived.tree_paths import parents
from checks.facts.roles import Role, role_of
from checks.facts.rust_source import RustSource
from checks.facts.source import ImportForm

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

FOR_TESTS = re.compile(r"(?:^|/)(?:tests?|testing|test_(?:utils?|helpers?|support|fixtures?))(?=/|\.rs$)")


@dataclass(frozen=True)
class CompiledRust:
    """The modules that are called as tests are, and declared without a condition; the folders of crates that ship."""

    modules: frozenset[str]
    crates: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        modules = frozenset(
            f"{own_folder(path)}/{found.module}"
            for path, source in snapshot.files(RustSource)
            for found in source.imports
            if found.form is ImportForm.MODULE and not (found.condition or found.inside)
            if FOR_TESTS.search(f"{found.module}.rs")
        )
        manifests = (path for path in snapshot.paths if path.rpartition("/")[2] == "Cargo.toml")
        shipped = (path for path in manifests if snapshot.role(path) is Role.SHIPPED)
        return cls(modules, frozenset(path.rpartition("/")[0] for path in shipped))

    def has(self, crate: str, path: str) -> bool:
        """Whether a file is compiled into the crate, by its place and by who declares it."""
        if not path.startswith(f"{crate}/src/".lstrip("/")):
            return False
        return all(path[: match.end()] in self.modules for match in FOR_TESTS.finditer(path))

    def ships(self, path: str) -> bool:
        """Whether a file that has the path of a test is a part of what a crate ships."""
        crate = next((folder for folder in parents(path) if folder in self.crates), None)
        file = path.rpartition("/")[2]
        by_folder = role_of(path) is Role.TEST and role_of(file) is Role.SHIPPED and FOR_TESTS.search(path)
        return bool(by_folder) and crate is not None and self.has(crate, path)
