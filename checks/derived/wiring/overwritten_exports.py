"""Variables that a script exports for another one of the tree, which sets them anew and never sees the value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.own_scripts import TALK
from checks.derived.tree_paths import join
from checks.facts.environment_names import ShellExports
from checks.facts.shell_script import ShellScript
from checks.facts.shell_source import ShellSource
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.shell_commands import ShellCommand
    from checks.snapshot import Snapshot

_STARTERS = frozenset({"bash", "sh", "exec"})


@dataclass(frozen=True, slots=True)
class OverwrittenExport:
    """The export, and where the script that is started next sets the variable."""

    name: str
    path: str
    line: int
    set_in: str
    set_at: int


@dataclass(frozen=True)
class OverwrittenExports:
    """Those of scripts that start nothing else after the export, and how many exports were judged."""

    exports: tuple[OverwrittenExport, ...]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        judged = [
            found for path, exports in snapshot.files(ShellExports) for found in _of(snapshot, path, exports)
        ]
        return cls(tuple(found for found in judged if found), len(judged))


def _of(snapshot: Snapshot, path: str, exports: ShellExports) -> Iterator[OverwrittenExport | None]:
    script = snapshot.get(path, ShellScript)
    commands = script.commands if script else ()
    if any(command.part == "function" for command in commands):
        return  # its commands don't run in the order in which they stand
    working = [(c.line, _started(snapshot, path, c)) for c in commands if c.program not in TALK - _STARTERS]
    for variable in exports.variables:
        later = [target for line, target in working if line > variable.line]
        started = [target for target in later if target is not None]
        if not started or len(started) < len(later):
            continue  # another program may read it
        places = [(target, _overwrites(snapshot, target, variable.name)) for target in started]
        overwritten = [(target, line) for target, line in places if line is not None]
        if len(overwritten) < len(places):
            yield None
            continue
        yield OverwrittenExport(variable.name, path, variable.line, *overwritten[0])


def _started(snapshot: Snapshot, path: str, command: ShellCommand) -> str | None:
    """The script beside this one that a command starts; its folder is worked out when it runs."""
    words = [word for word in command.words if word not in _STARTERS][:1]
    name = words[0].rpartition("/")[2] if words else ""
    target = join(path.rpartition("/")[0], name)
    return target if target and snapshot.get(target, ShellSource) is not None else None


def _overwrites(snapshot: Snapshot, path: str, name: str) -> int | None:
    """Where a script sets a variable whose value from outside it never reads."""
    script = snapshot.get(path, ShellSource)
    if script is None or any(read.name == name for read in script.environment):
        return None
    constants = (d for d in script.definitions if d.kind is DefinitionKind.CONSTANT and d.name == name)
    return next((d.line for d in constants if d.inside is None), None)
