"""Configuration in any text format, as the settings that say where to connect, who may do what, and which secrets to use.

Read line by line: `key = value`, `key: value`, `"key": "value"`, items of lists under their key, and `name:`/`value:`
pairs of manifests. Only settings that a check may ask for are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_LINE_LIMIT = 1_000
_TEXT_LIMIT = 200_000  # a longer text is data, or generated
_SETTINGS_LIMIT = 2_000
_PAIR = re.compile(
    r"""^\s*(?:-\s+)?(?:export\s+|ENV\s+)?["']?([A-Za-z_][\w.\-/]{0,100})["']?\s*(?:=|:(?=\s|["'\[{]|$)|=>)\s*(.*)$"""
)
_ASSIGNED = re.compile(
    r"""^\s*-\s+["']?([A-Za-z_]\w{0,100})=(.*)$"""
)  # an item of a compose file's environment
_ITEM = re.compile(r"""^\s*(?:-\s+)?["']([^"']*)["']\s*,?\s*\]?\s*$|^\s*-\s+([^\s:]+)\s*$""")
_KEY = re.compile(
    r"passw|passphrase|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|signing[-_.]?key|encryption[-_.]?key|auth|credential|dsn|login|user"
    r"|allow|permit|whitelist|white_list|trusted|unrestricted|public|host|bind|listen|address|insecure|anonymous|noauth|security|tls|ssl",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"://|\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|ngrok|trycloudflare|loca\.lt|PRIVATE KEY-----"
)
_COMMENTS = ("#", "//", ";", "<!--", "*", "--")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: the key as written, the value without quotes (at most 300 characters), its line and its section (`[section]`)."""

    key: str
    value: str
    line: int
    section: str = ""


@facts(
    *("*.toml", "*.yaml", "*.yml", "*.json", "*.jsonc", "*.ini", "*.cfg", "*.conf", "*.properties"),
    *("*.env", ".env*", "*.tfvars", "*.config", "*.service"),
    version=1,
    size_limit=5_000_000,
)
@dataclass(frozen=True, slots=True)
class ConfigurationText:
    """The settings of a configuration file, in order."""

    settings: tuple[Setting, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        found: list[Setting] = []
        for setting in _settings(text) if len(text) <= _TEXT_LIMIT else ():
            if _KEY.search(setting.key) or _VALUE.search(setting.value):
                found.append(setting)
                if len(found) >= _SETTINGS_LIMIT:
                    break
        return cls(tuple(found))


def _settings(text: str) -> Iterator[Setting]:
    section = above = name = ""
    for number, line in enumerate(text.split("\n"), 1):
        content = line.strip()
        if not content or len(line) > _LINE_LIMIT or content.startswith(_COMMENTS):
            continue
        if content.startswith("[") and content.endswith("]") and "=" not in content and '"' not in content:
            section = content.strip("[] ")
        elif found := _ASSIGNED.match(line) or _PAIR.match(line):
            key, value = found.group(1), _value(found.group(2))
            if key == "value" and name:  # `- name: DB_PASSWORD` and `value: x` of a manifest
                key = name
            name = value if key == "name" else ""
            above = key if value in ("", "[", "{", "|", ">") else above
            yield from _values(key, value, number, section)
        elif item := _ITEM.match(line):
            yield Setting(above, (item.group(1) or item.group(2) or "")[:300], number, section)


def _values(key: str, value: str, line: int, section: str) -> Iterator[Setting]:
    """The setting, or one for each item of a list on the same line."""
    if value.startswith("[") and value.rstrip(",").endswith("]"):
        for item in value.rstrip(",")[1:-1].split(","):
            yield Setting(key, item.strip().strip("\"'")[:300], line, section)
    elif value not in ("", "[", "{", "|", ">"):
        yield Setting(key, value[:300], line, section)


def _value(text: str) -> str:
    """The value without quotes, trailing comma and comment."""
    text = text.strip()
    if text[:1] in ("'", '"'):
        end = text.find(text[0], 1)
        return text[1:end] if end > 0 else text[1:]
    text = re.split(r"\s(?:#|//)", text, maxsplit=1)[0].rstrip()
    return text.rstrip(",").rstrip() if text != "," else ""
