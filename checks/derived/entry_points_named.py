"""Modules that nothing imports but a configuration, manifest, script or page names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.python_files import PythonFiles
from checks.derived.resolution.python_lookup import find
from checks.derived.tree_paths import join, parents
from checks.facts.mentions import Mention, Mentions
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_BY_DEVELOPER = re.compile(
    r"(?:^|/)(?:\.github|\.circleci|scripts?|tools?|hack|ci|dev)/|(?:^|/)(?:[Mm]akefile|justfile|Justfile|[^/]*\.mk|tox\.ini|\.pre-commit[^/]*|pyproject\.toml|package\.json|[^/]*\.(?:sh|bash|bat|ps1|ipynb|toml|cfg|ini|json))$"
)
_NAMES_NO_CODE = re.compile(
    r"(?:^|/)(?:mypy\.ini|\.coveragerc|\.importlinter|ruff\.toml|\.ruff\.toml|pyrightconfig\.json|tsconfig[^/]*\.json|package-lock\.json|[^/]*lock[^/]*|mkdocs\.ya?ml|\.?readthedocs\.ya?ml|CODEOWNERS|pyproject\.toml|setup\.cfg)$"
)


def named_entry_points(snapshot: Snapshot) -> Iterator[EntryPoint]:
    """A mention in what is deployed counts as shipping, one in a developer's file as a script."""
    python = snapshot.derived(PythonFiles)
    for path, mentions in snapshot.files(Mentions):
        role = snapshot.role(path)
        if _NAMES_NO_CODE.search(path) or role in (
            Role.DOCUMENTATION,
            Role.VENDORED,
            Role.ARCHIVE,
            Role.FIXTURE,
        ):
            continue
        shipped = role is Role.SHIPPED and not _BY_DEVELOPER.search(path)
        rank = Rank.CONVENTION if shipped else Rank.TEST if role is Role.TEST else Rank.SCRIPT
        folders = list(parents(path))
        for mention in mentions.files:
            if file := _file(snapshot, mention, folders):
                yield _point(rank, file, mention, path)
        for mention in mentions.modules:
            for file in _module(python, mention, folders):
                yield _point(rank, file, mention, path)


def _point(rank: Rank, file: str, mention: Mention, path: str) -> EntryPoint:
    return EntryPoint(rank, file, f"{mention.name} named in {path}", path, mention.line, wildcard=True)


def _file(snapshot: Snapshot, mention: Mention, folders: list[str]) -> str | None:
    """The file a path means from the mentioning file's folder or any above."""
    name = mention.name.lstrip("/$~").removeprefix("./")
    for folder in folders:
        file = join(folder, name)
        if file in snapshot.paths:
            return file
    return None


def _module(python: PythonFiles, mention: Mention, folders: list[str]) -> tuple[str, ...]:
    """The module a dotted name means from those folders; its last part may be an attribute."""
    parts = tuple(mention.name.partition(":")[0].split("."))
    found = find(
        python, [root for folder in folders for root in (folder, f"{folder}/src".lstrip("/"))], parts
    )
    if found is None or not found.files or found.depth < min(2, len(parts)) or found.depth < len(parts) - 1:
        return ()
    return found.files
