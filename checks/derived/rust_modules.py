"""Rust modules that a program compiles and never uses: declared and passed on, named by nothing that ships.

`mod x;` and `pub use x::Y;` are no use. An import through the module or its parents is, and so is a path that names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.compiled_rust import FOR_TESTS, CompiledRust
from checks.derived.rust_uses import RustUses
from checks.derived.tree_paths import is_hidden, join, parents
from checks.derived.unused_support import SUPPORT
from checks.facts.cargo import CargoManifest
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.snapshot import Snapshot

_ROOTS = re.compile(r"(?:^|/)(?:main|lib|mod|build|prelude|tests?)\.rs$|(?:^|/)src/bin/")
# Attributes that only the compiler, the standard macros or serde act on; any other may hand the item to a registry.
_PLAIN = re.compile(
    r"^(?:derive|cfg|cfg_attr|allow|expect|warn|deny|doc|must_use|inline|repr|serde|serde_as|serde_with|non_exhaustive|deprecated|default|error|from|source"
    r"|test|async_trait|async_recursion|tokio|instrument|tracing|track_caller|rustfmt|clippy|command|arg|clap|value|structopt|builder|schemars|utoipa|sqlx|diesel"
    r"|strum|display|pin_project|cold|macro_export|macro_use|path|automatically_derived|global_allocator|proptest|rstest|ignore|should_panic)\b"
)
_PLAIN_MACROS = frozenset(
    {"thread_local!", "lazy_static!", "lazy_static::lazy_static!", "compile_error!", "bitflags!"}
)
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
        compiled = snapshot.derived(CompiledRust)
        crates = dict(_crates(snapshot, programs, compiled))
        offered = {path: items for path in crates if (items := _offered(sources[path]))}
        uses = RustUses(sources, offered)
        unused: list[UnusedRustModule] = []
        for path, items in offered.items():
            crate = crates[path]
            users = sorted(user for user in uses.of(path, items) if not _within(user, path))
            helps = bool(users) and FOR_TESTS.search(path) is not None
            if not helps and not any(_ships(snapshot, crate, user, compiled) for user in users):
                library = _has_library(snapshot, crate)
                lines = sources[path].lines
                unused.append(UnusedRustModule(path, lines, tuple(users), programs[crate], library))
        return cls(tuple(unused), len(offered))


def _crates(
    snapshot: Snapshot, programs: Mapping[str, str], compiled: CompiledRust
) -> Iterator[tuple[str, str]]:
    """The module files of programs, each with its crate."""
    for path, _ in snapshot.files(RustSource):
        manifests = (f for f in parents(path) if f"{f}/Cargo.toml".lstrip("/") in snapshot.paths)
        crate = next(manifests, None) or ""
        named = not (is_hidden(path) or _ROOTS.search(path) or _supports_tests(path))
        if named and crate in programs and compiled.has(crate, path):
            yield path, crate


def _supports_tests(path: str) -> bool:
    """Whether it is for tests alone by its own name too: what of that nothing uses is told apart."""
    return FOR_TESTS.search(path) is not None and SUPPORT.search(path) is not None


def _has_library(snapshot: Snapshot, crate: str) -> bool:
    """Whether the crate is published with a library beside its program: others may use what the program doesn't."""
    manifest = snapshot.get(f"{crate}/Cargo.toml".lstrip("/"), CargoManifest)
    library = f"{crate}/src/lib.rs".lstrip("/") in snapshot.paths
    return library and manifest is not None and manifest.publish


def _programs(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The crates that build a program, with its main file."""
    manifests = dict(snapshot.files(CargoManifest))
    needed = {
        join(path.rpartition("/")[0], dependency.path)
        for path, manifest in manifests.items()
        for dependency in manifest.dependencies
        if dependency.path
    }
    for path, manifest in manifests.items():
        folder = path.rpartition("/")[0]
        main = f"{folder}/src/main.rs".lstrip("/")
        declared = next(
            (f"{folder}/{target.path}".lstrip("/") for target in manifest.declared("bin") if target.path),
            None,
        )
        if folder not in needed and is_loose(manifests, folder):
            continue
        if manifest.name and snapshot.role(path) is Role.SHIPPED and (main in snapshot.paths or declared):
            yield folder, main if main in snapshot.paths else str(declared)


def is_loose(manifests: Mapping[str, CargoManifest], folder: str) -> bool:
    """Whether a crate that nothing depends on lies inside another one that has no workspace: it ships with nothing."""
    above = [manifests.get(f"{outer}/Cargo.toml".lstrip("/")) for outer in parents(folder)]
    found = [manifest for manifest in above if manifest]
    return bool(found) and not any(manifest.is_workspace for manifest in found)


def _ships(snapshot: Snapshot, crate: str, user: str, compiled: CompiledRust) -> bool:
    """Whether what a file uses is in use: by the program, another crate of the workspace, or an example."""
    elsewhere = snapshot.role(user) is Role.SHIPPED and not user.startswith(f"{crate}/".lstrip("/"))
    return elsewhere or snapshot.role(user) is Role.EXAMPLE or compiled.has(crate, user)


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
    silent = source.syntax_errors or unnamed or _registers(source) or not any(d.exported for d in found)
    return frozenset() if silent else names


def _registers(source: RustSource) -> bool:
    """Whether a macro may make an item known without anybody naming it: an attribute, or a call where items stand."""
    decorated = (text for d in source.definitions for text in d.decorators if not source.in_test(d.line))
    called = (call.callee for call in source.calls if call.inside is None and call.callee.endswith("!"))
    return any(not _PLAIN.match(text) for text in decorated) or any(c not in _PLAIN_MACROS for c in called)


def _works_unnamed(trait: str, own: frozenset[str], source: RustSource) -> bool:
    """Whether a trait may give methods to types that others have without naming anything of its module."""
    methods = [d for d in source.definitions if trait in d.bases and d.inside]
    asked = any(d.abstract for d in methods if d.inside == trait)
    return not asked or any(d.inside not in {*own, trait} for d in methods)


def _within(other: str, path: str) -> bool:
    """Whether a file is the module or stands below it."""
    return other == path or other.startswith(f"{path.removesuffix('.rs')}/")
