"""The lowest version of each language's toolchain that documents name, against what the manifest needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from checks.derived.documents import Documents
from checks.facts.cargo import CargoManifest
from checks.facts.go_module import GoModule
from checks.facts.markdown import Form
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.snapshot import Snapshot

_NAMES = {
    "Go": r"Go(?:lang)?",
    "Rust": r"(?:Rust|MSRV|rustc)",
    "Python": r"Python",
    "Node": r"Node(?:\.?js)?",
}
# "Go 1.21+", "Python 3.9 or later", "Rust >= 1.70"; a bare version counts only in a list of what is needed.
_CLAIM = {
    language: re.compile(
        rf"\b{name}\s*(?:version\s*)?(?:\(?MSRV\)?:?\s*)?(?:>=|≥|v)?\s*(\d+(?:\.\d+)?)(?:\.\d+)?(\s*\+|\s+(?:or|and)\s+(?:later|newer|higher|above|up))?",
        re.IGNORECASE,
    )
    for language, name in _NAMES.items()
}
_NEEDED = re.compile(
    r"prerequisit|requirement|require|install|set-?up|getting started|quick ?start|environment|msrv|dependenc",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Needed:
    """The lowest version that a manifest takes."""

    language: str
    version: tuple[int, ...]
    manifest: str
    line: int


@dataclass(frozen=True, slots=True)
class StaleVersion:
    """A document names a lower version than the manifest needs."""

    language: str
    version: str
    path: str
    line: int
    needed: str
    manifest: str
    manifest_line: int


@dataclass(frozen=True)
class Toolchains:
    """How many versions documents name, and those that are too low."""

    named: int
    stale: tuple[StaleVersion, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        needed = {one.language: one for one in _needed(snapshot)}
        claims = [claim for claim in _claims(snapshot) if claim[0] in needed]
        stale = (_stale(claim, needed[claim[0]]) for claim in claims)
        first = {(one.path, one.language): one for one in reversed([one for one in stale if one is not None])}
        return cls(len(claims), tuple(sorted(first.values(), key=lambda one: (one.path, one.line))))

    def __len__(self) -> int:
        return self.named


def _needed(snapshot: Snapshot) -> Iterator[Needed]:
    """What the manifests at the root need: those deeper down may be of other components."""
    if (go := snapshot.get("go.mod", GoModule)) is not None and go.go:
        yield Needed("Go", _numbers(go.go), "go.mod", go.go_line or 1)
    if (cargo := snapshot.get("Cargo.toml", CargoManifest)) is not None and cargo.rust_version:
        yield Needed("Rust", _numbers(cargo.rust_version), "Cargo.toml", cargo.line)
    python = snapshot.get("pyproject.toml", Pyproject)
    if python is not None and (lowest := _lowest(python.requires_python or "")):
        yield Needed("Python", lowest, "pyproject.toml", 1)
    if (package := snapshot.get("package.json", PackageJson)) is not None:
        node = dict(package.engines).get("node", "")
        if match := re.match(r"^\s*(?:>=|\^|~)\s*v?(\d+(?:\.\d+)?)[\d.]*\s*$", node):
            yield Needed("Node", _numbers(match.group(1)), "package.json", 1)


def _lowest(requires: str) -> tuple[int, ...] | None:
    try:
        bounds = [one for one in SpecifierSet(requires) if one.operator in {">=", "~=", "=="}]
    except InvalidSpecifier:
        return None
    return max((_numbers(one.version) for one in bounds), default=None)


def _claims(snapshot: Snapshot) -> Iterator[tuple[str, str, str, int]]:
    """(language, version, document, line) of every version that is asked for."""
    for document in snapshot.derived(Documents).counted():
        if "/" in document.path and not document.path.startswith(("docs/", "doc/", ".github/")):
            continue
        for passage in document.markdown.passages:
            for language, pattern in _CLAIM.items():
                match = pattern.search(passage.text)
                asked = any(_NEEDED.search(text) for text in (*passage.section[-1:], passage.lead))
                listed = passage.form in {Form.ITEM, Form.ROW}
                if match and asked and (match.group(2) or listed):
                    yield language, match.group(1), document.path, passage.line


def _stale(claim: tuple[str, str, str, int], needed: Needed) -> StaleVersion | None:
    language, version, path, line = claim
    named = _numbers(version)
    if named >= needed.version[: len(named)]:
        return None
    return StaleVersion(
        language, version, path, line, ".".join(map(str, needed.version)), needed.manifest, needed.line
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])
