"""Reports and reviews as SARIF 2.1.0, as code scanning and editors read it, with fingerprints that stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from bot.rendering.harmless import clean
from bot.rendering.links import Links
from bot.rendering.words import by_rank
from checks import Check, Evidence, Gap, Report, ReportedGap, Review, Severity, page

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "gonogo/v1"
MESSAGE_CAP = 1_000
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
Object = dict[str, Any]


def audit_sarif(report: Report, links: Links) -> str:
    """Every gap of a report; waived ones are suppressed results."""
    gaps = ((gap, None) for gap in (*report.gaps, *report.waived))
    return _log(report, list(gaps), links)


def review_sarif(review: Review, links: Links) -> str:
    """New, unchanged and absent results, seen from the head."""
    states = (("new", review.new), ("unchanged", review.existing), ("absent", review.resolved))
    gaps: list[tuple[ReportedGap, str | None]] = [(gap, state) for state, found in states for gap in found]
    return _log(review.head, gaps, links)


def _log(report: Report, gaps: list[tuple[ReportedGap, str | None]], links: Links) -> str:
    checks = [result.check for result in report.results]
    numbers = {check.id: number for number, check in enumerate(checks)}
    run: Object = {
        "tool": {"driver": _driver(checks, links)},
        "automationDetails": {"id": "gonogo/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The root of the repository."}}},
        "results": [_result(gap, state, numbers) for gap, state in sorted(gaps, key=lambda g: by_rank(g[0]))],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": list(_notices(report))}],
        "properties": {"commit": report.commit},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(checks: Iterable[Check], links: Links) -> Object:
    return {
        "name": "gonogo",
        "semanticVersion": version("gonogo"),
        "rules": [_rule(check, links) for check in checks],
    }


def _rule(check: Check, links: Links) -> Object:
    rule: Object = {
        "id": check.id,
        "shortDescription": {"text": check.title},
        "help": {"text": page(check), "markdown": page(check)},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": [check.area], "severity": check.severity, "onTrial": check.on_trial},
    }
    target = links.page(check.id)
    return {**rule, "helpUri": target} if target else rule


def _result(gap: ReportedGap, state: str | None, numbers: dict[str, int]) -> Object:
    result: Object = {
        "ruleId": gap.check.id,
        "level": _LEVELS[gap.severity],
        "message": {"text": clean(gap.gap.message, MESSAGE_CAP)},
        "locations": [_location(gap.gap)],
        "relatedLocations": [_related(number, e) for number, e in enumerate(gap.gap.evidence)],
        "partialFingerprints": {FINGERPRINT: gap.fingerprint},
        "properties": {"subject": gap.gap.subject, "severity": gap.severity},
    }
    if gap.check.id in numbers:
        result["ruleIndex"] = numbers[gap.check.id]
    if state:
        result["baselineState"] = state
    if gap.waiver:
        result["suppressions"] = [{"kind": "external", "justification": gap.waiver.reason}]
    return result


def _location(place: Gap | Evidence) -> Object:
    """A line of a file; for a gap of the whole repository only its name."""
    if place.path is None:
        return {"logicalLocations": [{"name": place.subject}]} if isinstance(place, Gap) else {}
    physical: Object = {"artifactLocation": {"uri": quote(place.path, errors="replace"), "uriBaseId": "ROOT"}}
    if place.line:
        physical["region"] = {"startLine": place.line}
    return {"physicalLocation": physical}


def _related(number: int, evidence: Evidence) -> Object:
    return {"id": number, "message": {"text": clean(evidence.note, MESSAGE_CAP)}, **_location(evidence)}


def _notices(report: Report) -> Iterator[Object]:
    """Checks that could not decide: a result that isn't there is no pass."""
    for result in report.results:
        for reason in result.reasons:
            yield {
                "descriptor": {"id": result.check.id},
                "level": "warning",
                "message": {"text": f"{result.check.id} is {result.outcome}: {clean(reason, MESSAGE_CAP)}"},
            }
