"""What a gap weighs in code: one rank less where nothing that ships reaches it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from checks.derived.programs_aside import ProgramsAside
from checks.derived.tree_paths import is_hidden
from checks.derived.unreachable import Unreachable
from checks.model import Evidence

if TYPE_CHECKING:
    from checks.model import Gap, Severity
    from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class LiveCode:
    """The files that nothing shipped reaches, each with the folder or file that is unreachable as a whole."""

    dead: dict[str, str]
    aside: ProgramsAside

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        code = snapshot.derived(Unreachable).code
        # What a published library doesn't use itself, its users may.
        dead = {path: group.path for group in code if not group.library for path in group.files}
        return cls(dead, snapshot.derived(ProgramsAside))

    def ranked(self, gap: Gap, severity: Severity) -> Gap:
        """The gap, one rank lower in dead code, with the reason among its evidence."""
        group = self.dead.get(gap.path or "")
        note = "nothing that ships reaches this code"
        if group is None:
            group, note = (
                self.aside.of(gap.path or ""),
                "a program beside the product, which nobody publishes and no image or CI names",
            )
        if group is None and gap.path and is_hidden(gap.path):
            group, note = gap.path.rpartition("/")[0], "a folder of a tool, which ships nothing"
        if group is None:
            return gap
        reason = Evidence(f"{note}, so it weighs one rank less", group)
        return replace(gap, severity=severity.next_lower, evidence=(*gap.evidence, reason))
