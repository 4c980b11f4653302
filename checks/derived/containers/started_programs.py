"""Programs that code starts by a fixed name: `subprocess.run(["ffmpeg", ...])`, `exec.Command("git")`, `spawn("pandoc")`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checks.facts.go_source import GoSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.source import Call, Source, StringLiteral
from checks.facts.typescript_source import TypeScriptSource

_PYTHON = re.compile(
    r"^(?:subprocess\.)?(?:run|call|Popen|check_call|check_output)$|(?:^|\.)create_subprocess_(?:exec|shell)$|^os\.system$"
)
_NODE = re.compile(
    r"^(?:child_process\.|cp\.|childProcess\.)?(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|execa)$"
)
_GO = frozenset({"exec.Command", "exec.CommandContext"})
_FIRST = re.compile(r"""^[\[(]\s*["']([\w.-]+)["']""")
_NAMED = re.compile(
    r"(?:^|_)(?:cli|bin|binary|cmd|command|executable|exe|program)(?:_?(?:path|name))?$", re.IGNORECASE
)
_RUNS = re.compile(r"\.(?:run|exec|start|spawn)\w*$")
# The command runs in another container or on another machine.
_ELSEWHERE = re.compile(
    r"docker|\bcontainers\b|kube|\bpods?\b|sandbox|ssh|paramiko|fabric|remote", re.IGNORECASE
)
# Who looks for the program first, or expects that it may be absent, can do without.
_OPTIONAL = frozenset({"which", "LookPath", "FileNotFoundError", "ENOENT", "ErrNotFound", "commandExists"})


@dataclass(frozen=True, slots=True)
class StartedProgram:
    """A program's name as the code writes it, and the line."""

    name: str
    line: int


def started_programs(source: Source) -> Iterator[StartedProgram]:
    """Each start of a program by its bare name; none in a file that is prepared for its absence."""
    read = _READERS.get(type(source))
    if read is None or not _OPTIONAL.isdisjoint(source.references):
        return
    strings = [literal.value for literal in source.strings]
    if any(value in _OPTIONAL or value.startswith(("which ", "command -v")) for value in strings):
        return
    for program, line in read(source):
        yield StartedProgram(program, line)


Found = Iterator[tuple[str, int]]


def _python(source: Source) -> Found:
    named = {
        name for found in source.imports if found.module in ("subprocess", "asyncio") for name in found.names
    }
    opaque: set[str | None] = set()
    elsewhere = any(_ELSEWHERE.search(found.module) for found in source.imports)
    for call in source.calls:
        program = None if elsewhere or _ELSEWHERE.search(call.callee) else _passed_on(call)
        if program:
            yield program, call.line
        if not _PYTHON.search(call.callee) or not ("." in call.callee or call.callee in named):
            continue
        program = _first(call)
        if program:
            yield program, call.line
        else:
            opaque.add(call.inside)
    yield from _handed_over(source, opaque)


def _first(call: Call) -> str | None:
    """The program of a call's first argument: a list's or command line's first word."""
    argument = next((a for a in call.arguments if a.name is None or a.name == "args"), None)
    if argument is None:
        return None
    if argument.literal:
        words = argument.text.split()
        return words[0] if words else None
    match = _FIRST.match(argument.text)
    return match.group(1) if match else None


def _passed_on(call: Call) -> str | None:
    """The program of a command line that is given to something of the project's own: `runner.execute(command=["claude"])`."""
    words = next((a.text for a in call.arguments if a.name in ("command", "cmd", "argv")), "")
    match = _FIRST.match(words) if _RUNS.search(call.callee) else None
    return match.group(1) if match else None


def _handed_over(source: Source, opaque: set[str | None]) -> Found:
    """Programs that reach the start in a variable: `cli_path = "claude"`, or `command = ["ffmpeg", "-i", path]` beside it."""
    following: list[StringLiteral | None] = [*source.strings[1:], None]
    for literal, after in zip(source.strings, following, strict=False) if opaque else ():
        is_named = literal.name is not None and _NAMED.search(literal.name)
        is_head = (
            literal.name is None
            and literal.inside in opaque
            and after is not None
            and after.inside == literal.inside
            and after.value.startswith("-")
        )
        if (is_named or is_head) and not literal.formatted:
            yield literal.value, literal.line


def _go(source: Source) -> Found:
    for call in source.calls:
        words = call.arguments[1:] if call.callee.endswith("Context") else call.arguments
        if call.callee in _GO and words and words[0].literal:
            yield words[0].text, call.line


def _node(source: Source) -> Found:
    modules = {found.module.removeprefix("node:") for found in source.imports}
    own = {definition.name for definition in source.definitions}
    for call in source.calls if modules & {"child_process", "execa"} else ():
        words = call.arguments[0].text.split() if call.arguments and call.arguments[0].literal else ()
        if _NODE.match(call.callee) and call.callee not in own and words:
            yield words[0], call.line


_READERS: dict[type[Source], Callable[[Source], Found]] = {
    PythonSource: _python,
    GoSource: _go,
    TypeScriptSource: _node,
    JavaScriptSource: _node,
}
