"""Checks made for tests of the engine, from a function and what matters of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from checks.model import Finding, Gap, Proof, Severity, Stage
from checks.registry import Check
from checks.snapshot import Snapshot


def make_check(
    run: Callable[[Snapshot], Iterator[Finding]],
    *,
    id: str = "made-for-a-test",  # noqa: A002 - the field's name
    area: str = "claims",
    about: tuple[type[Any], ...] = (),
    severity: Severity = Severity.HIGH,
    blocks: Stage = Stage.PRODUCTION,
    proof: Proof = Proof.PRESENCE,
    on_trial: bool = False,
    says_met: bool = False,
) -> Check:
    return Check(
        id,
        area,
        "Made for a test",
        "",
        severity,
        about,
        blocks,
        (1.0, 2.0),
        proof,
        on_trial,
        run,
        says_met=says_met,
    )


def files_named(name: str) -> Callable[[Snapshot], Iterator[Finding]]:
    """A run that finds a gap in every file of this name."""

    def run(snapshot: Snapshot) -> Iterator[Finding]:
        for path in sorted(snapshot.paths):
            if path.rpartition("/")[2].startswith(name):
                yield Gap(name, f"{path} is there", path, 1)

    return run
