"""Scripts that run tests and end well whatever the tests say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Self

from checks.derived.ci_check_commands import CheckKind, judged
from checks.derived.own_scripts import OwnScript, OwnScripts
from checks.facts.shell_commands import ShellCommand
from checks.facts.shell_structure_reader import Branch
from checks.snapshot import Snapshot

_RUNS_TESTS = re.compile(r"(?:^|/)[^/]*(?:tests?|e2e|suite|smoke)[^/]*$", re.IGNORECASE)
_FAILURE = re.compile(r"fail|err|bad|exit|status|rc$|code", re.IGNORECASE)
_ENOUGH = 50  # of one script
_ASIDE = re.compile(r"coverage|--cov|benchmark", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IgnoredTest:
    """A test run whose failure doesn't reach the script's exit status."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class IgnoredTests:
    """By script. What CI runs is judged with CI."""

    by_script: dict[str, tuple[IgnoredTest, ...]]
    scripts: frozenset[str]  # those that run tests

    def __len__(self) -> int:
        return len(self.scripts)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        scripts = [
            script
            for script in snapshot.derived(OwnScripts)
            if _RUNS_TESTS.search(script.path) or any(_tests(script))
        ]
        found = {script.path: tuple(_ignored(script)) for script in scripts if not script.is_run_by_ci}
        return cls(
            {path: ignored for path, ignored in found.items() if ignored},
            frozenset(script.path for script in scripts),
        )


def _tests(script: OwnScript) -> Iterator[ShellCommand]:
    for command in script.commands:
        what = judged(command)
        if what is not None and what.kind is CheckKind.TEST and not _ASIDE.search(command.text):
            yield command


def _ignored(script: OwnScript) -> Iterator[IgnoredTest]:
    for command in islice(_tests(script), _ENOUGH):
        if why := _lost(script, command):
            yield IgnoredTest(command.line, command.text, why)
    if _RUNS_TESTS.search(script.path):
        yield from _never_fails(script)


def _lost(script: OwnScript, command: ShellCommand) -> str | None:
    """What loses the failure of this one run."""
    branch = next((b for b in script.structure.branches if b.line <= command.line <= b.last_line), None)
    if branch is not None:
        return (
            None
            if _is_counted(script, branch)
            else "the branch of failure only prints, and no exit depends on it"
        )
    hidden = command.swallowed or ""
    return f"`{hidden}` hides its failure" if hidden.startswith("||") else None


def _is_counted(script: OwnScript, branch: Branch) -> bool:
    """Whether an exit behind the branch may know: it asks for success, or for something that isn't a count of failures."""
    later = [
        found
        for found in script.structure.exits
        if found.line > branch.last_line and (not found.returns or found.inside == branch.inside)
    ]
    if not branch.has_else and later:  # if tests; then exit 0; fi; exit 1
        return True
    variables = {name for found in later for name in found.variables}
    return any(not found.variables for found in later) or any(not _FAILURE.search(name) for name in variables)


def _never_fails(script: OwnScript) -> Iterator[IgnoredTest]:
    """Statuses are caught on purpose, and no exit comes after them."""
    captured = script.structure.captured
    if not captured:
        return
    first = min(line for _, line in captured)
    calls = {command.words[0] for command in script.commands if command.line > first} | {
        word
        for command in script.commands
        if command.words[0] == "trap"
        for word in command.words[1].split()
        if len(command.words) > 1
    }
    ends = (
        any(found.line > first for found in script.structure.exits)
        or calls & script.structure.failing_functions
    )
    last = script.commands[-1] if script.commands else None
    if not ends and last is not None and last.program in ("echo", "printf", "ln", "cat", "cp"):
        for name, line in captured[:5]:
            yield IgnoredTest(line, f"{name}=$?", "the status is caught, and no exit follows")
