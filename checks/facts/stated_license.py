"""The licence that a manifest names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from checks.facts.json_text import JsonText, json_object
from checks.facts.kinds import facts
from checks.facts.toml_text import TomlText, document


@facts("Cargo.toml", "pyproject.toml", "package.json", version=1)
@dataclass(frozen=True, slots=True)
class StatedLicense:
    """`license` as written; None where the manifest is of a private package or names none."""

    license: str | None = None
    line: int = 1

    @classmethod
    def extract(cls, text: str) -> Self:
        if text.lstrip().startswith("{"):
            package = json_object(text)
            stated = package.get("license")
            if package.get("private") is True or not isinstance(stated, str):
                return cls()
            return cls(stated[:80], JsonText(text).line("license"))
        parsed, where = document(text), TomlText(text)
        for key in (("package",), ("project",), ("tool", "poetry")):
            table = _table(parsed, key)
            stated = table.get("license")
            stated = stated.get("text") if isinstance(stated, dict) else stated
            if isinstance(stated, str) and table.get("publish") is not False:
                return cls(stated.partition("\n")[0][:80], where.line(*key, "license"))
        return cls()


def _table(parsed: dict[str, Any], key: tuple[str, ...]) -> dict[str, Any]:
    for part in key:
        found = parsed.get(part)
        parsed = found if isinstance(found, dict) else {}
    return parsed
