"""Rust modules that a program compiles and never uses: declared and passed on, named by nothing that ships.

`mod x;` and `pub use x::Y;` are no use. An import through the module or its parents is, and so is a path that names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import is_hidden, join, parents
from checks.facts.cargo import CargoManifest
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import DefinitionKind, Import, ImportForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.snapshot import Snapshot

_ROOTS = re.compile(r"(?:^|/)(?:main|lib|mod|build|prelude|tests?)\.rs$|(?:^|/)src/bin/")
_PARENTS = ("/mod.rs", "/lib.rs", "/main.rs")
_NO_USES = (ImportForm.REEXPORT, ImportForm.MODULE)
_RELATIVE = frozenset({"crate", "super", "self"})
_DEEP = 20  # segments of a path, more than anybody writes
_KINDS = frozenset({"function", "class", "interface", "type", "constant"})


@dataclass(frozen=True, slots=True)
class UnusedRustModule:
    """A module file; `tests` are test files, benches and examples that do name something of it.

    `library` when its crate is published with a library too, whose users may need what the program doesn't.
    """

    path: str
    lines: int
    tests: tuple[str, ...]
    program: str
    library: bool = False


@dataclass(frozen=True)
class RustModules:
    """The unused modules of crates that build a program, and how many modules were judged."""

    unused: tuple[UnusedRustModule, ...]
    judged: int

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        programs = dict(_programs(snapshot))
        sources = dict(snapshot.files(RustSource))
        leaves = _leaves(sources)
        uses = [_Uses.of(path, source, leaves) for path, source in sources.items()]
        unused: list[UnusedRustModule] = []
        judged = 0
        for path, source in sources.items():
            manifests = (
                folder for folder in parents(path) if f"{folder}/Cargo.toml".lstrip("/") in snapshot.paths
            )
            crate = next(manifests, None)
            items = _offered(source) if crate in programs and _is_module(crate or "", path) else frozenset()
            if crate is None or not items:
                continue
            judged += 1
            users = [one.path for one in uses if not _within(one.path, path) and one.uses(path, items)]
            if not any(_ships(snapshot, crate, user) for user in users):
                library = _has_library(snapshot, crate)
                unused.append(
                    UnusedRustModule(path, source.lines, tuple(sorted(users)), programs[crate], library)
                )
        return cls(tuple(unused), judged)


def _has_library(snapshot: Snapshot, crate: str) -> bool:
    """Whether the crate is published with a library beside its program: others may use what the program doesn't."""
    manifest = snapshot.get(f"{crate}/Cargo.toml".lstrip("/"), CargoManifest)
    library = f"{crate}/src/lib.rs".lstrip("/") in snapshot.paths
    return library and manifest is not None and manifest.publish


