"""Where tests turn a failure into a skip or into nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tests.tests_reach import TestsReach
from checks.facts.go_source import GoSource
from checks.facts.go_tests import GoTests
from checks.facts.roles import Role
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SwallowedFailure:
    """One place: the test, what it does instead of failing, and why that is a failure."""

    path: str
    line: int
    test: str
    how: str
    why: str


@dataclass(frozen=True)
class SwallowedFailures:
    """The places, and how many test files were looked at."""

    places: tuple[SwallowedFailure, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        python = [module for module in snapshot.derived(TestsReach).modules if module.product]
        go = [(path, facts) for path, facts in snapshot.files(GoTests) if snapshot.role(path) is Role.TEST]
        places = [
            SwallowedFailure(
                module.path, line, test.name, how, "catches every error, that of an assertion too"
            )
            for module in python
            for test in module.facts.tests
            for how, line in test.swallowed[:1]
        ]
        return cls((*places, *_go(snapshot, go)), len(snapshot.derived(TestsReach)) + len(go))


def _go(snapshot: Snapshot, tests: list[tuple[str, GoTests]]) -> Iterator[SwallowedFailure]:
    """Skips when a function of the tested package itself fails: the test's subject, not its environment."""
    functions: dict[str, set[str]] = defaultdict(set)
    for path, source in snapshot.shipped(GoSource):
        names = {d.name for d in source.definitions if d.kind is DefinitionKind.FUNCTION}
        functions[path.rpartition("/")[0]] |= names
    for path, facts in tests:
        own = functions.get(path.rpartition("/")[0], set())
        for test in facts.tests:
            for how, line, called in test.swallowed[:1]:
                if called in own:
                    yield SwallowedFailure(
                        path, line, test.name, how, f"{called} failed, and it is what is tested"
                    )
