"""Code that a person starts at a terminal and waits for: what hangs there is seen, and stopped with a key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.project_kind import Component, Project, ProjectKind
from checks.facts.source import Source
from checks.snapshot import Snapshot

# Frameworks of command lines. Go's and Rust's programs have their commands in files beside the one that imports it.
_FRAMEWORKS = re.compile(
    r"^(?:github\.com/(?:spf13/cobra|urfave/cli|alecthomas/kong|alecthomas/kingpin)(?:/.*)?|clap(?:::.*)?|structopt(?:::.*)?|argh"
    r"|click|typer|argparse|docopt|fire|commander|yargs|@oclif/.*)$"
)
_LISTENS = frozenset(
    {"TcpListener", "ListenAndServe", "ListenAndServeTLS", "createServer", "uvicorn", "HttpServer"}
)


@dataclass(frozen=True)
class Attended:
    """The folders of components that are command lines alone, and the files (of Go: the folders) with commands in them."""

    components: frozenset[str]
    units: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        project = snapshot.derived(Project)
        commands = {c.folder for c in project.components if c.kinds == {ProjectKind.COMMAND_LINE}}
        units = set()
        for path, source in snapshot.shipped(Source):
            if source.references & _LISTENS and (component := project.component_of(path)):
                commands.discard(component.folder)
            if any(_FRAMEWORKS.match(found.module) for found in source.imports):
                units.add(_unit(path))
        return cls(frozenset(commands), frozenset(units))

    def covers(self, snapshot: Snapshot, path: str) -> bool:
        """Whether a person waits for what this file does."""
        component: Component | None = snapshot.derived(Project).component_of(path)
        return _unit(path) in self.units or (component is not None and component.folder in self.components)


def _unit(path: str) -> str:
    return path.rpartition("/")[0] + "/" if path.endswith(".go") else path
