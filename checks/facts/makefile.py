"""Makefiles: targets with their recipes, prerequisites and variables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from checks.facts.kinds import facts
from checks.facts.shell_commands import ShellCommand, shell_commands

_VARIABLE = re.compile(r"^(?:override\s+|export\s+)?([\w.-]+)\s*(?:::?:?|\?|\+|!)?=\s*(.*)$")
_RULE = re.compile(r"^([^\s#:=][^:=#]*?)\s*::?(?![:=])\s*([^#]*?)\s*(?:;\s*(.*))?(?:#.*)?$")
_INCLUDE = re.compile(r"^-?s?include\s+(.+)$")
_REFERENCE = re.compile(r"\$(?:\(([^()$]*)\)|\{([^{}$]*)\})")
_PASSES = 6
_LONGEST = 4_000
_COMMENT = re.compile(r"(?<!\\)#")  # quotes or not: make takes what follows away
_IF = re.compile(r"\$\(if [^(),]*(?:\([^()]*\)[^(),]*)*,([^(),]*)(?:,[^(),]*)?\)")


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """A line of a recipe with its variables put in; `ignored` where a leading `-` throws its failure away."""

    text: str
    line: int
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A rule: one of its targets, what it needs, and its recipe."""

    name: str
    line: int
    prerequisites: tuple[str, ...] = ()
    recipe: tuple[RecipeLine, ...] = ()

    @property
    def commands(self) -> Iterator[ShellCommand]:
        """The commands of its recipe; make stops at the first line that fails."""
        for line in self.recipe:
            for command in shell_commands(line.text, line=line.line, errexit=False):
                yield (
                    replace(command, swallowed=command.swallowed or "- before the command")
                    if line.ignored
                    else command
                )


@facts("Makefile", "makefile", "GNUmakefile", "*.mk", "Makefile.*", version=2)
@dataclass(frozen=True)
class Makefile:
    """The rules in order. Variables that can't be known stay as written."""

    targets: tuple[Target, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    includes: tuple[tuple[str, int], ...] = ()
    has_dynamic_targets: bool = False  # pattern rules, generated names, or a catch-all

    @classmethod
    def extract(cls, text: str) -> Self:
        reader = _Reader(text)
        reader.read()
        return cls(
            tuple(reader.targets()),
            tuple(reader.variables.items()),
            tuple(reader.includes),
            reader.dynamic,
        )

    def target(self, name: str) -> Target | None:
        """The rule of this name; of several the one with a recipe."""
        return self.by_name.get(name)

    @cached_property
    def by_name(self) -> dict[str, Target]:
        """What `target` gives, for every name."""
        found: dict[str, Target] = {}
        for target in self.targets:
            if target.name not in found or (target.recipe and not found[target.name].recipe):
                found[target.name] = target
        return found

    @property
    def first(self) -> Target | None:
        """What a bare `make` runs."""
        goal = dict(self.variables).get(".DEFAULT_GOAL")
        if goal:
            return self.target(goal)
        return next((target for target in self.targets if not target.name.startswith(".")), None)


class _Reader:
    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self.variables: dict[str, str] = {}
        self.includes: list[tuple[str, int]] = []
        self.dynamic = False
        self._rules: list[tuple[str, int, str, list[RecipeLine]]] = []

    def read(self) -> None:
        for number, logical in self._logical_lines():
            if logical.startswith("\t"):
                self._recipe(logical[1:], number)
            else:
                self._statement(logical.strip(" "), number)

    def _logical_lines(self) -> Iterator[tuple[int, str]]:
        """Lines with their continuations; a recipe keeps its newlines, so that the commands keep their lines."""
        number = 0
        inside_define = False
        while number < len(self._lines):
            first, parts = number, [self._lines[number]]
            while parts[-1].endswith("\\") and number + 1 < len(self._lines):
                number += 1
                parts.append(self._lines[number])
            number += 1
            if re.match(r"^\s*(?:define|endef)\b", parts[0]):
                inside_define = parts[0].lstrip().startswith("define")
            elif not inside_define:
                is_recipe = parts[0].startswith("\t")
                yield first + 1, "\n".join(parts) if is_recipe else " ".join(p.rstrip("\\") for p in parts)

    def _recipe(self, text: str, number: int) -> None:
        if self._rules and text.strip():
            prefix = re.match(r"^\s*[@+-]*\s*", text)
            marks = prefix.group() if prefix else ""
            self._rules[-1][3].append(RecipeLine(text[len(marks) :], number, "-" in marks))

    def _statement(self, text: str, number: int) -> None:
        if include := _INCLUDE.match(text):
            self.includes += [(path, number) for path in self._expanded(include.group(1)).split()]
        elif variable := _VARIABLE.match(text):
            name, value = variable.groups()
            appends = re.match(r"^[^=]*\+=", text) is not None
            value = _COMMENT.split(value)[0].strip()
            value = f"{self.variables.get(name, '')} {value}".strip() if appends else value
            if not ("?=" in text.partition("=")[0] + "=" and name in self.variables):
                self.variables[name] = value[:_LONGEST]
        elif rule := _RULE.match(text):
            names, needs, inline = rule.groups()
            recipe = [RecipeLine(inline, number)] if inline else []
            self._rules.append((names, number, needs, recipe))

    def targets(self) -> Iterator[Target]:
        for names, number, needs, recipe in self._rules:
            lines = tuple(
                RecipeLine(self._expanded(line.text, in_recipe=True), line.line, line.ignored)
                for line in recipe
            )
            wanted = tuple(word for word in self._expanded(needs).split() if word != "|")
            for name in self._expanded(names).split():
                self.dynamic = self.dynamic or "%" in name or "$" in name
                yield Target(name, number, wanted, lines)

    def _expanded(self, text: str, *, in_recipe: bool = False) -> str:
        for _ in range(_PASSES):
            replaced = _REFERENCE.sub(self._value, text)
            if replaced == text or len(replaced) > _LONGEST * 4:
                break
            text = replaced
        # What may be there: whoever sets the variable wants it.
        text = _IF.sub(r"\1", text) if in_recipe else text
        text = re.sub(r"\$\((?:[^()]|\([^()]*\))*\)", "make-value", text) if in_recipe else text
        return text.replace("$$", "$")

    def _value(self, match: re.Match[str]) -> str:
        name = match.group(1) or match.group(2) or ""
        if name in self.variables and self.variables[name] != match.group(0):
            return self.variables[name]
        known = {"MAKE": "make", "CURDIR": ".", "RM": "rm -f"}
        if name in known:
            return known[name]
        return match.group(0)
