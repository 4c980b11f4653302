"""What zizmor says of a GitHub workflow: https://docs.zizmor.sh/audits/, read from its JSON output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from checks.facts.engine_finding import EngineFinding
from checks.facts.kinds import UnreadableFile, facts


@facts(".github/workflows/*.yml", ".github/workflows/*.yaml", version=1, engine="zizmor")
@dataclass(frozen=True, slots=True)
class WorkflowAudit:
    """The findings of one workflow, by line."""

    kind: ClassVar[str]
    findings: tuple[EngineFinding, ...]

    @classmethod
    def extract(cls, text: str) -> Self:
        """Out of `zizmor --format json`."""
        try:
            found = tuple(sorted(_findings(json.loads(text)), key=lambda f: (f.line, f.rule, f.text)))
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFile(f"zizmor's output has another form: {type(error).__name__}") from None
        return cls(found)


def _findings(found: list[Any]) -> Iterator[EngineFinding]:
    for finding in found:
        for location in finding["locations"]:
            if location["symbolic"]["kind"] == "Primary":
                yield _finding(finding, location)


def _finding(finding: dict[str, Any], location: dict[str, Any]) -> EngineFinding:
    symbolic = location["symbolic"]
    feature = symbolic["feature_kind"]
    fragment = (
        feature["Subfeature"]["fragment"] if isinstance(feature, dict) and "Subfeature" in feature else {}
    )
    keys = [key["Key"] for key in symbolic["route"]["route"] if "Key" in key]
    line = location["concrete"]["location"]["start_point"]["row"] + 1
    text = str(fragment.get("Raw") or symbolic["annotation"])
    within = str(keys[1]) if keys[:1] == ["jobs"] and len(keys) > 1 else ""
    return EngineFinding(
        finding["ident"], finding["determinations"]["severity"].lower(), line, text[:200], within
    )
