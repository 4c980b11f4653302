"""The command line: one file per command. Importing it stays cheap; each command imports what it needs."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from bot.cli import audit, catalogue, demo, doctor, review, serve
from bot.cli.errors import guarded

__all__ = ["app", "run"]

app = typer.Typer(
    name="gonogo",
    help="What a change does to production readiness: gaps that are new, gaps that are resolved, and what still stands.",
    epilog="Exit status: 0 go, 1 gaps at or above the policy's level, 2 bad usage or configuration, 3 gonogo's own failure.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("audit")(audit.audit)
app.command("review")(review.review)
app.command("checks")(catalogue.checks)
app.command("explain")(catalogue.explain)
app.command("serve")(serve.serve)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the answer is the exit status."""
    command = typer.main.get_command(app)
    return guarded(
        lambda: command.main(list(arguments), prog_name="gonogo", standalone_mode=False), arguments
    )
