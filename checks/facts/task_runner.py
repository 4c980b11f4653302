"""Task runners' files: just, Task, tox and nox, as named tasks with scripts."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from checks.facts.kinds import UnreadableFile, facts
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.yaml_document import YamlNode, is_template, yaml_mapping

_JUST_RECIPE = re.compile(r"^@?([A-Za-z_][\w-]*)((?:\s+[^:\n]*)?):(?!=)\s*([^#\n]*)")
_NOX_SESSION = re.compile(r"^@(?:nox\.)?session\b[^\n]*\n(?:@[^\n]*\n)*def\s+(\w+)", re.MULTILINE)
_NOX_NAME = re.compile(r"name\s*=\s*[\"']([\w-]+)[\"']")
_NOX_RUN = re.compile(r"session\.run(?:_always|_install)?\(\s*((?:[\"'][^\"'\n]*[\"']\s*,?\s*)+)")
_TOX_GENERATIVE = re.compile(r"^[\w{},.!-]+:\s*(.+)$")


@dataclass(frozen=True, slots=True)
class Task:
    """A named task."""

    name: str
    line: int
    commands: tuple[ShellCommand, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskFile:
    """The tasks in order; the first is what a bare call runs."""

    tasks: tuple[Task, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Task]:
        """The tasks by name; of several the first."""
        return {task.name: task for task in reversed(self.tasks)}


@facts("justfile", "Justfile", ".justfile", "*.just", version=1)
@dataclass(frozen=True, slots=True)
class Justfile(TaskFile):
    """The recipes of a justfile."""

    @classmethod
    def extract(cls, text: str) -> Self:
        found: list[tuple[str, int, str, list[tuple[int, str]]]] = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith((" ", "\t")) and found:
                found[-1][3].append((number, line.strip().lstrip("@-")))
            elif recipe := _JUST_RECIPE.match(line):
                found.append((recipe.group(1), number, recipe.group(3), []))
        return cls(tuple(_just_task(*recipe) for recipe in found))


def _just_task(name: str, line: int, needs: str, body: list[tuple[int, str]]) -> Task:
    script = "\n".join(text for _, text in body)
    first = body[0][0] if body else line
    words = (word.strip("()") for word in needs.replace("&&", " ").split())
    return Task(name, line, shell_commands(script, line=first), tuple(filter(None, words)))


@facts("Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml", version=1)
@dataclass(frozen=True, slots=True)
class Taskfile(TaskFile):
    """The tasks of Task (taskfile.dev)."""

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(re.sub(r"^(\s*(?:-|\w[\w-]*:)\s+)(\{\{[^\n]*)$", r"\1'\2'", text, flags=re.MULTILINE)
                            if is_template(text) else text)  # fmt: skip
        return cls(tuple(_yaml_task(e.key, e.line, e.value) for e in root.table("tasks")))


def _yaml_task(name: str, line: int, node: YamlNode) -> Task:
    commands: list[ShellCommand] = []
    needs = list(node.strings("deps"))
    items = node.items or node.list("cmds") or tuple(filter(None, (node.get("cmd"), node.get("cmds"))))
    for item in items or ((node,) if node.text else ()):
        if item.text:
            commands += shell_commands(item.text, line=item.text_line)
        elif script := item.string("cmd"):
            commands += shell_commands(script, line=item.line)
        elif task := item.string("task"):
            needs.append(task)
    needs += [text for item in node.list("deps") if (text := item.string("task"))]
    return Task(name, line, tuple(commands), tuple(needs))


@facts("tox.ini", version=1)
@dataclass(frozen=True, slots=True)
class ToxEnvironments(TaskFile):
    """The commands of tox's environments; `default` names those that a bare `tox` runs."""

    default: tuple[str, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
        try:
            parser.read_string(text)
        except configparser.Error as error:
            raise UnreadableFile(f"not an ini file: {str(error).partition(chr(10))[0]}") from None
        lines = text.split("\n")
        tasks = tuple(
            _tox_task(section, parser.get(section, "commands", fallback="") or "", lines)
            for section in parser.sections()
            if section == "testenv" or section.startswith("testenv:")
        )
        listed = parser.get("tox", "envlist", fallback=None) or parser.get("tox", "env_list", fallback="")
        return cls(tasks, tuple(re.split(r"[\s,]+", (listed or "").strip())))


def _tox_task(section: str, script: str, lines: list[str]) -> Task:
    line = next((n for n, text in enumerate(lines, 1) if text.strip() == f"[{section}]"), 1)
    commands: list[ShellCommand] = []
    for written in script.replace("\\\n", " ").split("\n"):
        generative = _TOX_GENERATIVE.match(written.strip())
        text = (generative.group(1) if generative else written).strip()
        hidden = "- before the command" if text.startswith("-") else None
        text = text.lstrip("- ").replace("{posargs}", "").replace("{envpython}", "python")
        commands += [replace(command, swallowed=hidden) for command in shell_commands(text, line=line)]
    return Task(section.partition(":")[2] or "testenv", line, tuple(commands))


@facts("noxfile.py", version=1)
@dataclass(frozen=True, slots=True)
class Noxfile(TaskFile):
    """The sessions of a noxfile, as far as their commands are literal."""

    @classmethod
    def extract(cls, text: str) -> Self:
        starts = list(_NOX_SESSION.finditer(text))
        tasks = []
        for index, start in enumerate(starts):
            end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
            named = _NOX_NAME.search(start.group())
            line = text.count("\n", 0, start.start()) + 1
            commands = tuple(_nox_commands(text, start.end(), end))
            tasks.append(Task(named.group(1) if named else start.group(1), line, commands))
        return cls(tuple(tasks))


def _nox_commands(text: str, start: int, end: int) -> Iterator[ShellCommand]:
    for run in _NOX_RUN.finditer(text, start, end):
        words = tuple(re.findall(r"[\"']([^\"'\n]*)[\"']", run.group(1)))
        yield ShellCommand(words, text.count("\n", 0, run.start()) + 1, " ".join(words)[:200])
