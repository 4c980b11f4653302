"""Reports and reviews made by hand, so that golden files don't change with the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from bot.rendering.links import Links
from checks import (
    Check,
    CheckResult,
    Entry,
    Evidence,
    Gap,
    Outcome,
    Policy,
    Proof,
    Report,
    ReportedGap,
    Review,
    Severity,
    Snapshot,
    Stage,
    Verdict,
)
from checks.policy import Waiver
from checks.report import Place

BASE = "a" * 40
HEAD = "b" * 40
LINKS = Links("https://github.com", "octo/service", "https://gonogo.example")


def _never(_: Snapshot) -> Iterator[Gap]:
    yield from ()


def check(
    check_id: str,
    area: str,
    title: str,
    severity: Severity = Severity.HIGH,
    *,
    blocks: Stage = Stage.PRODUCTION,
    proof: Proof = Proof.PRESENCE,
    on_trial: bool = False,
) -> Check:
    return Check(
        id=check_id,
        area=area,
        title=title,
        documentation=f"{title}.\n\nWhy.\n\n## Fix\n\nHow.\n",
        severity=severity,
        about=(),
        blocks=blocks,
        effort=(0.5, 2.0),
        proof=proof,
        on_trial=on_trial,
        run=_never,
    )


UNWIRED = check(
    "module-never-imported", "wiring", "Shipped code that no entry point reaches", Severity.CRITICAL
)
DANGLING = check(
    "import-resolves-to-no-module",
    "wiring",
    "An import has no target",
    Severity.CRITICAL,
    blocks=Stage.STAGING,
)
UNTESTED = check("tests-not-run-in-ci", "ci", "Tests that no workflow runs", proof=Proof.ABSENCE)
UNPINNED = check("ci-action-not-sha-pinned", "supply_chain", "An action is not pinned", Severity.MEDIUM)
ROOT = check("container-runs-as-root", "containers", "A container runs as root")
TODO = check("todo-in-shipped-code", "completeness", "Work left undone", Severity.LOW, blocks=Stage.NONE)
TRIAL = check("unbounded-in-memory-growth", "resilience", "Memory grows", Severity.MEDIUM, on_trial=True)
LOCKED = check("dependencies-not-locked", "supply_chain", "Dependencies are not locked", proof=Proof.ABSENCE)


def gap(
    found_by: Check,
    subject: str,
    message: str,
    path: str | None = None,
    line: int | None = None,
    *evidence: Evidence,
    severity: Severity | None = None,
) -> ReportedGap:
    return ReportedGap(
        found_by,
        Gap(subject, message, path, line, evidence),
        severity or found_by.severity,
        f"{found_by.id}-{subject}"[:40],
    )


def result(
    of: Check, *gaps: ReportedGap, outcome: Outcome | None = None, reasons: tuple[str, ...] = ()
) -> CheckResult:
    standing = tuple(g for g in gaps if not g.waiver)
    what = outcome or (Outcome.GAP if standing else Outcome.PASSED)
    waived = tuple(g for g in gaps if g.waiver)
    return CheckResult(of, what, {"PythonSource": 12}, standing, waived, reasons)


def report(*results: CheckResult, commit: str = HEAD, unreadable: dict[str, str] | None = None) -> Report:
    places = {g.gap.path for r in results for g in r.gaps if g.gap.path} | {
        "Dockerfile",
        "app/old.py",
        "app/cache.py",
    }
    tree = {path: Entry(path, 0o100644, "0" * 40, 4_000) for path in sorted(places)}
    return Report(commit, results, tree, unreadable or {}, Policy())


def review(
    head: Report,
    *,
    new: tuple[ReportedGap, ...] = (),
    resolved: tuple[ReportedGap, ...] = (),
    existing: tuple[ReportedGap, ...] = (),
    trial: tuple[ReportedGap, ...] = (),
    lost: tuple[str, ...] = (),
    verdict: Verdict = Verdict.GO,
) -> Review:
    return Review(report(commit=BASE), head, new, resolved, existing, trial, lost, verdict)


ORPHAN = gap(
    UNWIRED,
    "app.billing",
    "`app.billing` is imported by nothing that `app.main` reaches.",
    "app/billing.py",
    1,
    Evidence("the only entry point is `python -m app.main`", "Dockerfile", 9),
    Evidence("looked for imports of `app.billing` in 41 files: 2, both in tests"),
    Evidence("looked for a plugin list, there is none", "app/plugins.toml"),
)
BROKEN = replace(
    gap(DANGLING, "app.mail", "`from app.mail import send` finds no module.", "app/jobs.py", 3),
    cause="this change deleted `app/mail.py`",
)
TESTLESS = gap(
    UNTESTED,
    "pytest",
    "`tests/` holds 31 tests; no workflow runs `pytest`.",
    None,
    None,
    Evidence("looked for `pytest`, `tox` and `nox` in every step of 2 workflows"),
)
ACTIONS = tuple(
    gap(UNPINNED, name, f"`{name}@v4` can be moved by its owner.", ".github/workflows/ci.yml", line)
    for name, line in (
        ("actions/checkout", 8),
        ("actions/setup-python", 11),
        ("docker/build-push-action", 30),
    )
)
FIXED = replace(gap(ROOT, "runtime", "Stage `runtime` sets no user.", "Dockerfile", 12), how="fixed")
REMOVED = replace(
    gap(TODO, "retry", "TODO without an issue: `retry on 503`", "app/old.py", 77), how="removed"
)
MOVED = replace(
    gap(TODO, "limits", "TODO without an issue: `enforce limits`", "app/api/limits.py", 5),
    was=Place("app/limits.py", 5),
)
GROWTH = gap(TRIAL, "cache", "`cache` is only ever added to.", "app/cache.py", 14)
WAIVED = replace(
    gap(LOCKED, "pyproject.toml", "No lock file.", "pyproject.toml", 1),
    waiver=Waiver(check=LOCKED.id, reason="a library | never @deployed", expires=dt.date(2026, 12, 31)),
)
UNDECIDED = result(
    UNTESTED,
    outcome=Outcome.UNDECIDED,
    reasons=("`.github/workflows/ci.yml` is unreadable: not UTF-8 at byte 7",),
)
HEAD_REPORT = report(
    result(UNWIRED, ORPHAN),
    result(DANGLING, BROKEN),
    result(UNTESTED, TESTLESS),
    result(UNPINNED, *ACTIONS),
    result(ROOT),
    result(TODO, MOVED),
    result(TRIAL, GROWTH),
    result(LOCKED, WAIVED),
    unreadable={"app/legacy.py": "not UTF-8 at byte 1042"},
)
NO_GO = review(
    HEAD_REPORT,
    new=(ORPHAN, BROKEN, TESTLESS, *ACTIONS),
    resolved=(FIXED, REMOVED),
    existing=(MOVED,),
    trial=(GROWTH,),
    verdict=Verdict.NO_GO,
)
CONDITIONAL = review(
    report(result(UNPINNED, *ACTIONS)), new=ACTIONS[:1], existing=ACTIONS[1:], verdict=Verdict.CONDITIONAL
)
RESOLVED = review(report(result(ROOT), result(TODO, MOVED)), resolved=(FIXED,), existing=(MOVED,))
QUIET = review(report(result(ROOT), result(TODO, MOVED)), existing=(MOVED,))
LOST = review(
    report(
        UNDECIDED,
        result(ROOT),
        unreadable={"app/old.py": "not UTF-8 at byte 7", "app/new.py": "holds NUL bytes"},
    ),
    lost=(UNTESTED.id,),
    verdict=Verdict.CONDITIONAL,
)
ANNOUNCED = replace(
    review(report(result(UNWIRED, ORPHAN)), existing=(ORPHAN,), resolved=(FIXED,)),
    announced=(
        Evidence("All phases complete ✅ @everyone", "docs/STATUS.md", 3),
        Evidence("Status: production-ready", "README.md", 9),
    ),
)
CRASHED = result(LOCKED, outcome=Outcome.CRASHED, reasons=("KeyError at checks/ci/no_ci.py:41",))
DOUBTFUL = replace(report(UNDECIDED, CRASHED, result(TODO, outcome=Outcome.NOT_APPLICABLE)), truncated=True)
