"""A review from its trees and facts to the texts that are left at GitHub. No input or output: it runs in a worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.coverage_reports import covered
from bot.rendering.check_runs import RunText, area_runs, verdict_run
from bot.rendering.comment import comment
from bot.rendering.links import Links
from checks import Policy, PolicyProblem, Tree, review

Facts = Mapping[tuple[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be reviewed, under which policy, but for the facts. `standing`: a comment of ours is there already.

    `artifacts` are archives that may hold coverage reports of the head, as somebody left them.
    """

    base: Tree
    head: Tree
    policy: Policy
    problems: tuple[PolicyProblem, ...]
    policy_source: str
    links: Links
    today: dt.date
    standing: bool
    artifacts: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a review says, and its figures for the log. The last run is the verdict's."""

    runs: tuple[RunText, ...]
    comment: str | None
    verdict: str
    new: int
    resolved: int
    existing: int


def write(case: Case, facts: Facts) -> Written:
    """Review a case and put it into words."""
    result = review(case.base, case.head, facts, case.policy, case.today, covered(case.artifacts))
    verdict = verdict_run(result, case.links, problems=case.problems, policy_source=case.policy_source)
    return Written(
        (*area_runs(result, case.links), verdict),
        comment(result, case.links, problems=case.problems, standing=case.standing),
        str(result.verdict),
        len(result.new),
        len(result.resolved),
        len(result.existing),
    )
