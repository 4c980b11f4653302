"""What images, compose files, manifests and platforms start, resolved to files of the tree."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.derived.command_targets import CommandTarget, TargetKind, command_targets, word_targets
from checks.derived.deployments import Deployments
from checks.derived.entry_point import EntryPoint, Rank
from checks.derived.images import Images
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProjects
from checks.derived.resolution.go import is_ignored
from checks.derived.resolution.python_lookup import find
from checks.derived.tree_paths import join, parents
from checks.facts.go_source import GoSource
from checks.facts.package_json import PackageJson
from checks.facts.procfile import Procfile
from checks.facts.shell_source import ShellSource
from checks.facts.tsconfig import TypeScriptConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.images import Image
    from checks.snapshot import Snapshot

_DEPTH = 4
_CODE = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")


@dataclass(frozen=True, slots=True)
class Place:
    """From where a command's names are looked up: folders of the tree, and the image it runs in."""

    folders: tuple[str, ...]
    image: Image | None = None

    def files(self, path: str) -> Iterator[str]:
        """The paths of the tree that a path of the command may mean."""
        if self.image is not None:
            yield from self.image.in_tree(path)
        for folder in self.folders:
            candidates = (path.lstrip("/"), posixpath.basename(path))
            yield from filter(None, (join(folder, candidate) for candidate in candidates))


def started_entry_points(snapshot: Snapshot) -> Iterator[EntryPoint]:
    """Every entry point that a command line starts in production."""
    deployments = snapshot.derived(Deployments)
    for image in snapshot.derived(Images).images:
        by = deployments.of(image.path)
        place = Place(tuple(dict.fromkeys((image.context, image.path.rpartition("/")[0]))), image)
        for start in image.starts:
            for file in _started(snapshot, word_targets(list(start.words)), place):
                rank = Rank.DEPLOYED if by else Rank.IMAGE
                yield EntryPoint(rank, file, start.text[:120], image.path, start.line, by)
    commands = [(c.text, c.path, c.line, Place(c.folders, c.image)) for c in deployments.commands]
    for path, procfile in snapshot.files(Procfile):
        commands += [(p.command, path, p.line, Place((path.rpartition("/")[0],))) for p in procfile.processes]
    for text, path, line, place in commands:
        for file in _started(snapshot, command_targets(text), place):
            yield EntryPoint(Rank.DEPLOYED, file, text[:120], path, line, (path, line))


def _started(snapshot: Snapshot, targets: Iterator[CommandTarget], place: Place) -> Iterator[str]:
    for target in targets:
        yield from resolved(snapshot, target, place)


def resolved(snapshot: Snapshot, target: CommandTarget, place: Place, depth: int = 0) -> Iterator[str]:
    """The files of the tree that a target starts; scripts and package scripts are followed."""
    if depth > _DEPTH:
        return
    if target.kind in (TargetKind.PYTHON_MODULE, TargetKind.PYTHON_MAIN):
        yield from _module(snapshot, target, place)
    elif target.kind is TargetKind.NODE_SCRIPT:
        yield from _package_script(snapshot, target, place, depth)
    elif target.kind is TargetKind.FILE:
        yield from _file(snapshot, target, place, depth)
    else:
        yield from _command(snapshot, target, place)


def _module(snapshot: Snapshot, target: CommandTarget, place: Place) -> Iterator[str]:
    python = snapshot.derived(PythonFiles)
    stem = target.name.replace(".", "/")
    if place.image is not None:
        for root in (".", *place.image.search_path):
            for inner in (f"{stem}/__main__.py", f"{stem}.py", f"{stem}/__init__.py"):
                found = [
                    path for path in place.image.in_tree(posixpath.join(root, inner)) if path in python.files
                ]
                if found:
                    yield from found[:1]
                    return
    roots = [root for folder in place.folders for root in (folder, f"{folder}/src".strip("/"))]
    project = next(
        (p for p in snapshot.derived(PythonProjects).by_import_name.get(target.name.partition(".")[0], ())),
        None,
    )
    tops = [top.rpartition("/")[0] for top in project.packages] if project else []
    below = [
        folder
        for folder in python.folders
        if any(folder.startswith(f"{base}/") for base in place.folders if base)
    ]
    found_module = find(python, [*roots, *tops, *sorted(below)], tuple(target.name.split(".")))
    if found_module and found_module.complete:
        main = f"{found_module.folder}/__main__.py" if found_module.folder else None
        if target.kind is TargetKind.PYTHON_MAIN and main in python.files:
            yield str(main)
        yield from found_module.files[-1:]


