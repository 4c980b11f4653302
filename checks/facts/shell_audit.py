"""What shellcheck says of a script: https://www.shellcheck.net/wiki/, read from its JSON output."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar, Self

from checks.facts.engine_finding import EngineFinding
from checks.facts.kinds import UnreadableFile, facts


@facts("*.sh", "*.bash", version=1, engine="shellcheck")
@dataclass(frozen=True, slots=True)
class ShellAudit:
    """The findings of one script, by line."""

    kind: ClassVar[str]
    findings: tuple[EngineFinding, ...]

    @classmethod
    def extract(cls, text: str) -> Self:
        """Out of `shellcheck --format json1`."""
        try:
            return cls(
                tuple(
                    EngineFinding(f"SC{found['code']}", found["level"], found["line"], found["message"][:200])
                    for found in json.loads(text)["comments"]
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFile(f"shellcheck's output has another form: {type(error).__name__}") from None
