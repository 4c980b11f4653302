"""The registry: every check, found by walking the areas. Nothing is listed by hand."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from checks.model import Finding, Proof, Severity, Stage
from checks.snapshot import Ranking, Snapshot

Run = Callable[[Snapshot], Iterator[Finding]]
NOT_AREAS = frozenset({"facts", "derived"})


@dataclass(frozen=True, slots=True)
class Check:
    """A question about a snapshot's facts. Id, area and page derive from the file's path.

    `effort` is the range of hours that closing one gap takes, an estimate. `about` names the kinds of which at
    least one must be there, else the check is not applicable. `ranked_by` weighs each gap by its place. One that `says_met`
    names all that has what it asks for, so that a gap which goes without a word is no longer owed.
    """

    id: str
    area: str
    title: str
    documentation: str
    severity: Severity
    about: tuple[type[Any], ...]
    blocks: Stage
    effort: tuple[float, float]
    proof: Proof
    on_trial: bool
    run: Run
    ranked_by: type[Ranking] | None = None
    says_met: bool = False


def check(  # noqa: PLR0913 - a check's metadata
    *,
    severity: Severity,
    about: type[Any] | tuple[type[Any], ...] = (),
    blocks: Stage = Stage.PRODUCTION,
    effort: tuple[float, float] = (0.5, 2.0),
    proof: Proof = Proof.PRESENCE,
    on_trial: bool = False,
    ranked_by: type[Ranking] | None = None,
    says_met: bool = False,
) -> Callable[[Run], Check]:
    """Make a generator the check of its file. Without `about` it always applies."""

    def register(run: Run) -> Check:
        module = sys.modules[run.__module__]
        _, area, name = run.__module__.rsplit(".", 2)
        documentation = inspect.cleandoc(module.__doc__ or "")
        return Check(
            id=name.replace("_", "-"),
            area=area,
            title=documentation.partition("\n")[0].rstrip("."),
            documentation=documentation,
            severity=severity,
            about=about if isinstance(about, tuple) else (about,),
            blocks=blocks,
            effort=effort,
            proof=proof,
            on_trial=on_trial,
            run=run,
            ranked_by=ranked_by,
            says_met=says_met,
        )

    return register


def areas() -> tuple[str, ...]:
    """The names of the areas: the packages beside the engine."""
    package = importlib.import_module("checks")
    found = (module.name for module in pkgutil.iter_modules(package.__path__) if module.ispkg)
    return tuple(sorted(set(found) - NOT_AREAS))


@lru_cache(maxsize=1)
def all_checks() -> tuple[Check, ...]:
    """Every check, by area and id."""
    return tuple(
        sorted((found for area in areas() for found in _checks_in(area)), key=lambda c: (c.area, c.id))
    )


def _checks_in(area: str) -> Iterator[Check]:
    package = importlib.import_module(f"checks.{area}")
    for module in pkgutil.iter_modules(package.__path__):
        for value in vars(importlib.import_module(f"checks.{area}.{module.name}")).values():
            if isinstance(value, Check):
                yield value


def find_check(check_id: str) -> Check | None:
    """The check of this id."""
    return next((known for known in all_checks() if known.id == check_id), None)
