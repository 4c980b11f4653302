"""The code that a service runs, and questions about it: what it imports, which texts it holds, which routes it serves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from checks.derived.browser_code import BrowserCode
from checks.derived.crate_reach import CrateReach
from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.import_graph import ImportGraph
from checks.derived.project_kind import Component, Project, Services
from checks.derived.reachability import Reachability
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.source import ImportForm, Source
from checks.model import Evidence
from checks.snapshot import Snapshot


@dataclass(frozen=True)
class ServiceCode:
    """One service with the shipped sources that it reaches.

    For Python that is what its entry points import, as far as nothing is loaded by computed names: code that
    nothing reaches doesn't run, so a metrics module in it measures nothing. Elsewhere it is all of the component, and
    what it imports of the others.
    """

    component: Component
    sources: tuple[tuple[str, Source], ...]

    @property
    def subject(self) -> str:
        return self.component.folder or "service"

    @property
    def name(self) -> str:
        """For people."""
        return f"The service `{self.component.folder}`" if self.component.folder else "The service"

    @property
    def path(self) -> str | None:
        """Where an absence in it is shown: its folder; None for the root."""
        return self.component.folder or None

    def imported(self, names: frozenset[str]) -> bool:
        """Whether it imports one of the modules, or something below one."""
        return any(
            _is_one_of(statement.module, names)
            for _, source in self.sources
            for statement in source.imports
            if statement.level == 0 and not statement.module.startswith(".")
        )

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(literal.value for _, source in self.sources for literal in source.strings)

    @cached_property
    def _callees(self) -> frozenset[str]:
        return frozenset(call.callee for _, source in self.sources for call in source.calls)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(found.name for _, source in self.sources for found in source.definitions)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether a string literal in it matches."""
        return any(map(pattern.search, self._texts))

    def calls(self, pattern: re.Pattern[str]) -> bool:
        """Whether it calls something whose name matches."""
        return any(map(pattern.search, self._callees))

    def defines(self, pattern: re.Pattern[str]) -> bool:
        """Whether it defines something whose name matches."""
        return any(map(pattern.search, self._names))

    def evidence(self, looked_for: str) -> tuple[Evidence, ...]:
        """That it is a service, and what was looked for in how much of it."""
        starts = tuple(
            Evidence(f"{start.what} starts a server", start.path, start.line)
            for start in self.component.starts[:2]
        )
        deployed = tuple(Evidence("deploys it", path) for path in self.component.deployed_by[:1])
        return (
            *starts,
            *deployed,
            Evidence(f"looked for {looked_for} in the {len(self.sources)} files that it runs"),
        )


@dataclass(frozen=True)
class RunningServices:
    """Every service of the tree with its code."""

    all: tuple[ServiceCode, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        services = snapshot.derived(Services).components
        return cls(tuple(ServiceCode(one, tuple(_sources(snapshot, one))) for one in services))

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[ServiceCode]:
        return iter(self.all)


def _sources(snapshot: Snapshot, component: Component) -> Iterator[tuple[str, Source]]:
    project = snapshot.derived(Project)
    folders = snapshot.derived(CrateReach).of(component.folder)
    # What runs at the visitors', and what a person starts.
    aside = snapshot.derived(BrowserCode).paths | _run_by_hand(snapshot, component)
    own = {
        path: source
        for path, source in snapshot.shipped(Source)
        if path not in aside and (home := project.component_of(path)) is not None and home.folder in folders
    }
    reached = _reached(snapshot, component, own)
    for path, source in snapshot.files(Source):
        ships = snapshot.role(path) in {Role.SHIPPED, Role.TOOL}
        if ships and path in reached and path not in aside:
            yield path, source


def _run_by_hand(snapshot: Snapshot, component: Component) -> frozenset[str]:
    """What only a person's or a developer's scripts reach, unless the server itself is started that way."""
    best = snapshot.derived(Reachability).best
    if any(best.get(start.path) in _BY_HAND for start in component.starts):
        return frozenset()
    return frozenset(path for path, rank in best.items() if rank in _BY_HAND)


def _reached(snapshot: Snapshot, component: Component, own: dict[str, Source]) -> frozenset[str]:
    python = {path for path, source in own.items() if isinstance(source, PythonSource)}
    roots = {start.path for start in component.starts} | {path for path in python if own[path].runs_as_main}
    roots |= {point.target for point in snapshot.derived(EntryPoints).shipping}
    if roots & python and not any(_loads_by_name(own[path]) for path in python):
        roots = (roots & python) | (own.keys() - python)
    else:
        roots = set(own)
    return snapshot.derived(ImportGraph).reached_from(roots) | roots


def _loads_by_name(source: Source) -> bool:
    """Frameworks and plug-ins that load modules by a name which the imports don't show."""
    return any(
        statement.form is ImportForm.DYNAMIC or _is_one_of(statement.module, _LOADERS)
        for statement in source.imports
    ) or any(call.callee in _LOADING_CALLS for call in source.calls)


_BY_HAND = frozenset({Rank.SCRIPT, Rank.TOOL})
_LOADERS = frozenset({"django", "celery", "importlib", "pkgutil", "stevedore", "pluggy"})
_LOADING_CALLS = frozenset({"import_string", "__import__"})


def _is_one_of(module: str, names: frozenset[str]) -> bool:
    return any(module == name or module.startswith((f"{name}.", f"{name}/", f"{name}::")) for name in names)
