"""The words of the engine as types: what a check says, how bad it is, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a gap hurts in production, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for critical, 3 for low."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        return self.rank <= other.rank

    @property
    def next_lower(self) -> Severity:
        """The next one down; low stays low."""
        return list(Severity)[min(self.rank + 1, Severity.LOW.rank)]


class Stage(StrEnum):
    """The stage that a gap keeps the repository from; what blocks staging blocks production too."""

    STAGING = "staging"
    PRODUCTION = "production"
    NONE = "none"


class Outcome(StrEnum):
    """What became of a check on one snapshot."""

    PASSED = "passed"
    GAP = "gap"
    NOT_APPLICABLE = "not applicable"
    UNDECIDED = "undecided"
    CRASHED = "crashed"


class Proof(StrEnum):
    """What a gap of a check rests on.

    PRESENCE: the lines it names. ABSENCE: that nothing in all that was read does the thing, so one
    unreadable shipped file makes the check undecided.
    """

    PRESENCE = "presence"
    ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observation behind a gap: a place, or what was looked for and not found (no path).

    `searched` marks a place that only was looked through: the gap doesn't rest on it.
    """

    note: str
    path: str | None = None
    line: int | None = None
    searched: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing a check found missing or wrong.

    `subject` is the stable name of the thing (tool, module, symbol, claimed path): it and `path` are the
    identity, so neither may hold a line number, a version tag or a message. `line` counts from 1.
    `severity` replaces the check's own where the evidence says so.
    """

    subject: str
    message: str
    path: str | None = None
    line: int | None = None
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A check's word that it can't tell, and why."""

    reason: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """A check's word that what it asks for is there, and where: shown with the gap of this subject and path that it closes."""

    subject: str
    evidence: tuple[Evidence, ...]
    path: str | None = None


Finding = Gap | Undecided | Met


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a tree: git's mode (0o100644, 0o100755, 0o120000 link, 0o160000 submodule) and blob id.

    `size` is in bytes; None where the source doesn't say (submodules).
    """

    path: str
    mode: int
    blob: str
    size: int | None = None

    @property
    def is_file(self) -> bool:
        return self.mode & 0o170000 == 0o100000
