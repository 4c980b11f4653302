"""Routers and blueprints of Python services, and whether anything that runs mounts them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checks.derived.entry_point import Rank
from checks.derived.import_graph import ImportGraph
from checks.derived.reachability import Reachability
from checks.derived.references import References, is_test_code
from checks.derived.wiring.dead_functions import DeadFunctions
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Call
    from checks.snapshot import Snapshot

ROUTER = re.compile(r"^(?:\w+\.)*(?:APIRouter|Blueprint|RouteTableDef)$")
APPLICATION = re.compile(
    r"^(?:\w+\.)*(?:FastAPI|Flask|Starlette|Quart|Sanic)$|^(?:aiohttp\.)?web\.Application$"
)
MOUNTS = frozenset(
    {"include_router", "register_blueprint", "register_blueprints", "add_routes", "mount", "blueprint"}
)
_WORD = re.compile(r"[A-Za-z_]\w*")
_DOTTED = re.compile(r"^(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)$")


@dataclass(frozen=True, slots=True)
class UnmountedRouter:
    """A router that nothing mounts. `unused` are the places that would, with why they never do."""

    path: str
    line: int
    name: str
    made_by: str | None  # the function that makes and returns it
    unused: tuple[tuple[str, int, str], ...] = ()


@dataclass(slots=True)
class _Handed:
    """Where names are handed to calls that run, where they would be, and files that mount what can't be told."""

    alive: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # name -> files
    dead: dict[str, list[tuple[str, int, str]]] = field(default_factory=lambda: defaultdict(list))
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    any_of: set[str] = field(default_factory=set)


def python_routers(snapshot: Snapshot) -> Iterator[tuple[str, UnmountedRouter | None]]:
    """Each router's file, with the router where nothing mounts it. None without an application in the tree."""
    sources = {
        path: source for path, source in snapshot.files(PythonSource) if not is_test_code(snapshot, path)
    }
    shipped = {path for path in sources if snapshot.role(path) is Role.SHIPPED}
    if not any(APPLICATION.match(made.value) for path in shipped for made in sources[path].bindings):
        return
    reach, graph = snapshot.derived(Reachability), snapshot.derived(ImportGraph)
    handed = _handed(snapshot, sources)
    for path in sorted(shipped):
        for binding in sources[path].bindings:
            outside = binding.inside is None or "." not in binding.inside
            if not ROUTER.match(binding.value) or "." in binding.name or not outside:
                continue
            if reach.rank(path) is Rank.LIBRARY:
                continue
            router = UnmountedRouter(path, binding.line, binding.name, binding.inside)
            above = graph.reaching(path) | {path}
            mounted = (
                _is_made(snapshot, router, handed) if binding.inside else _is_mounted(router, handed, above)
            )
            wanted = binding.inside or binding.name
            places = tuple(place for place in handed.dead.get(wanted, ()) if place[0] in above)
            yield path, None if mounted else UnmountedRouter(*_head(router), places)


def _head(router: UnmountedRouter) -> tuple[str, int, str, str | None]:
    return router.path, router.line, router.name, router.made_by


def _is_mounted(router: UnmountedRouter, handed: _Handed, above: frozenset[str]) -> bool:
    return bool(handed.alive.get(router.name, set()) & above or handed.any_of & above)


def _is_made(snapshot: Snapshot, router: UnmountedRouter, handed: _Handed) -> bool:
    """Whether something that runs calls the function that makes the router, or hands it on."""
    maker = router.made_by or ""
    dead = {path for path, _, _ in handed.dead.get(maker, ())}
    users = set(snapshot.derived(References).users.get(maker, ()))
    return bool(handed.called.get(maker, set()) or users - dead)


def _handed(snapshot: Snapshot, sources: dict[str, PythonSource]) -> _Handed:
    dead, handed = snapshot.derived(DeadFunctions), _Handed()
    for path, source in sources.items():
        renamed = {
            statement.alias: statement.names[0]
            for statement in source.imports
            if statement.alias and len(statement.names) == 1
        }
        known = {name for statement in source.imports for name in statement.names} | set(renamed)
        known |= {statement.alias or statement.module.partition(".")[0] for statement in source.imports}
        known |= {binding.name for binding in source.bindings} | {d.name for d in source.definitions}
        for call in source.calls:
            reason = dead.reason(path, call)
            for name in {renamed.get(word, word) for word in _names(call)}:
                if reason is None:
                    handed.alive[name].add(path)
                else:
                    handed.dead[name].append((path, call.line, reason))
            last = call.callee.rpartition(".")[2]
            maker = renamed.get(last, last)
            if reason is None:
                handed.called[maker].add(path)
                if last in MOUNTS and any(
                    _is_unknown(a.text, known) for a in call.arguments if not a.literal
                ):
                    handed.any_of.add(path)
            else:
                handed.dead[maker].append((path, call.line, reason))
    return handed


def _names(call: Call) -> set[str]:
    return {
        word for argument in call.arguments if not argument.literal for word in _WORD.findall(argument.text)
    }


def _is_unknown(text: str, known: set[str]) -> bool:
    """Whether an argument can't be traced by its name: a loop's variable, a parameter, an expression."""
    return _DOTTED.match(text) is None or text.partition(".")[0] not in known
