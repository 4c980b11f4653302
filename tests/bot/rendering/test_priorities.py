"""What comes first: what keeps it from starting, then what keeps it from production, then the rest."""

from __future__ import annotations

import pytest

from bot.rendering.priorities import Priority, actions, effort, priority
from checks import Severity, Stage
from tests.bot.rendering.samples import ACTIONS, BROKEN, MOVED, ORPHAN, TESTLESS, check, gap


@pytest.mark.parametrize(
    ("severity", "blocks", "expected"),
    [
        (Severity.CRITICAL, Stage.PRODUCTION, Priority.P0),
        (Severity.HIGH, Stage.STAGING, Priority.P0),
        (Severity.HIGH, Stage.PRODUCTION, Priority.P1),
        (Severity.CRITICAL, Stage.NONE, Priority.P1),
        (Severity.MEDIUM, Stage.STAGING, Priority.P2),
        (Severity.LOW, Stage.PRODUCTION, Priority.P3),
    ],
)
def test_priorities(severity: Severity, blocks: Stage, expected: Priority) -> None:
    assert priority(gap(check("x", "ci", "X", severity, blocks=blocks), "s", "m")) is expected


def test_one_action_closes_every_gap_of_a_check() -> None:
    """Three unpinned actions are one thing to do, and its hours are three times the check's."""
    todo = actions((MOVED, *ACTIONS, TESTLESS, ORPHAN, BROKEN))
    assert [(a.priority, a.check.id, len(a.gaps)) for a in todo] == [
        (Priority.P0, "import-resolves-to-no-module", 1),
        (Priority.P0, "module-never-imported", 1),
        (Priority.P1, "tests-not-run-in-ci", 1),
        (Priority.P2, "ci-action-not-sha-pinned", 3),
        (Priority.P3, "todo-in-shipped-code", 1),
    ]
    assert todo[3].hours == (1.5, 6.0)
    assert effort(todo) == (3.5, 14.0)


def test_order_within_a_priority() -> None:
    """Wired before tested before operated."""
    areas = ("observability", "ci", "wiring", "tests", "resilience")
    found = [gap(check(f"gap-{area}", area, "X"), "s", "m") for area in areas]
    assert [a.check.area for a in actions(found)] == ["wiring", "ci", "tests", "observability", "resilience"]
