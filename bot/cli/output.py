"""Writing to standard output and standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.cli.errors import silence

if TYPE_CHECKING:
    from rich.console import RenderableType

UNWRAPPED = 100_000  # columns: a pipe gets one line for each line


def write(text: str) -> None:
    """Text as it is. A reader that went away changes nothing about the verdict."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        silence()


def show(view: RenderableType) -> None:
    """A view for people: colours and the terminal's width on a terminal, plain lines in a pipe."""
    from rich.console import Console  # noqa: PLC0415 - only where text is shown

    if sys.stdout.isatty():
        _page(view)
        return
    plain = io.StringIO()
    Console(file=plain, width=UNWRAPPED, no_color=True, force_terminal=False, highlight=False).print(
        view, soft_wrap=True
    )
    write("\n".join(line.rstrip() for line in plain.getvalue().split("\n")))


def warn(lines: Iterable[str]) -> None:
    """Lines for the person, which no pipe carries away."""
    sys.stderr.writelines(f"gonogo: {line}\n" for line in lines)


def _page(view: RenderableType) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="replace"
        )  # a terminal without UTF-8 shows a question mark instead of failing
    try:
        Console(highlight=False, color_system=None if os.environ.get("TERM") == "dumb" else "auto").print(
            view
        )
    except BrokenPipeError:
        silence()
