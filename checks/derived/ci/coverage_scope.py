"""Shipped code that the repository's coverage figures do not count, because a setting leaves it out."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from checks.facts.coverage_settings import CoverageSettings
from checks.facts.pyproject import Pyproject
from checks.facts.source import Source
from checks.snapshot import Snapshot

_MOST = 100  # globs of one file
# Run by hand once, generated, or without anything to test.
_ASIDE = re.compile(r"(?:^|/)(?:migrations|alembic|versions|proto|stubs|types)/|(?:^|/)(?:__main__|__init__|_?version|main|setup|conftest)\.\w+$")  # fmt: skip


@dataclass(frozen=True, slots=True)
class NarrowScope:
    """A setting, and what of the shipped code under it doesn't count."""

    path: str
    left_out: tuple[str, ...]
    of: int  # files of shipped code in the languages that the setting is about

    @property
    def share(self) -> float:
        return len(self.left_out) / self.of


@dataclass(frozen=True)
class CoverageScopes:
    """One for each setting that leaves something out."""

    all: tuple[NarrowScope, ...]
    settings: int

    def __len__(self) -> int:
        return self.settings

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        settings = dict(_settings(snapshot))
        code = (
            {path: source for path, source in snapshot.shipped(Source) if source.functions()}
            if settings
            else {}
        )
        return cls(tuple(_scopes(settings, code)), len(settings))


def _settings(snapshot: Snapshot) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, settings in snapshot.files(CoverageSettings):
        yield path, settings.left_out
    for path, pyproject in snapshot.files(Pyproject):
        coverage = pyproject.tool.get("coverage")
        if isinstance(coverage, dict):
            yield path, tuple(_omitted(coverage))


def _omitted(coverage: Mapping[str, object]) -> Iterator[str]:
    for table in (coverage.get("run"), coverage.get("report")):
        globs = table.get("omit") if isinstance(table, dict) else None
        yield from (glob for glob in globs if isinstance(glob, str)) if isinstance(globs, list) else ()


def _scopes(settings: dict[str, tuple[str, ...]], code: dict[str, Source]) -> Iterator[NarrowScope]:
    for path, globs in settings.items():
        folder = path.rpartition("/")[0]
        own = {
            name: source for name, source in code.items() if name.startswith(f"{folder}/" if folder else "")
        }
        pattern = _pattern(globs[:_MOST])
        left_out = tuple(
            name for name in own if pattern.match(name[len(folder) :].lstrip("/")) and not _ASIDE.search(name)
        )
        languages = {type(own[name]) for name in left_out}
        if left_out:
            yield NarrowScope(path, left_out, sum(type(source) in languages for source in own.values()))


def _pattern(globs: Iterable[str]) -> re.Pattern[str]:
    """The globs as one expression over paths relative to the setting; a folder stands for what is in it."""
    plain = (glob.removeprefix("./").removeprefix("/") for glob in globs)
    simple = [glob.rstrip("/") for glob in plain if len(glob) < 200 and glob.count("*") < 6]
    return re.compile("|".join(f"{fnmatch.translate(g)[:-2]}(?:/.*)?\\Z" for g in simple) or r"(?!)")
