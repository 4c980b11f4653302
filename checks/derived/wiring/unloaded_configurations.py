"""Configuration files that documents tell people to edit, and whether anything in the tree loads them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.documents import Documents, Standing
from checks.derived.tree_index import TreeIndex
from checks.derived.tree_paths import is_hidden
from checks.facts.cargo import CargoManifest
from checks.facts.named_configurations import CONFIGURATION, NamedConfigurations, last_parts
from checks.facts.package_json import PackageJson
from checks.facts.roles import Role
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.documents import Document
    from checks.snapshot import Snapshot

_EDIT = re.compile(
    r"\b(?:edit|modify|adjust|customi[sz]e|tweak|configured? (?:in|via|through|with)|settings? in|change)\b",
    re.IGNORECASE,
)
_NAMED_SO = re.compile(
    r"(?:^|[-_./])(?:config|configuration|conf|settings?|options|preferences|params|parameters)(?:[-_./]|$)",
    re.IGNORECASE,
)
# Found by tools without anybody naming them, or there to be copied under another name.
_BY_CONVENTION = re.compile(
    r"^(?:package|tsconfig|jsconfig|deno|angular|nx|turbo|lerna|vercel|now|app|manifest|launch|settings|tasks|devcontainer|components|biome|renovate|rush)\b.*\.jsonc?$"
    r"|^(?:pyproject|Cargo|clippy|rustfmt|rust-toolchain|deny|wrangler|fly|netlify|ruff|uv|poetry|hugo|config|book|typos|release|cliff|buf|values|Chart|mkdocs|_config)\.\w+$"
    r"|^(?:docker-)?compose|^(?:setup|tox|mypy|pytest|alembic|babel)\.\w+$|rc\.\w+$|\.config\.\w+$|example|sample|template|default|\.dist|lock",
    re.IGNORECASE,
)
# Libraries that look for files by themselves.
_LOADERS = re.compile(
    r"^(?:dynaconf|hydra|omegaconf|kedro|confuse|anyconfig|cosmiconfig|lilconfig|c12|nconf|rc|figment|confy|viper|koanf)\b|/(?:viper|koanf)\b"
)
_DIAGRAM = re.compile(r"[├└│]")
_OURS = frozenset({Role.SHIPPED, Role.TOOL, Role.TEST})


@dataclass(frozen=True, slots=True)
class EditedConfiguration:
    """A configuration file of the tree, and the document that tells people to edit it."""

    path: str
    document: str
    line: int


@dataclass(frozen=True, slots=True)
class UnloadedConfigurations:
    """Those that nothing loads; `looked_at` counts all that documents tell people to edit."""

    files: tuple[EditedConfiguration, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        edited = _edited(snapshot)
        if not edited or _loads_unnamed(snapshot):
            return cls((), len(edited))
        names, folders = _named(snapshot, frozenset(edited))
        unloaded = (one for path, one in sorted(edited.items()) if not _is_named(path, names, folders))
        return cls(tuple(unloaded), len(edited))


def _edited(snapshot: Snapshot) -> dict[str, EditedConfiguration]:
    """By path, where a document first says that a configuration of this tree is to be edited."""
    found: dict[str, EditedConfiguration] = {}
    for document in snapshot.derived(Documents).counted():
        if document.standing in (Standing.README, Standing.GUIDE):
            for path, line in _said(snapshot, document):
                found.setdefault(path, EditedConfiguration(path, document.path, line))
    return found


def _said(snapshot: Snapshot, document: Document) -> Iterator[tuple[str, int]]:
    index = snapshot.derived(TreeIndex)
    for span in document.markdown.code_spans:
        name = span.text.rpartition("/")[2]
        before = document.markdown.passages[span.passage].text.partition(span.text)[0][-80:]
        if CONFIGURATION.search(name) and not _BY_CONVENTION.search(name) and _EDIT.search(before):
            path = index.resolve(span.text, document.folder)
            if (
                path in snapshot.paths
                and snapshot.role(path) in _OURS
                and not is_hidden(path)
                and _NAMED_SO.search(path)
            ):
                yield path, span.line


def _loads_unnamed(snapshot: Snapshot) -> bool:
    """Whether a library is used that finds its files without being told their names."""
    imported = (one.module for _, source in snapshot.files(Source) for one in source.imports)
    needed = [one.name for _, package in snapshot.files(PackageJson) for one in package.dependencies]
    needed += [one.name for _, cargo in snapshot.files(CargoManifest) for one in cargo.dependencies]
    return "config" in needed or any(_LOADERS.search(name) for names in (imported, needed) for name in names)


def _named(snapshot: Snapshot, edited: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The files and the folders that code, scripts, manifests and the commands of documents name."""
    names: set[str] = set()
    folders: set[str] = set()
    for path, named in snapshot.files(NamedConfigurations):
        if path not in edited:
            names |= named.files
            folders |= named.folders
    for _, source in snapshot.files(Source):
        for text in source.strings:
            names.update(last_parts(text.value))
        for call in source.calls:
            literals = (
                argument.text for argument in call.arguments if argument.literal or "/" in argument.text
            )
            names.update(part for text in literals for part in last_parts(text))
    for document in snapshot.derived(Documents).all:
        for fence in document.markdown.fences:
            lines = (line for line in fence.text.splitlines() if not _DIAGRAM.search(line))
            parts = (part for line in lines for part in last_parts(line))
            names.update(part for part in parts if CONFIGURATION.search(part))
    return frozenset(names), frozenset(folders) | names


def _is_named(path: str, names: frozenset[str], folders: frozenset[str]) -> bool:
    """Whether something names the file, its stem, its folder, or a pattern that it is one of."""
    folder, _, name = path.rpartition("/")
    stem, _, extension = name.rpartition(".")
    endings = [name[at:] for at, letter in enumerate(stem) if letter in "-_"]
    endings += [] if folder else [f".{extension}"]
    return (
        name in names
        or stem in names
        or folder.rpartition("/")[2] in folders
        or any(f"{before}{ending}" in names for ending in endings for before in ("", "*", "}"))
    )
