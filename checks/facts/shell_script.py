"""Shell scripts as the commands they run, for those who follow what CI calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.shell_commands import ShellCommand, shell_commands

_SHEBANG = re.compile(r"^#!\s*\S*?(?:/|\s)(?:ba|da|z|k|a)?sh\b(.*)")
_NOT_SHELL = re.compile(r"^#!\s*\S*(?:python|node|perl|ruby|deno|bun|php|pwsh)")


@facts("*.sh", "*.bash", "script/*", "scripts/*", "ci/*", ".ci/*", "hack/*", "dev/*", version=1)
@dataclass(frozen=True, slots=True)
class ShellScript:
    """The commands in order; none where the file is no shell script (a file of a scripts folder without a shebang)."""

    commands: tuple[ShellCommand, ...] = ()
    is_script: bool = False

    @classmethod
    def extract(cls, text: str) -> Self:
        first = text.partition("\n")[0]
        shebang = _SHEBANG.match(first)
        if _NOT_SHELL.match(first) or not (shebang or re.search(r"^\s*set -[a-z]*e", text, re.MULTILINE)):
            looks_like_shell = not _NOT_SHELL.match(first) and first.startswith("#") and "\nset " in text
            if not looks_like_shell:
                return cls()
        errexit = bool(shebang and re.search(r"\s-\w*e", shebang.group(1)))
        return cls(shell_commands(text, errexit=errexit), is_script=True)
