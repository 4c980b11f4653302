"""gonogo checks and gonogo explain: what is checked, and one check's page."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.errors import UsageError


class ListFormat(StrEnum):
    """How the catalogue is written."""

    TEXT = "text"
    JSON = "json"


def checks(
    area: Annotated[str | None, typer.Option("--area", metavar="AREA", help="Only this area.")] = None,
    style: Annotated[
        ListFormat, typer.Option("--format", metavar="FORMAT", help="text or json.")
    ] = ListFormat.TEXT,
) -> None:
    """List every check."""
    from bot.cli.output import show, write  # noqa: PLC0415 - the engine is heavy
    from bot.rendering.json import checks_json  # noqa: PLC0415
    from bot.rendering.terminal import checks_view  # noqa: PLC0415
    from checks import all_checks  # noqa: PLC0415

    wanted = area.replace(" ", "_").replace("-", "_") if area else None
    found = [check for check in all_checks() if wanted in {None, check.area}]
    if not found:
        areas = ", ".join(sorted({check.area for check in all_checks()}))
        raise UsageError(f"no checks in an area {area!r}; there are: {areas}")
    if style is ListFormat.JSON:
        write(checks_json(found))
    else:
        show(checks_view(found))


def explain(check: Annotated[str, typer.Argument(metavar="CHECK", help="The id of a check.")]) -> None:
    """Say why a gap hurts in production and how to close it."""
    from bot.cli.output import show, write  # noqa: PLC0415 - the engine is heavy
    from checks import all_checks, find_check, page  # noqa: PLC0415

    found = find_check(check)
    if found is None:
        near = get_close_matches(check, [known.id for known in all_checks()], n=3)
        raise UsageError(
            f"no check {check!r}; "
            + (f"did you mean {' or '.join(near)}?" if near else "`gonogo checks` lists them")
        )
    if sys.stdout.isatty():
        from rich.markdown import Markdown  # noqa: PLC0415

        show(Markdown(page(found)))
    else:
        write(page(found))