def _programs(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The crates that build a program, with its main file."""
    for path, manifest in snapshot.files(CargoManifest):
        folder = path.rpartition("/")[0]
        main = f"{folder}/src/main.rs".lstrip("/")
        declared = next(
            (f"{folder}/{target.path}".lstrip("/") for target in manifest.declared("bin") if target.path),
            None,
        )
        if _is_loose(snapshot, folder):
            continue
        if manifest.name and snapshot.role(path) is Role.SHIPPED and (main in snapshot.paths or declared):
            yield folder, main if main in snapshot.paths else str(declared)


def _is_loose(snapshot: Snapshot, folder: str) -> bool:
    """Whether a crate lies inside another one that has no workspace, and nothing depends on it: it ships with nothing."""
    manifests = dict(snapshot.files(CargoManifest))
    above = [manifests.get(f"{outer}/Cargo.toml".lstrip("/")) for outer in parents(folder) if outer != folder]
    outer = next((manifest for manifest in above if manifest), None)
    if outer is None or any(manifest and manifest.is_workspace for manifest in above):
        return False
    needed = {
        join(path.rpartition("/")[0], dependency.path)
        for path, manifest in manifests.items()
        for dependency in manifest.dependencies
        if dependency.path
    }
    return folder not in needed


def _ships(snapshot: Snapshot, crate: str, user: str) -> bool:
    """Whether what a file uses is in use: by the program, another crate of the workspace, or an example."""
    elsewhere = snapshot.role(user) is Role.SHIPPED and not user.startswith(f"{crate}/".lstrip("/"))
    return elsewhere or snapshot.role(user) is Role.EXAMPLE or _is_product(crate, user)


def _is_product(crate: str, path: str) -> bool:
    """Whether a file is compiled into the program, by its place."""
    return path.startswith(f"{crate}/src/".lstrip("/")) and not re.search(r"(?:^|/)tests?(?:/|\.rs$)", path)


def _is_module(crate: str, path: str) -> bool:
    return _is_product(crate, path) and not is_hidden(path) and not _ROOTS.search(path)


def _offered(source: RustSource) -> frozenset[str]:
    """The items that others may name. Empty where none is public, where traits work unnamed, or it isn't read whole."""
    found = [
        d
        for d in source.definitions
        if "." not in d.name and d.kind.value in _KINDS and not source.in_test(d.line)
    ]
    names = frozenset(d.name for d in found)
    traits = [d.name for d in found if d.kind is DefinitionKind.INTERFACE]
    unnamed = any(_works_unnamed(trait, names, source) for trait in traits)
    return frozenset() if source.syntax_errors or unnamed or not any(d.exported for d in found) else names


def _works_unnamed(trait: str, own: frozenset[str], source: RustSource) -> bool:
    """Whether a trait may give methods to types that others have without naming anything of its module."""
    methods = [d for d in source.definitions if trait in d.bases and d.inside]
    asked = any(d.abstract for d in methods if d.inside == trait)
    return not asked or any(d.inside not in {*own, trait} for d in methods)


def _leaves(paths: Iterable[str]) -> frozenset[str]:
    """The modules without modules below: what is named through them is theirs."""
    every = frozenset(paths)
    folders = {path.rpartition("/")[0] for path in every}
    return frozenset(path for path in every if path.removesuffix(".rs") not in folders)


def _is_own(statement: Import) -> bool:
    """Whether a module inside of the file, as its tests are, imports what the file itself has."""
    return statement.inside is not None and statement.module == "super"


def _start(path: str, word: str) -> str | None:
    """The folder that `crate`, `self` or `super` means in a file."""
    root, source, _ = path.rpartition("src/")
    own = path.rpartition("/")[0] if path.endswith(_PARENTS) else path.removesuffix(".rs")
    folders = {"crate": f"{root}{source}".rstrip("/"), "self": own, "super": own.rpartition("/")[0]}
    return folders.get(word)


@dataclass(frozen=True, slots=True)
class _Import:
    """An import, with the leaf that it goes through (None where that can't be told) and the leaves that it names."""

    segments: frozenset[str]
    names: frozenset[str]
    through: str | None
    leaves: frozenset[str]

    @classmethod
    def of(cls, path: str, statement: Import, leaves: frozenset[str]) -> Self:
        parts = statement.module.split("::")
        names = {part for name in statement.names for part in name.split("::")}
        folder = _start(path, parts[0])
        places = (
            []
            if folder is None
            else ["/".join((folder, *parts[1:n])) for n in range(1, len(parts[:_DEEP]) + 1)]
        )
        through = next((f"{place}.rs" for place in places[1:] if f"{place}.rs" in leaves), None)
        named = {file for name in names for place in places[-1:] if (file := f"{place}/{name}.rs") in leaves}
        root = {"crate"} if len(parts) == 1 else set()
        return cls(frozenset({*parts, *root}), frozenset({*names, parts[-1]}), through, frozenset(named))


@dataclass(frozen=True, slots=True)
class _Uses:
    """What one file names: worked out once, asked for every module."""

    path: str
    modules: frozenset[str]  # the leaves that its imports lead to
    taken: frozenset[str]  # the names that come from them
    named: frozenset[str]  # every segment of its imports and of the paths it calls
    steps: tuple[tuple[frozenset[str], frozenset[str]], ...]  # per import: segments, names
    unbound: frozenset[str]  # identifiers that it neither defines nor imports by name
    references: frozenset[str]

    @classmethod
    def of(cls, path: str, source: RustSource, leaves: frozenset[str]) -> Self:
        statements = [i for i in source.imports if i.form not in _NO_USES and not _is_own(i)]
        imports = [_Import.of(path, statement, leaves) for statement in statements]
        modules = {one.through for one in imports if one.through}.union(*(one.leaves for one in imports))
        stems = {_stem(module) for module in modules}
        steps = tuple((one.segments, one.names - stems) for one in imports if one.through is None)
        called = {part for call in source.calls for part in _path_of(call.callee, stems)}
        named = called.union(*(segments | names for segments, names in steps))
        own = {definition.name for definition in source.definitions}
        explicit = {name for i in statements for name in (*i.names, i.alias or "")}
        unbound = source.references - own - explicit
        taken = frozenset[str]().union(*(one.names for one in imports if one.through))
        return cls(
            path, frozenset(modules), taken, frozenset(named), steps, frozenset(unbound), source.references
        )

    def uses(self, path: str, items: frozenset[str]) -> bool:
        """Whether the file names the module or one of its items by a path that leads there."""
        stem = _stem(path)
        is_meant = stem in self.references and (items - self.taken) & self.references
        if path in self.modules or stem in self.named or is_meant:
            return True
        above = {*path.rpartition("/")[0].split("/"), "crate", "super", "self"}
        left = items & self.unbound
        for segments, names in self.steps:
            if segments <= _RELATIVE and not self._is_near(path):
                continue
            if above & segments and (items & names or (left and "*" in names)):
                return True
        is_parent = self.path.endswith(_PARENTS) or self.path == f"{path.rpartition('/')[0]}.rs"
        return bool(left) and is_parent and path.startswith(f"{self.path.rpartition('/')[0]}/")

    def _is_near(self, path: str) -> bool:
        """Whether the module stands in the file's folder or below: only there may what `super` names pass it on."""
        own, folder = (f"{one.rpartition('/')[0]}/" for one in (self.path, path))
        return folder.startswith(own)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".rs")


def _path_of(callee: str, bound: set[str]) -> Iterator[str]:
    """The modules and types that a call goes through; a name that an import bound to a leaf is that leaf's."""
    parts = callee.split("::")[:-1]
    yield from (part for number, part in enumerate(parts) if number or part not in bound)


def _within(other: str, path: str) -> bool:
    """Whether a file is the module or stands below it."""
    return other == path or other.startswith(f"{path.removesuffix('.rs')}/")