def _file(snapshot: Snapshot, target: CommandTarget, place: Place, depth: int) -> Iterator[str]:
    if place.image is not None:
        yield from _binary(snapshot, target.name, place)
    for path in place.files(target.name):
        for candidate in (path, *_sources_of(snapshot, path)):
            if candidate in snapshot.paths:
                yield candidate
                yield from _script(snapshot, candidate, place, depth)
                return


def _script(snapshot: Snapshot, path: str, place: Place, depth: int) -> Iterator[str]:
    """What a shell script starts."""
    source = snapshot.get(path, ShellSource)
    for call in source.calls if source else ():
        words = [call.callee, *(argument.text for argument in call.arguments)]
        within = Place((*place.folders, path.rpartition("/")[0]), place.image)
        for target in word_targets(words):
            yield from resolved(snapshot, target, within, depth + 1)


def _binary(snapshot: Snapshot, name: str, place: Place) -> Iterator[str]:
    """A Go program that the image builds under this name."""
    image = place.image
    for output, source, _ in image.built if image else ():
        if posixpath.basename(output) == posixpath.basename(name):
            folder = source.rpartition("/")[0] if source.endswith(".go") else source
            target = join(image.context if image else "", folder.removesuffix("/..."))
            programs = {
                path.rpartition("/")[0]
                for path, go in snapshot.files(GoSource)
                if go.runs_as_main and go.package == "main" and not is_ignored(go)
            }
            if target in programs:
                yield str(target)


def _sources_of(snapshot: Snapshot, path: str) -> Iterator[str]:
    """What a built JavaScript file is compiled from: dist/x.js from src/x.ts."""
    if not path.endswith((".js", ".mjs", ".cjs")):
        return
    stem = path.rpartition(".")[0]
    for folder in parents(path):
        config = snapshot.get(f"{folder}/tsconfig.json".lstrip("/"), TypeScriptConfig)
        manifest = f"{folder}/package.json".lstrip("/") in snapshot.paths
        if config is None and not manifest:
            continue
        inner = stem.removeprefix(f"{folder}/")
        output = (config.output_folder if config else None) or inner.partition("/")[0]
        output = posixpath.normpath(output)
        rest = inner.removeprefix(f"{output}/")
        root = (config.root_folder if config else None) or "src"
        for place in (posixpath.normpath(root), "src", "."):
            for part in (rest, rest.removeprefix("src/")):
                base = posixpath.normpath(posixpath.join(folder, place, part))
                yield from (base + suffix for suffix in _CODE)
        return


def _package_script(snapshot: Snapshot, target: CommandTarget, place: Place, depth: int) -> Iterator[str]:
    for folder in place.folders:
        manifest = snapshot.get(f"{folder}/package.json".lstrip("/"), PackageJson)
        script = manifest.script(target.name) if manifest else None
        if script is not None:
            for inner in command_targets(script.command):
                yield from resolved(snapshot, inner, Place((folder,)), depth + 1)
            return


def _command(snapshot: Snapshot, target: CommandTarget, place: Place) -> Iterator[str]:
    """An installed command: a project's script, or a program that the image builds."""
    yield from _binary(snapshot, target.name, place)
    python = snapshot.derived(PythonFiles)
    for project in snapshot.derived(PythonProjects).projects.values():
        for point in project.entry_points:
            if point.name == target.name and re.search("scripts$", point.group):
                tops = [top.rpartition("/")[0] for top in project.packages]
                found = find(python, [*tops, project.folder], tuple(point.module.split(".")))
                if found and found.complete:
                    yield from found.files[-1:]
