"""systemd units: the settings of their sections, and of the drop-ins beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_SECTION = re.compile(r"^\[([\w-]+)\]$")
_SETTING = re.compile(r"^([A-Z]\w*)\s*=(.*)$")


@facts("*.service", "*.service.in", "*.service.j2", "*.service.tmpl", "**/*.service.d/*.conf", version=1)
@dataclass(frozen=True, slots=True)
class SystemdUnit:
    """Its settings as (section, name, value, line). A template is read as it is written."""

    settings: tuple[tuple[str, str, str, int], ...] = ()

    def value(self, section: str, name: str) -> str | None:
        """The last value of a setting, which is the one that holds."""
        found = [value for where, key, value, _ in self.settings if (where, key) == (section, name)]
        return found[-1] if found else None

    def line(self, section: str, name: str) -> int:
        """Where the setting stands first; 1 where it doesn't."""
        return next((line for where, key, _, line in self.settings if (where, key) == (section, name)), 1)

    @classmethod
    def extract(cls, text: str) -> Self:
        section, found = "", []
        for number, line in enumerate(text.split("\n"), 1):
            if match := _SECTION.match(line.strip()):
                section = match[1]
            elif match := _SETTING.match(line.strip()):
                found.append((section, match[1], match[2].strip(), number))
        return cls(tuple(found))
