"""gonogo audit: the readiness of one commit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.deadline import SECONDS, deadline
from bot.cli.errors import GAPS, GO, UsageError
from bot.cli.options import (
    CoverageOption,
    Format,
    FormatOption,
    PolicyOption,
    RepositoryOption,
    TimeoutOption,
)


def audit(
    repository: RepositoryOption = Path(),
    revision: Annotated[
        str, typer.Option("--rev", metavar="REV", help="A branch, tag, commit or HEAD~1.")
    ] = "HEAD",
    style: FormatOption = Format.TEXT,
    policy: PolicyOption = None,
    coverage: CoverageOption = None,
    reachability: Annotated[
        bool,
        typer.Option(
            "--reachability",
            help="List every module instead: the surest entry point that reaches it, and the tests that do. Text or JSON.",
        ),
    ] = False,
    timeout: TimeoutOption = SECONDS,
) -> int:
    """Say how ready for production one commit is."""
    from bot.cli.inspection import audit_repository, module_reach  # noqa: PLC0415 - the engine is heavy
    from bot.cli.styles import show_audit, show_modules  # noqa: PLC0415

    if reachability and style not in (Format.TEXT, Format.JSON):
        raise UsageError("--reachability writes text or json")
    with deadline(timeout):
        if reachability:
            show_modules(module_reach(repository, revision), style)
            return GO
        audited = audit_repository(repository, revision, policy, coverage)
        show_audit(audited, style)
    level = audited.report.policy.fail_on
    return GAPS if any(gap.severity.at_least(level) for gap in audited.report.gaps) else GO
