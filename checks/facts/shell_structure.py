"""How a shell script is built: what runs behind its back, which failures its branches lose, where it says that it failed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

import tree_sitter_bash

from checks.facts.kinds import facts
from checks.facts.shell_structure_reader import Background, Branch, FailingExit, StructureReader, Wait
from checks.facts.syntax import Syntax, grammar

LONGEST_LINE = 10_000
_SHEBANG = re.compile(
    r"^#!\s*(?:\S*/)?(?:env\s+(?:-S\s+)?)?(?P<shell>(?:ba|da|z|k|a)?sh)\b(?P<options>[^\n]*)"
)
_STATUS = re.compile(r"\$\?|PIPESTATUS")
_PLATFORM = re.compile(r"\buname\b|OSTYPE|\bDarwin\b|\bsw_vers\b")


@facts("*.sh", "*.bash", "script/*", "scripts/*", "ci/*", ".ci/*", "hack/*", "dev/*", version=1)
@dataclass(frozen=True, slots=True)
class ShellStructure:
    """Empty where the file has no shell's shebang: such a file is sourced, or is no shell script."""

    shell: str = ""
    options: str = ""  # behind the shell in the shebang
    background: tuple[Background, ...] = ()
    branches: tuple[Branch, ...] = ()
    waits: tuple[Wait, ...] = ()
    exits: tuple[FailingExit, ...] = ()
    captured: tuple[tuple[str, int], ...] = ()  # variables that are given `$?`, with their lines
    functions: frozenset[str] = frozenset()
    failing_functions: frozenset[str] = frozenset()  # those that exit with, or return, failure
    required: frozenset[str] = (
        frozenset()
    )  # programs that it looks for, and does something when they are missing
    reads_status: bool = False
    asks_platform: bool = False  # it tells operating systems apart

    @classmethod
    def extract(cls, text: str) -> Self:
        shebang = _SHEBANG.match(text)
        if shebang is None:
            return cls()
        syntax = Syntax(grammar(tree_sitter_bash.language, "bash"), text, LONGEST_LINE)
        reader = StructureReader(syntax)
        return cls(
            shell=shebang["shell"],
            options=shebang["options"].strip(),
            background=tuple(reader.background()),
            branches=tuple(reader.branches()),
            waits=tuple(reader.waits()),
            exits=tuple(reader.exits),
            captured=tuple(reader.captured()),
            functions=frozenset(reader.bodies),
            failing_functions=frozenset(found.inside for found in reader.exits if found.inside),
            required=frozenset(reader.required()),
            reads_status=_STATUS.search(text) is not None,
            asks_platform=_PLATFORM.search(text) is not None,
        )
