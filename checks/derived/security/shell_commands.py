"""Command lines of shipped code that are handed to a shell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.source import Call, Source
from checks.snapshot import Snapshot

SUBPROCESS = re.compile(
    r"^(?:subprocess\.)?(?:run|call|Popen|check_call|check_output|getoutput|getstatusoutput)$"
)
PYTHON_SHELL = frozenset(
    {"os.system", "os.popen", "asyncio.create_subprocess_shell", "create_subprocess_shell"}
)
NODE_SHELL = re.compile(r"^(?:child_process\.|cp\.|childProcess\.)?(?:exec|execSync|execAsync)$")
SHELL = re.compile(r"^(?:/(?:usr/)?bin/)?(?:ba|z|da)?sh$|^cmd(?:\.exe)?$|^powershell(?:\.exe)?$")


# What reads the command line of whoever starts it: that person has a shell already.
BY_HAND = frozenset({"click", "typer", "argparse", "docopt", "fire", "commander", "yargs", "cac", "minimist"})
# A migration and a build put their command lines together from the tree's own paths, long before any request.
FOR_HANDS = re.compile(
    r"(?:^|/)(?:releas(?:e|ing)|scripts?|tools?|migrations?)/|(?:^|/)(?:build|gulpfile|Gruntfile)\.[cm]?[jt]s$"
)
COMMAND = re.compile(r"^(?:shell_?|bash_?)?(?:command|cmd|script|command_?line)(?:_?line)?$", re.IGNORECASE)
HOLE = re.compile(r"\$\{([^}]*)\}")
EITHER = re.compile(r"""^[\w.!]+\s*\?\s*(['"])[^'"]*\1\s*:\s*(['"])[^'"]*\2$""")


@dataclass(frozen=True, slots=True)
class ShellCommand:
    """A call that gives a shell a command line; `fixed` when the line is a literal, `by_hand` in a command-line tool."""

    path: str
    call: Call
    fixed: bool
    by_hand: bool = False
    handed_on: bool = (
        False  # the whole line is what the caller gave: to run commands is what the function is for
    )


@dataclass(frozen=True)
class ShellCommands:
    """The shell command lines of a snapshot, by path and line."""

    commands: tuple[ShellCommand, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(found for path, source in snapshot.shipped(Source) for found in _in_file(path, source))
        )


def _in_file(path: str, source: Source) -> Iterator[ShellCommand]:
    modules = {found.module.removeprefix("node:") for found in source.imports}
    own = {definition.name for definition in source.definitions}
    by_hand = bool(modules & BY_HAND) or "argv" in source.references or bool(FOR_HANDS.search(path))
    written_out = _written_out(source)
    for call in source.calls:
        if call.callee in own:  # the file's own `exec`: what that one calls is looked at
            continue
        fixed = _command(call, modules)
        if fixed is False and call.arguments and (call.inside, call.arguments[-1].text) in written_out:
            fixed = True
        if fixed is not None and not source.in_test(call.line):
            yield ShellCommand(path, call, fixed, by_hand, _is_handed_on(source, call))


def _is_handed_on(source: Source, call: Call) -> bool:
    around = source.definition(call.inside) if call.inside else None
    given = {argument.text for argument in call.arguments if argument.name in (None, "args", "cmd")}
    return around is not None and any(p in given and COMMAND.search(p) for p in around.parameters)


def _command(call: Call, modules: set[str]) -> bool | None:
    """Whether the command line handed to a shell is fixed; None when no shell gets one."""
    arguments = [argument for argument in call.arguments if argument.name is None]
    shell = call.argument("shell")
    if (
        shell is not None
        and shell.text in ("True", "true")
        and (SUBPROCESS.match(call.callee) or "child_process" in modules)
    ):
        return bool(arguments and arguments[0].literal)
    if call.callee in PYTHON_SHELL and modules & {"os", "asyncio"}:
        return bool(arguments and arguments[0].literal)
    if "child_process" in modules and NODE_SHELL.match(call.callee) and arguments:
        return arguments[0].literal or _chooses(arguments[0].text)
    if call.callee in ("exec.Command", "exec.CommandContext") and "os/exec" in modules:
        words = [argument for argument in arguments if argument.text != "ctx"]
        if (
            len(words) > 2
            and SHELL.match(words[0].text)
            and words[1].text in ("-c", "-lc", "/C", "/c", "-Command")
        ):
            return words[2].literal
    return None


def _written_out(source: Source) -> set[tuple[str | None, str | None]]:
    """The variables, by where they are, that hold a script of several lines: a line alone may be added to."""
    literals = {
        (text.inside, text.name) for text in source.strings if not text.formatted and "\n" in text.value
    }
    return literals - {(binding.inside, binding.name) for binding in source.bindings}


def _chooses(text: str) -> bool:
    """Whether a template's only open places choose between two literals."""
    holes = HOLE.findall(text)
    return bool(holes) and "`" not in text and all(EITHER.match(hole.strip()) for hole in holes)
