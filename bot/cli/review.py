"""gonogo review: what the app would say about a change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.deadline import SECONDS, deadline
from bot.cli.errors import GAPS, GO
from bot.cli.options import Format, FormatOption, PolicyOption, RepositoryOption, TimeoutOption


def review(
    base: Annotated[str, typer.Option("--base", metavar="REV", help="What the change is to be merged into.")],
    head: Annotated[
        str, typer.Option("--head", metavar="REV", help="The last commit of the change.")
    ] = "HEAD",
    repository: RepositoryOption = Path(),
    style: FormatOption = Format.TEXT,
    policy: PolicyOption = None,
    timeout: TimeoutOption = SECONDS,
) -> int:
    """Say which gaps a change opens and closes.

    The merge base of both revisions is compared with the head, under the policy of the base: what the app does.
    """
    from bot.cli.inspection import review_repository  # noqa: PLC0415 - the engine is heavy
    from bot.cli.styles import show_review  # noqa: PLC0415

    with deadline(timeout):
        reviewed = review_repository(repository, base, head, policy)
        show_review(reviewed, style)
    return GAPS if reviewed.review.conclusion == "failure" else GO
