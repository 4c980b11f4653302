"""The benchmarks of a repository, what they exercise, and what CI does with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from checks.derived.ci_commands import CiCommand, ContinuousIntegration
from checks.derived.import_graph import ImportGraph
from checks.derived.tree_index import folders_up
from checks.facts.cargo import CargoManifest
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import ImportForm, Source
from checks.snapshot import Snapshot

_FILE = re.compile(
    r"(?:^|/)(?:[\w.-]+[._-]bench(?:mark)?s?|bench(?:mark)?s?[._-][\w.-]+|bench(?:mark)?)\.(?:py|rs|ts|js|mjs|tsx)$"
)
_RUNS = re.compile(
    r"\bcargo (?:\S+ )*bench\b|\bcargo (?:\S+ )*(?:criterion|codspeed)\b|-bench[= ]|--benchmark(?!-(?:skip|disable))|\basv\b|\bvitest bench\b|"
    r"\bhyperfine\b|codspeed|bencher|benchmark-action|\biai\b|\bbench(?:mark)?s?\b",
    re.IGNORECASE,
)
_COMPILES_ONLY = re.compile(r"--no-run|\bcargo (?:\S+ )*(?:check|clippy|build|test)\b")
_STARTS = re.compile(r"(?:main|benches)!$")
_COMPARES = re.compile(
    r"benchmark-action|critcmp|bencher|codspeed|--save-baseline|--baseline|benchstat|--benchmark-compare|asv (?:continuous|compare)|"
    r"criterion-compare|cob\b|gobenchdata|benchdiff|regression|hyperfine[^\n]*compare",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A file of benchmarks. `exercises_product` is None where that can't be told."""

    path: str
    exercises_product: bool | None


@dataclass(frozen=True)
class Benchmarks:
    """Every benchmark, with CI beside it."""

    all: tuple[Benchmark, ...]
    ci: ContinuousIntegration

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(sorted(_benchmarks(snapshot), key=lambda one: one.path)),
            snapshot.derived(ContinuousIntegration),
        )

    def __len__(self) -> int:
        return len(self.all)

    @cached_property
    def runs(self) -> tuple[CiCommand, ...]:
        """The commands of CI that speak of benchmarks and do more than compile them."""
        spoken = (command for command in self.ci.commands if _RUNS.search(command.text))
        return tuple(command for command in spoken if not _COMPILES_ONLY.search(command.text))

    @cached_property
    def compiled_by(self) -> tuple[CiCommand, ...]:
        return tuple(
            c for c in self.ci.commands if re.search(r"bench", c.text) and _COMPILES_ONLY.search(c.text)
        )

    @property
    def are_run(self) -> bool:
        return bool(self.runs) or any(re.search(r"bench|codspeed", action.name) for action in self.ci.actions)

    @property
    def are_compared(self) -> bool:
        return self.ci.mentions(_COMPARES)


def _benchmarks(snapshot: Snapshot) -> Iterator[Benchmark]:
    for path, source in snapshot.files(Source):
        if (
            snapshot.role(path) is Role.BENCHMARK
            and source.definitions
            and not path.endswith((".sh", ".bash"))
        ):
            yield Benchmark(path, _exercises(snapshot, path, source))
        elif snapshot.role(path) in {Role.SHIPPED, Role.TEST} and _FILE.search(path):
            yield Benchmark(path, None)
        elif isinstance(source, GoSource) and path.endswith("_test.go") and _has_go_benchmark(source):
            yield Benchmark(path, True)


def _has_go_benchmark(source: GoSource) -> bool:
    return any(re.match(r"Benchmark[A-Z]", definition.name) for definition in source.definitions)


def _exercises(snapshot: Snapshot, path: str, source: Source) -> bool | None:
    """Whether a benchmark imports the repository's own code."""
    if isinstance(source, RustSource):
        crates = _crates(snapshot, path)
        names = {statement.module.split("::")[0] for statement in source.imports}
        uses = names | {reference for reference in source.references if reference in crates}
        exercises = bool(crates & uses)
        return exercises if crates and (exercises or _is_whole(source)) else None
    if isinstance(source, PythonSource):
        graph = snapshot.derived(ImportGraph)
        targets = graph.imports.get(path, ())
        return any(snapshot.role(edge.target) is Role.SHIPPED for edge in targets) or None
    return None


def _is_whole(source: RustSource) -> bool:
    """Whether the file is a benchmark by itself: not a module of one, nor one that is made of modules."""
    starts = source.runs_as_main or any(_STARTS.search(call.callee) for call in source.calls)
    starts = starts or any("bench" in one.decorators for one in source.definitions)
    return starts and not any(statement.form is ImportForm.MODULE for statement in source.imports)


def _crates(snapshot: Snapshot, path: str) -> frozenset[str]:
    """The crates that a Rust benchmark can use and that are the tree's own."""
    own = {manifest.crate for _, manifest in snapshot.files(CargoManifest) if manifest.crate}
    folders = folders_up(path.rpartition("/")[0])
    package = next(
        (m for f in folders if (m := snapshot.get(f"{f}/Cargo.toml".lstrip("/"), CargoManifest)) and m.name),
        None,
    )
    if package is None:
        return frozenset()
    return frozenset(
        {package.crate or ""} | {d.crate for d in package.dependencies if d.crate in own} | {"crate", "super"}
    )
