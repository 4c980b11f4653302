"""What hadolint says of a Dockerfile: https://github.com/hadolint/hadolint#rules, read from its JSON output."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar, Self

from checks.facts.engine_finding import EngineFinding
from checks.facts.kinds import UnreadableFile, facts


@facts(
    "Dockerfile",
    "Dockerfile.*",
    "*.Dockerfile",
    "*.dockerfile",
    "Containerfile",
    "Containerfile.*",
    version=1,
    engine="hadolint",
)
@dataclass(frozen=True, slots=True)
class DockerfileAudit:
    """The findings of one Dockerfile, by line."""

    kind: ClassVar[str]
    findings: tuple[EngineFinding, ...]

    @classmethod
    def extract(cls, text: str) -> Self:
        """Out of `hadolint --format json`."""
        try:
            return cls(
                tuple(
                    EngineFinding(found["code"], found["level"], found["line"], found["message"][:200])
                    for found in json.loads(text)
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFile(f"hadolint's output has another form: {type(error).__name__}") from None
