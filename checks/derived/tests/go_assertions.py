"""Go tests that name nothing of what they test: they check what they built themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.go_modules import GoModules
from checks.facts.go_source import GoSource
from checks.facts.go_tests import GoTests
from checks.facts.roles import Role
from checks.model import Evidence, Gap

if TYPE_CHECKING:
    from checks.facts.go_tests import GoTest
    from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class OwnLiterals:
    """A file whose tests, or some of them, check only what they built themselves."""

    path: str
    tests: tuple[GoTest, ...]

    def gap(self) -> Gap:
        """One gap for the file: what its author took for tests."""
        names = ", ".join(f"`{test.name}`" for test in self.tests[:4])
        more = f" and {len(self.tests) - 4} more" if len(self.tests) > 4 else ""
        message = (
            f"{names}{more}: checked is only what the test built itself, nothing of the code under test."
        )
        places = (
            Evidence(f"`{test.name}` names nothing of its package", self.path, test.line)
            for test in self.tests[:20]
        )
        return Gap(self.path.rpartition("/")[2], message, self.path, self.tests[0].line, tuple(places))


@dataclass(frozen=True)
class GoAssertions:
    """The tests that check only what they built themselves, by file; how many were looked at."""

    own_literals: tuple[OwnLiterals, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        names: dict[str, set[str]] = defaultdict(set)
        sources = dict(snapshot.files(GoSource))
        for path, source in sources.items():
            folder = names[path.rpartition("/")[0]]
            folder.update(definition.name.split(".")[-1] for definition in source.definitions)
            folder.update(binding.name for binding in source.bindings if binding.inside is None)
        modules, own, count = snapshot.derived(GoModules), [], 0
        for path, facts in snapshot.files(GoTests):
            tested = sources.get(path)
            if snapshot.role(path) is not Role.TEST or tested is None or tested.syntax_errors:
                continue
            known = names[path.rpartition("/")[0]] | _imported(path, tested, modules)
            count += len(facts.tests)
            judged = (t for t in facts.tests if t.checks and not (t.skipped or t.handed_on or "*" in known))
            if found := tuple(test for test in judged if not test.names & known):
                own.append(OwnLiterals(path, found))
        return cls(tuple(own), count)


def _imported(path: str, source: GoSource, modules: GoModules) -> set[str]:
    """The names by which a file calls packages of its own module; "*" where it imports all names of one."""
    own = [one for one in source.imports if modules.folder_of(path, one.module) is not None]
    stars = {"*" for one in source.imports if "*" in one.names}
    return stars | {one.alias or one.module.rpartition("/")[2] for one in own}
