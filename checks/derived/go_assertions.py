"""Go tests that name nothing of what they test: they check what they built themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.go_modules import GoModules
from checks.facts.go_source import GoSource
from checks.facts.go_tests import GoTests
from checks.facts.roles import Role

if TYPE_CHECKING:
    from checks.facts.go_tests import GoTest
    from checks.snapshot import Snapshot


@dataclass(frozen=True)
class GoAssertions:
    """The tests that check only what they built themselves, by file; how many were looked at."""

    own_literals: tuple[tuple[str, GoTest], ...]
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
            for test in facts.tests:
                count += 1
                judged = test.checks and not (test.skipped or test.handed_on or "*" in known)
                if judged and not test.names & known:
                    own.append((path, test))
        return cls(tuple(own), count)


def _imported(path: str, source: GoSource, modules: GoModules) -> set[str]:
    """The names by which a file calls packages of its own module; "*" where it imports all names of one."""
    own = [one for one in source.imports if modules.folder_of(path, one.module) is not None]
    stars = {"*" for one in source.imports if "*" in one.names}
    return stars | {one.alias or one.module.rpartition("/")[2] for one in own}
