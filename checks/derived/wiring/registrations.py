"""Things that register themselves when their file is loaded, and programs that load none of those files."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.import_graph import ImportGraph
from checks.derived.references import is_test_code
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.source import Call, DefinitionKind, ImportForm, Source
from checks.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.entry_point import EntryPoint
    from checks.snapshot import Snapshot

_REGISTERS = re.compile(r"^register\w*$", re.IGNORECASE)
_REFUSES = re.compile(
    r"\b(?:unknown|unsupported|unrecogni[sz]ed|unregistered|invalid|no such|not registered|not found|no \w+ registered)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(r"^(?:not found|invalid|unsupported|unknown)[.!]?$", re.IGNORECASE)  # names nothing
_STARTED = (Rank.DEPLOYED, Rank.IMAGE, Rank.INSTALLED, Rank.CONVENTION)


@dataclass(frozen=True, slots=True)
class EmptyRegistry:
    """A program that asks a registry for things by name and loads nothing that registers any."""

    point: EntryPoint
    registry: str
    refusal: tuple[str, int, str]  # file, line and text of what fails on an unknown name
    asks: str  # the file of the program that asks
    registrants: tuple[tuple[str, int], ...]
    file: str  # the point's target; of a Go package the file with its main function

    def evidence(self) -> Iterator[Evidence]:
        """What is started, where it asks, what fails, and what would have registered itself."""
        yield Evidence(f"started as {self.point.form}", self.point.path, self.point.line)
        yield Evidence("asks for something by name", self.asks)
        path, line, text = self.refusal
        yield Evidence(f"an unknown name fails here: {text}", path, line)
        for registrant, number in self.registrants[:6]:
            yield Evidence(
                "registers itself when it is loaded, which this program never does", registrant, number
            )


@dataclass(frozen=True)
class Registrations:
    """The programs with an empty registry, and how many pairs of registry and program were judged."""

    empty: tuple[EmptyRegistry, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources: dict[str, Source] = {
            path: source
            for kind in (GoSource, PythonSource)
            for path, source in snapshot.files(kind)
            if snapshot.role(path) is Role.SHIPPED and not is_test_code(snapshot, path)
        }
        registries = _registries(snapshot, sources)
        fillers = _fillers(snapshot, sources, set(registries))
        points = [p for p in snapshot.derived(EntryPoints).points if p.rank in _STARTED and not p.wildcard]
        graph = snapshot.derived(ImportGraph)
        empty: list[EmptyRegistry] = []
        judged = 0
        for registry, registrants in sorted(registries.items()):
            refusals = dict(_refusals(registry, sources))
            filled = {_unit(path) for path in (*(p for p, _ in registrants), *fillers.get(registry, ()))}
            found, is_filled = [], False
            for point in points if refusals else ():
                reached = graph.reached_from([point.target])
                asks = _asks(registry, set(refusals), reached, sources) if registry in reached else None
                if asks is None:
                    continue
                judged += 1
                if filled.isdisjoint(reached):
                    refusal = refusals[asks[1]]
                    file = _file(point.target, sources)
                    found.append(EmptyRegistry(point, registry, refusal, asks[0], tuple(registrants), file))
                else:
                    is_filled = True
            # Where a program fills it, one that only carries the asking code with it may never ask.
            empty += [one for one in found if not is_filled or _unit(one.asks) == one.point.target]
        unique = {(one.point.target, one.registry): one for one in reversed(empty)}
        return cls(tuple(unique[key] for key in sorted(unique)), judged)


def _file(target: str, sources: dict[str, Source]) -> str:
    mains = (path for path, source in sources.items() if _unit(path) == target and source.runs_as_main)
    return target if target in sources else next(mains, target)


def _unit(path: str) -> str:
    """What is loaded at once: the package of a Go file, else the file."""
    return path.rpartition("/")[0] if path.endswith(".go") else path


def _registries(snapshot: Snapshot, sources: dict[str, Source]) -> dict[str, list[tuple[str, int]]]:
    """By registry (a file, or the folder of a Go package), the places that register something as they are loaded."""
    imports = snapshot.derived(ImportGraph).imports
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for path, source in sources.items():
        for name, line in _registering(source):
            targets = {edge.target for edge in imports.get(path, ()) if edge.line in _lines(source, name)}
            for target in targets - {path, _unit(path)}:
                found[target].append((path, line))
    return found


def _fillers(snapshot: Snapshot, sources: dict[str, Source], registries: set[str]) -> dict[str, set[str]]:
    """By registry, the files that register something there as the program runs."""
    imports = snapshot.derived(ImportGraph).imports
    found: dict[str, set[str]] = defaultdict(set)
    for path, source in sources.items():
        targets = {edge.line: edge.target for edge in imports.get(path, ()) if edge.target in registries}
        names = (
            {call.callee.partition(".")[0] for call in source.calls if _registers(call)} if targets else ()
        )
        for name in names:
            for line in _lines(source, name) & targets.keys():
                found[targets[line]].add(path)
    return found


def _registers(call: Call) -> bool:
    return bool(call.inside and call.arguments and _REGISTERS.match(call.callee.rpartition(".")[2]))


def _registering(source: Source) -> Iterator[tuple[str, int]]:
    """The first names of calls and decorators that register something while the file is loaded."""
    at_load = "init" if isinstance(source, GoSource) else None
    for call in source.calls:
        if call.inside == at_load and call.arguments and _REGISTERS.match(call.callee.rpartition(".")[2]):
            yield call.callee.partition(".")[0], call.line
    for definition in source.definitions:
        for decorator in definition.decorators if "." not in definition.name else ():
            callee, bracket, _ = decorator.partition("(")
            if bracket and _REGISTERS.match(callee.rpartition(".")[2]):
                yield callee.partition(".")[0], definition.line


def _lines(source: Source, name: str) -> set[int]:
    """The lines that import what is called by this name."""
    return {
        statement.line
        for statement in source.imports
        if statement.form is not ImportForm.DYNAMIC
        and name in (*statement.names, statement.alias, re.split(r"[./]", statement.module)[-1])
    }


def _refusals(registry: str, sources: dict[str, Source]) -> Iterator[tuple[str, tuple[str, int, str]]]:
    """The functions in the files that refuse unknown names, each with the refusal."""
    for path, source in sources.items():
        if path != registry and _unit(path) != registry:
            continue
        texts = [
            s for s in source.strings if s.inside and _REFUSES.search(s.value) and not _STATUS.match(s.value)
        ]
        for definition in source.definitions if texts else ():
            if definition.kind in (DefinitionKind.FUNCTION, DefinitionKind.METHOD):
                yield definition.name.rpartition(".")[2], (path, texts[0].line, texts[0].value[:80])


def _asks(
    registry: str, functions: set[str], reached: frozenset[str], sources: dict[str, Source]
) -> tuple[str, str] | None:
    """A file of the program, outside the registry, that calls one of its functions, and which."""
    for path, source in sources.items():
        if _unit(path) == registry or path == registry or _unit(path) not in reached:
            continue
        for call in source.calls:
            last = call.callee.rpartition(".")[2]
            if last in functions and not _REGISTERS.match(last):
                return path, last
    return None
