"""What a coverage tool is told to leave out: Tarpaulin's, coverage.py's and Codecov's own files."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.toml_text import document
from checks.facts.yaml_document import YamlNode, yaml_mapping

_OFF = frozenset({"off", "false", "no"})
_FAILS = re.compile(r"^\s*fail[_-]under\s*=\s*[\"']?(?!0\s*$)\d", re.MULTILINE)
_IS_YAML = re.compile(r"^\s*(?:codecov|coverage|ignore|comment|flags|component_management)\s*:", re.MULTILINE)


@facts(
    "tarpaulin.toml",
    ".tarpaulin.toml",
    ".coveragerc",
    "codecov.yml",
    ".codecov.yml",
    "codecov.yaml",
    ".codecov.yaml",
    version=2,
)
@dataclass(frozen=True, slots=True)
class CoverageSettings:
    """The globs of files that do not count; `gate` is whether a figure fails the run, None where the file doesn't say."""

    left_out: tuple[str, ...] = ()
    gate: bool | None = None

    @classmethod
    def extract(cls, text: str) -> Self:
        if _IS_YAML.search(text):
            root = yaml_mapping(text)
            return cls(root.strings("ignore"), _of_codecov(root))
        if re.search(r"^\s*\[(?:run|report|paths|html|xml)\]\s*$", text, re.MULTILINE):
            return cls(tuple(_of_coverage_py(text)), _FAILS.search(text) is not None or None)
        return cls(tuple(_of_tarpaulin(document(text))), _FAILS.search(text) is not None or None)


def _of_codecov(root: YamlNode) -> bool | None:
    """Codecov fails the commit's status unless both of its kinds are off or only inform."""
    status = root.get("coverage", "status")
    if status is None:
        return None
    if status.text is not None:
        return status.text.lower() not in _OFF
    return not all(_is_silent(status.get(kind)) for kind in ("project", "patch"))


def _is_silent(kind: YamlNode | None) -> bool:
    if kind is None:
        return False
    if kind.text is not None:
        return kind.text.lower() in _OFF
    return all(entry.value.flag("informational") is True for entry in kind.entries or ())


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
