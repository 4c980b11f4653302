"""gonogo doctor: is the configuration right, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.errors import GO, USAGE

if TYPE_CHECKING:
    from bot.diagnosis import Finding


def doctor() -> int:
    """Say whether the settings are right.

    Looks at the environment of `gonogo serve`: what is right, what is wrong or missing, and how to mend it.
    """
    import asyncio  # noqa: PLC0415 - the server is heavy

    from rich.console import Group  # noqa: PLC0415

    from bot.cli.output import show  # noqa: PLC0415
    from bot.diagnosis import diagnose  # noqa: PLC0415
    from bot.rendering.terminal import finding_view  # noqa: PLC0415

    findings: tuple[Finding, ...] = asyncio.run(diagnose())
    show(Group(*(finding_view(f.name, f.message, f.fix, ok=f.ok) for f in findings)))
    return USAGE if any(finding.ok is False for finding in findings) else GO
