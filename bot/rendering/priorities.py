"""What to do first: gaps grouped into actions, ranked P0 to P3 and ordered by what has to stand before what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from checks import Check, ReportedGap, Severity, Stage


class Priority(StrEnum):
    """How soon: before staging, before production, soon after, when there is time."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


MEANINGS = {
    Priority.P0: "before staging",
    Priority.P1: "before production",
    Priority.P2: "soon after",
    Priority.P3: "when there is time",
}
# Code that can't start comes first, then what isn't wired, then what isn't tested, then how it is operated.
_BUILT = ("wiring", "completeness", "configuration", "claims")
_PROVED = ("tests", "ci")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, which closes every gap of one check; hours are the sum of the check's estimates."""

    priority: Priority
    check: Check
    gaps: tuple[ReportedGap, ...]

    @property
    def hours(self) -> tuple[float, float]:
        low, high = self.check.effort
        return low * len(self.gaps), high * len(self.gaps)


def actions(gaps: Iterable[ReportedGap]) -> tuple[Action, ...]:
    """The actions that close the gaps, in the order in which to do them."""
    keyed = sorted(gaps, key=lambda g: (priority(g), _order(g.check), g.check.area, g.check.id))
    return tuple(
        Action(rank, check, tuple(found))
        for (rank, check), found in (
            (key, tuple(group)) for key, group in groupby(keyed, key=lambda g: (priority(g), g.check))
        )
    )


def priority(gap: ReportedGap) -> Priority:
    """By the stage that the gap keeps the repository from, as the staged verdict counts it."""
    stops_staging = gap.check.blocks is Stage.STAGING and gap.severity.at_least(Severity.HIGH)
    critical = gap.severity is Severity.CRITICAL and gap.check.blocks is not Stage.NONE
    if stops_staging or critical:
        return Priority.P0
    if gap.severity.at_least(Severity.HIGH):
        return Priority.P1
    return Priority.P2 if gap.severity is Severity.MEDIUM else Priority.P3


def effort(found: Iterable[Action]) -> tuple[float, float]:
    """The sum of hours."""
    ranges = [action.hours for action in found]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _order(check: Check) -> int:
    if check.blocks is Stage.STAGING:
        return 0
    if check.area in _BUILT:
        return 1
    return 2 if check.area in _PROVED else 3
