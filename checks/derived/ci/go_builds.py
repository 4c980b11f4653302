"""`go build` commands of CI, Dockerfiles and Makefiles: the package they build, what they write, what they stamp."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.go_modules import VALUED_FLAGS
from checks.derived.image_references import is_for_development
from checks.derived.tree_paths import join
from checks.facts.dockerfile import Dockerfile
from checks.facts.go_module import GoModule
from checks.facts.go_source import GoSource
from checks.facts.makefile import Makefile
from checks.facts.shell_commands import ShellCommand
from checks.facts.source import DefinitionKind
from checks.snapshot import Snapshot

_STAMP = re.compile(r"-X[ =]['\"]?([\w./-]+\.\w+)=")


@dataclass(frozen=True, slots=True)
class GoBuild:
    """One build of one package; `package` is None where its folder can't be read."""

    text: str
    path: str
    line: int
    folder: str
    output: str
    package: str | None
    source: str | None
    missing_symbols: tuple[str, ...]


@dataclass(frozen=True)
class GoBuilds:
    """Those whose package is named and has sources in the tree."""

    all: tuple[GoBuild, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        packages = _packages(snapshot)
        modules = {path.rpartition("/")[0]: go.path for path, go in snapshot.files(GoModule)}
        found: list[GoBuild] = []
        for path, folder, command in _commands(snapshot):
            for words in command.chain:
                if words[:2] == ("go", "build"):
                    build = _build(packages, modules, path, folder, command, words[2:])
                    found += [build] if build else []
        return cls(tuple(dict.fromkeys(found)))


def _commands(snapshot: Snapshot) -> Iterator[tuple[str, str, ShellCommand]]:
    for found in snapshot.derived(ContinuousIntegration).commands:
        yield found.path, found.folder, found.command
    for path, dockerfile in snapshot.shipped(Dockerfile):
        for stage in dockerfile.stages if not is_for_development(path) else ():
            if any(copy.source_stage is None and set(copy.sources) & {".", "./"} for copy in stage.copies):
                yield from ((path, "", command) for command in stage.commands)
    for path, makefile in snapshot.files(Makefile):
        for target in makefile.targets:
            yield from ((path, path.rpartition("/")[0], command) for command in target.commands)


def _packages(snapshot: Snapshot) -> dict[str, list[tuple[str, GoSource]]]:
    found: dict[str, list[tuple[str, GoSource]]] = {}
    for path, source in snapshot.files(GoSource):
        if not path.endswith("_test.go") and source.package:
            found.setdefault(path.rpartition("/")[0], []).append((path, source))
    return found


def _build(
    packages: dict[str, list[tuple[str, GoSource]]], modules: dict[str, str], path: str, folder: str,
    command: ShellCommand, words: tuple[str, ...],
) -> GoBuild | None:  # fmt: skip
    options, operands = _read(words)
    target = operands[0] if operands else "."
    if (
        len(operands) > 1
        or "..." in target
        or "$" in target
        or not (target.startswith(".") or target.endswith(".go"))
    ):
        return None
    place = join(folder, posixpath.dirname(target) if target.endswith(".go") else target)
    sources = packages.get(place) if place is not None else None
    if place is None or not sources:
        return None
    usual = [source for _, source in sources if not source.build_constraint] or [
        source for _, source in sources
    ]
    package = usual[0].package
    missing = tuple(
        symbol
        for symbol in _STAMP.findall(options.get("-ldflags", ""))
        if _is_missing(symbol, place, packages, modules)
    )
    return GoBuild(
        command.text[:120], path, command.line, place, options.get("-o", ""), package, sources[0][0], missing
    )


def _read(words: tuple[str, ...]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    operands: list[str] = []
    number = 0
    while number < len(words):
        word = words[number]
        name, equals, value = word.partition("=")
        name = name.replace("--", "-", 1)
        if not word.startswith("-"):
            operands.append(word)
        elif name in VALUED_FLAGS:
            number += not equals
            options[name] = value if equals else words[number] if number < len(words) else ""
        number += 1
    return options, operands


def _is_missing(
    symbol: str, place: str, packages: dict[str, list[tuple[str, GoSource]]], modules: dict[str, str]
) -> bool:
    """Whether the package, which is in the tree, declares no variable of this name."""
    package, _, name = symbol.rpartition(".")
    if package == "main":
        sources = packages.get(place, [])
    else:
        root, module = max(
            modules.items(),
            key=lambda item: len(item[1]) if package.startswith(item[1]) else -1,
            default=("", ""),
        )
        if not module or not (package == module or package.startswith(f"{module}/")):
            return False
        sources = packages.get(posixpath.join(root, package.removeprefix(module).strip("/")), [])
    declared = {
        d.name for _, source in sources for d in source.definitions if d.kind is DefinitionKind.CONSTANT
    }
    bound = {binding.name for _, source in sources for binding in source.bindings if binding.inside is None}
    return bool(sources) and name not in declared | bound
