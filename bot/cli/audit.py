"""gonogo audit: the readiness of one commit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import GAPS, GO
from bot.cli.options import Format, FormatOption, PolicyOption, RepositoryOption


def audit(
    repository: RepositoryOption = Path(),
    revision: Annotated[
        str, typer.Option("--rev", metavar="REV", help="A branch, tag, commit or HEAD~1.")
    ] = "HEAD",
    style: FormatOption = Format.TEXT,
    policy: PolicyOption = None,
) -> int:
    """Say how ready for production one commit is."""
    from bot.cli.inspection import audit_repository  # noqa: PLC0415 - the engine is heavy
    from bot.cli.styles import show_audit  # noqa: PLC0415

    audited = audit_repository(repository, revision, policy)
    show_audit(audited, style)
    level = audited.report.policy.fail_on
    return GAPS if any(gap.severity.at_least(level) for gap in audited.report.gaps) else GO
