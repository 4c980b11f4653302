"""Programs that a script needs and does not look for, although it looks for others: it knows that they may be missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.own_commands import OwnCommands
from checks.derived.own_scripts import OwnScript, OwnScripts
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.shell_commands import ShellCommand
from checks.snapshot import Snapshot

# Neither POSIX nor part of every system that people work on.
OPTIONAL = frozenset({
    "uuidgen", "bc", "jq", "yq", "curl", "wget", "timeout", "script", "openssl", "rsync", "lsof", "nc", "xxd", "tree", "ffmpeg", "convert", "parallel", "pv", "envsubst",
    "docker", "docker-compose", "podman", "kubectl", "helm", "kind", "minikube", "terraform", "ansible-playbook", "aws", "gcloud", "az", "gh", "ngrok", "flyctl", "psql",
    "pg_dump", "mysql", "redis-cli", "mongosh", "sqlite3", "node", "npm", "pnpm", "yarn", "npx", "bun", "deno", "python3", "python", "pip", "uv", "poetry", "go", "cargo",
    "rustc", "rustup", "java", "mvn", "gradle", "ruby", "protoc", "buf", "sqlx", "diesel", "shellcheck", "hyperfine", "wrk", "k6", "tmux", "screen", "gpg", "cosign", "syft",
})  # fmt: skip
_LOOKS = frozenset({"command", "which", "type", "hash"})
_RUNS = re.compile(r"^(?:subprocess\.)?(?:run|Popen|call|check_call|check_output)$")
_FIRST = re.compile(r"""^\[\s*(['"])([\w.-]+)\1""")
_FAMILIES = (frozenset({"cargo", "rustc", "rustup"}), frozenset({"node", "npm", "npx"}), frozenset({"python", "python3", "pip"}), frozenset({"docker", "docker-compose"}))  # fmt: skip


@dataclass(frozen=True, slots=True)
class UncheckedTool:
    """A program, where it is first run, and what the script does check."""

    path: str
    line: int
    program: str
    text: str
    checked: tuple[str, ...]


@dataclass(frozen=True)
class UncheckedTools:
    """By script, each program once."""

    by_script: dict[str, tuple[UncheckedTool, ...]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: dict[str, tuple[UncheckedTool, ...]] = {}
        for script in snapshot.derived(OwnScripts):
            if not script.is_in_image and not script.is_run_by_ci and (tools := tuple(_in_shell(script))):
                found[script.path] = tools
        for path, source in snapshot.files(PythonSource):
            if snapshot.role(path) in (Role.TEST, Role.TOOL) and (
                tools := tuple(_in_python(snapshot, path, source))
            ):
                found[path] = tools
        return cls(found)


def _in_shell(script: OwnScript) -> Iterator[UncheckedTool]:
    required = script.structure.required
    if not required or any(
        "$" in name for name in required
    ):  # a loop over names looks for more than can be read
        return
    checked = {*required, *(word for command in script.commands for word in _named(script, command))}
    for family in _FAMILIES:
        checked |= family if family & checked else frozenset()
    seen = set(checked)
    for command in script.commands:
        program = command.program
        if program in OPTIONAL and program not in seen and not _is_handled(command):
            seen.add(program)
            names = tuple(sorted(required))
            yield UncheckedTool(script.path, command.line, program, command.text, names)


def _named(script: OwnScript, command: ShellCommand) -> Iterator[str]:
    """The programs of `which jq`, and those given to the script's own functions (`need jq`)."""
    if command.words[0] in _LOOKS or command.words[0] in script.structure.functions:
        yield from (word for word in command.words[1:] if word in OPTIONAL)


def _is_handled(command: ShellCommand) -> bool:
    """Whether the script says what happens when it can't be run."""
    return command.swallowed is not None or command.part == "condition"


def _in_python(snapshot: Snapshot, path: str, source: PythonSource) -> Iterator[UncheckedTool]:
    """Programs that this repository installs, run by their bare name: they are there only if somebody installed them."""
    if source.references & {"which", "FileNotFoundError"}:
        return
    own = snapshot.derived(OwnCommands)
    seen: set[str] = set()
    for call in source.calls:
        first = _FIRST.match(call.arguments[0].text) if _RUNS.match(call.callee) and call.arguments else None
        if first and own.get(first.group(2)) and first.group(2) not in seen:
            seen.add(first.group(2))
            yield UncheckedTool(
                path, call.line, first.group(2), f"{call.callee}({call.arguments[0].text})", ()
            )
