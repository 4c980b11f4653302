"""Ways in which a started program can't find its own modules, though they are in the tree."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.command_targets import TargetKind, word_targets
from checks.derived.images import Images
from checks.derived.import_graph import ImportGraph
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProjects
from checks.derived.resolution.python_search_path import search_path_edits
from checks.facts.python_source import PythonSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.images import Image, Start
    from checks.facts.source import Import
    from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ScriptStart:
    """An image runs a Python file by its path; `first` is its first import that this puts out of reach."""

    image: str
    line: int
    command: str
    script: str
    first: Import
    target: str


@dataclass(frozen=True)
class ScriptStarts:
    """The images that start Python files by path, and what breaks."""

    broken: tuple[ScriptStart, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        broken: list[ScriptStart] = []
        count = 0
        for image in snapshot.derived(Images).images:
            for start in image.starts:
                for script in _scripts(snapshot, image, start):
                    count += 1
                    broken += _broken(snapshot, image, start, script)
        return cls(tuple(broken), count)


def _scripts(snapshot: Snapshot, image: Image, start: Start) -> Iterator[str]:
    for target in word_targets(list(start.words)):
        if (
            target.kind is TargetKind.FILE
            and target.name.endswith(".py")
            and start.words[0].startswith("python")
        ):
            found = [
                path for path in image.in_tree(target.name) if path in snapshot.derived(PythonFiles).files
            ]
            yield from found[:1]


def _broken(snapshot: Snapshot, image: Image, start: Start, script: str) -> Iterator[ScriptStart]:
    """`python dir/x.py` puts dir on sys.path, not the working folder: its siblings above can't be imported."""
    folder = script.rpartition("/")[0]
    source = snapshot.get(script, PythonSource)
    installs = any(
        command.runs("pip install", "uv sync", "poetry install", "pdm install", "uv pip install")
        and any(
            word in (".", "./", "-e") or word.startswith(".[") or word == "sync" for word in command.words
        )
        for stage in image.dockerfile.stages
        for command in stage.commands
    )
    environment = any(name == "PYTHONPATH" for stage in image.dockerfile.stages for name, _, _ in stage.env)
    if source is None or installs or environment or folder in image.roots or not image.roots:
        return
    if any(True for _ in search_path_edits(script, source)):
        return
    python = snapshot.derived(PythonFiles)
    for statement in source.imports:
        top = statement.module.partition(".")[0]
        if statement.level or statement.guarded or statement.type_only or not top or statement.inside:
            continue
        here = any(f"{folder}/{top}{end}" in python.files for end in (".py", "/__init__.py"))
        above = next(
            (
                p
                for root in image.roots
                for end in (".py", "/__init__.py")
                if (p := f"{root}/{top}{end}".lstrip("/")) in python.files
            ),
            None,
        )
        if above and not here and top not in sys.stdlib_module_names:
            yield ScriptStart(image.path, start.line, start.text, script, statement, above)
            return


@dataclass(frozen=True, slots=True)
class Shadow:
    """A first-party top-level package that is called as a standard library module."""

    package: str
    name: str
    imports: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shadows:
    """The shadowed names, and the number of Python roots looked at."""

    shadows: tuple[Shadow, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        python, projects = snapshot.derived(PythonFiles), snapshot.derived(PythonProjects)
        graph = snapshot.derived(ImportGraph)
        sources = dict(snapshot.files(PythonSource))
        found = []
        for root in sorted({place for places in projects.roots.values() for place in places}):
            for child in sorted(python.children.get(root, ())):
                name = child.rpartition("/")[2]
                if name in sys.stdlib_module_names and (package := python.package(child)):
                    inside = {
                        edge.source
                        for edge in graph.edges
                        if edge.target.startswith(f"{child}/") and not edge.by_name
                    }
                    places = tuple(sorted(
                        (path, one.line)
                        for path in inside
                        if path in sources and not path.startswith(f"{child}/")
                        for one in sources[path].imports
                        if not one.level and one.module.startswith(f"{name}.")
                    ))  # fmt: skip
                    if places:
                        found.append(Shadow(package, name, places))
        return cls(tuple(found), len(projects.roots) if python.files else 0)
