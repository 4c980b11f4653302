"""Whether anything shows how a repository's library is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Self

from checks.derived.documentation.documented_sections import documentation_elsewhere
from checks.derived.project_kind import Project, ProjectKind
from checks.facts.go_source import GoSource
from checks.facts.markdown import Markdown
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.snapshot import Snapshot

_FEWEST = 3  # files
_MANIFESTS = ("pyproject.toml", "package.json", "Cargo.toml", "go.mod")
_CODE = re.compile(r"```|>>> |\.\. code")
_LANGUAGES = re.compile(r"^(?:python|py|pycon|go|golang|rust|rs|ts|typescript|js|javascript|tsx|jsx|mjs)$")


@dataclass(frozen=True)
class ShownLibraries:
    """The library at the root, if it is nothing but a library; `shown_by` is the first place that shows it."""

    manifest: str | None = None
    shown_by: str | None = None
    elsewhere: str | None = None

    def __len__(self) -> int:
        return 1 if self.manifest else 0

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        project = snapshot.derived(Project)
        is_library = any(
            one.folder == "" and one.kinds == {ProjectKind.LIBRARY} for one in project.components
        )
        manifest = next((name for name in _MANIFESTS if name in snapshot.paths), None)
        shipped = sum(1 for _, source in snapshot.shipped(Source) if source.definitions)
        if not is_library or manifest is None or shipped < _FEWEST:
            return cls()
        shown = next(chain(_examples(snapshot), _documents(snapshot), _comments(snapshot)), None)
        return cls(manifest, shown, documentation_elsewhere(snapshot))


def _examples(snapshot: Snapshot) -> Iterator[str]:
    for path, source in snapshot.files(Source):
        runs = isinstance(source, GoSource) and any(d.name.startswith("Example") for d in source.functions())
        if snapshot.role(path) is Role.EXAMPLE or runs:
            yield path


def _documents(snapshot: Snapshot) -> Iterator[str]:
    for path, markdown in snapshot.files(Markdown):
        if any(_LANGUAGES.match(fence.language) for fence in markdown.fences):
            yield path


def _comments(snapshot: Snapshot) -> Iterator[str]:
    for path, source in snapshot.shipped(Source):
        texts = chain((c.text for c in source.comments), (d.doc or "" for d in source.definitions))
        if any(_CODE.search(text) for text in texts):
            yield path
