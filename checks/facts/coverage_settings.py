"""What a coverage tool is told to leave out: Tarpaulin's, coverage.py's and Codecov's own files."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.toml_text import document
from checks.facts.yaml_document import yaml_mapping

_IS_YAML = re.compile(r"^\s*(?:codecov|coverage|ignore|comment|flags|component_management)\s*:", re.MULTILINE)


@facts(
    "tarpaulin.toml",
    ".tarpaulin.toml",
    ".coveragerc",
    "codecov.yml",
    ".codecov.yml",
    "codecov.yaml",
    ".codecov.yaml",
    version=1,
)
@dataclass(frozen=True, slots=True)
class CoverageSettings:
    """The globs of files that do not count."""

    left_out: tuple[str, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        if _IS_YAML.search(text):
            return cls(yaml_mapping(text).strings("ignore"))
        if re.search(r"^\s*\[(?:run|report|paths|html|xml)\]\s*$", text, re.MULTILINE):
            return cls(tuple(_of_coverage_py(text)))
        return cls(tuple(_of_tarpaulin(document(text))))


def _of_coverage_py(text: str) -> Iterator[str]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return
    for section in ("run", "report"):
        yield from parser.get(section, "omit", fallback="").replace(",", "\n").split()


def _of_tarpaulin(parsed: dict[str, object]) -> Iterator[str]:
    """Every table is a run of its own; what all of them leave out is what none of them counts."""
    for table in (parsed, *parsed.values()):
        files = table.get("exclude-files") if isinstance(table, dict) else None
        yield from (item for item in files or () if isinstance(item, str)) if isinstance(files, list) else ()
