"""Crates that a Cargo manifest declares and that no Rust file of its package names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import parents
from checks.facts.cargo import CargoDependency, CargoManifest
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_WORD = re.compile(r"[A-Za-z_]\w*")
# The library inside is called otherwise, or is there for its linking, its allocator or its version alone.
_UNNAMED = re.compile(
    r"-sys$|^lib|-src$|-\d$|^(?:tiny-bip39|md-5|sha-1|rust-ini|openssl|getrandom|ring|zstd|link-cplusplus|cc|workspace-hack)$|rust|-rs$|\."
)
# What is generated while building is in no file of the tree, and names these.
_GENERATORS = re.compile(r"prost|tonic|protobuf|capnp|flatbuffers|pbjson")
_GENERATED = re.compile(r"^(?:prost|tonic|protobuf|capnp|flatbuffers|pbjson|bytes|serde)(?:-|$)")


@dataclass(frozen=True, slots=True)
class UnusedCrate:
    """A dependency with its manifest."""

    manifest: str
    dependency: CargoDependency


@dataclass(frozen=True)
class UnusedCrates:
    """The declared crates that were looked for, and those that no file names."""

    looked_for: int
    unused: tuple[UnusedCrate, ...]

    def __len__(self) -> int:
        return self.looked_for

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = {
            path.rpartition("/")[0]: (path, cargo)
            for path, cargo in snapshot.files(CargoManifest)
            if cargo.name and snapshot.role(path) is Role.SHIPPED
        }
        words: dict[str, set[str]] = {folder: set() for folder in manifests}
        for path, source in snapshot.files(RustSource):
            owner = next((folder for folder in parents(path) if folder in manifests), None)
            if owner is not None:
                words[owner].update(_named(source))
        judged = [
            UnusedCrate(path, dependency)
            for folder, (path, cargo) in manifests.items()
            if words[folder]
            for dependency in cargo.dependencies
            if _is_named_in_code(dependency, cargo)
        ]
        unused = (c for c in judged if _identifier(c.dependency) not in words[c.manifest.rpartition("/")[0]])
        return cls(len(judged), tuple(unused))


def _identifier(dependency: CargoDependency) -> str:
    return dependency.name.replace("-", "_")


def _named(source: RustSource) -> Iterator[str]:
    yield from source.references
    texts = [statement.module for statement in source.imports]
    texts += [decorator for item in source.definitions for decorator in item.decorators]
    texts += [field.tag or "" for field in source.fields]
    texts += [call.callee for call in source.calls]
    texts += [comment.text for comment in source.comments]  # examples in documentation are compiled too
    for text in texts:
        yield from _WORD.findall(text)
    for statement in source.imports:
        yield from statement.names


def _is_named_in_code(dependency: CargoDependency, cargo: CargoManifest) -> bool:
    """Whether its use would show as a name in the code: not when it only turns on features or links something."""
    listed = any(
        re.search(rf"(?:^|:){re.escape(dependency.name)}(?:$|[/?])", item)
        for _, items in cargo.features
        for item in items
    )
    pinned = (dependency.version or "").startswith(("=", "<"))  # for its version alone
    plain = dependency.default_features and not dependency.features and not (dependency.target or pinned)
    generates = any(d.kind == "build" and _GENERATORS.search(d.name) for d in cargo.dependencies)
    return (
        plain
        and not (generates and _GENERATED.match(dependency.name))
        and not listed
        and not dependency.optional
        and dependency.kind != "build"
        and not _UNNAMED.search(dependency.name)
    )
