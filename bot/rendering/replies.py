"""Answers to commands written in comments."""

from __future__ import annotations

from bot.rendering.harmless import code

MARKER_REPLY = "<!-- gonogo:reply -->"
COMMANDS = (
    ("/gonogo recheck", "review this pull request again; for its author and people with write permission"),
    ("/gonogo help", "this list"),
)


def help_reply(command: str | None = None) -> str:
    """What there is to say to gonogo; `command` is one that it doesn't know."""
    lead = f"There is no command {code(command, 60)}." if command else "What gonogo answers to:"
    lines = [f"- `{name}`: {what}" for name, what in COMMANDS]
    return "\n".join((MARKER_REPLY, lead, "", *lines)) + "\n"
