"""Reports and reviews as JSON, schema version 1: stable keys, extra ones may be added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.rendering.words import by_rank
from checks import Check, CheckResult, PolicyProblem, Report, ReportedGap, Review, readiness

SCHEMA = 1
Object = dict[str, Any]


def audit_json(report: Report, problems: Iterable[PolicyProblem] = ()) -> str:
    """A report."""
    return _written({**_audit(report, problems), "gaps": _gaps(report.gaps)})


def review_json(review: Review, problems: Iterable[PolicyProblem] = ()) -> str:
    """The head's report with what the change did."""
    gaps = {"new": _gaps(review.new), "resolved": _gaps(review.resolved), "existing": _gaps(review.existing)}
    sides = {"base": review.base.commit, "head": review.head.commit}
    conclusion = {"conclusion": review.conclusion, "lost": list(review.lost)}
    trial = {"trial": {"new": _gaps(review.trial_new), "all": _gaps(review.head.trial_gaps)}}
    return _written({**_audit(review.head, problems), **sides, **conclusion, "gaps": gaps, **trial})


def checks_json(checks: Iterable[Check]) -> str:
    """The catalogue."""
    return _written({"schema": SCHEMA, "checks": [_check(check) for check in checks]})


def _audit(report: Report, problems: Iterable[PolicyProblem]) -> Object:
    ready = readiness(report)
    return {
        "schema": SCHEMA,
        "commit": report.commit,
        "verdict": {"staging": str(ready.staging), "production": str(ready.production)},
        "score": {"passed": ready.score.passed, "applicable": ready.score.applicable},
        "criteria": [
            {"stage": c.stage, "name": c.name, "required": c.required, "actual": c.actual, "state": c.state}
            for c in ready.criteria
        ],
        "checks": [_result(result) for result in report.results],
        "trial": _gaps(report.trial_gaps),
        "waived": _gaps(report.waived),
        "unreadable": [
            {"path": path, "reason": reason} for path, reason in sorted(report.unreadable.items())
        ],
        "truncated": report.truncated,
        "policy_problems": [{"line": problem.line, "message": problem.message} for problem in problems],
    }


def _result(result: CheckResult) -> Object:
    return {
        "id": result.check.id,
        "area": result.check.area,
        "severity": result.check.severity,
        "outcome": result.outcome,
        "scope": dict(result.scope),
        "gaps": len(result.gaps),
        "waived": len(result.waived),
        "on_trial": result.check.on_trial,
        "reasons": list(result.reasons),
    }


def _check(check: Check) -> Object:
    return {
        "id": check.id,
        "area": check.area,
        "title": check.title,
        "severity": check.severity,
        "blocks": check.blocks,
        "proof": check.proof,
        "on_trial": check.on_trial,
        "effort_hours": list(check.effort),
    }


def _gaps(gaps: Iterable[ReportedGap]) -> list[Object]:
    return [_gap(gap) for gap in sorted(gaps, key=by_rank)]


def _gap(gap: ReportedGap) -> Object:
    found = {
        "check": gap.check.id,
        "area": gap.check.area,
        "severity": gap.severity,
        "subject": gap.gap.subject,
        "path": gap.gap.path,
        "line": gap.gap.line,
        "message": gap.gap.message,
        "fingerprint": gap.fingerprint,
        "evidence": [{"path": e.path, "line": e.line, "note": e.note} for e in gap.gap.evidence],
        "effort_hours": list(gap.check.effort),
    }
    return found | _history(gap)


def _history(gap: ReportedGap) -> Object:
    """What only some gaps have; absent where there is nothing to say."""
    found: Object = {}
    if gap.was:
        found["was"] = {"path": gap.was.path, "line": gap.was.line}
    if gap.how:
        found["how"] = gap.how
    if gap.cause:
        found["cause"] = gap.cause
    if gap.waiver:
        found["waiver"] = {"reason": gap.waiver.reason, "expires": gap.waiver.expires.isoformat()}
    return found


def _written(value: Object) -> str:
    """Plain ASCII, so that no terminal, pipe or locale can break it."""
    return json.dumps(value, indent=2) + "\n"
