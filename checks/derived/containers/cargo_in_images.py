"""Dockerfiles that run Cargo on a manifest: which of the targets it declares are in the image by then."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.images import Images
from checks.derived.tree_paths import join
from checks.facts.cargo import CargoManifest, CargoTarget
from checks.facts.dockerfile import Stage, run_commands
from checks.facts.dockerfile_reader import Instruction
from checks.snapshot import Snapshot

_READS_MANIFEST = frozenset({"build", "b", "install", "fetch", "check", "test", "run", "metadata", "rustc"})
_FOLDERS = {"bench": "benches", "example": "examples", "test": "tests", "bin": "src/bin"}


@dataclass(frozen=True, slots=True)
class CargoRun:
    """The first Cargo command of a stage that got the manifest, and the declared targets it can't find."""

    path: str
    line: int
    command: str
    manifest: str
    missing: tuple[CargoTarget, ...]


@dataclass(frozen=True)
class CargoInImages:
    """All of them, in files that copy the manifest by name: who copies the whole folder misses nothing."""

    runs: tuple[CargoRun, ...]

    def __len__(self) -> int:
        return len(self.runs)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(
                run
                for image in snapshot.derived(Images).images
                for stage in image.dockerfile.stages
                if (run := _first_run(snapshot, image.path, image.context, stage))
            )
        )


def _first_run(snapshot: Snapshot, path: str, context: str, stage: Stage) -> CargoRun | None:
    """None where no Cargo runs, or where what is in the image by then can't be told."""
    copied: list[str] = []
    written: list[str] = []
    for instruction in stage.instructions:
        if instruction.keyword in ("COPY", "ADD"):
            if instruction.flag("from") is not None or instruction.heredocs:
                return None
            copied += _sources(context, instruction)
        elif instruction.keyword == "RUN":
            written.append(instruction.text)
            if (command := _cargo(instruction)) is not None:
                return _run(
                    snapshot, CargoRun(path, instruction.line, command, "", ()), copied, " ".join(written)
                )
    return None


def _sources(context: str, instruction: Instruction) -> Iterator[str]:
    return (
        found for word in instruction.words[:-1] if (found := join(context, word.lstrip("/"))) is not None
    )


def _cargo(instruction: Instruction) -> str | None:
    for command in run_commands(instruction):
        for words in command.chain:
            if words[:1] == ("cargo",) and len(words) > 1 and words[1] in _READS_MANIFEST:
                return f"cargo {words[1]}"
    return None


def _run(snapshot: Snapshot, run: CargoRun, copied: list[str], written: str) -> CargoRun | None:
    name = next((source for source in copied if posixpath.basename(source) == "Cargo.toml"), None)
    manifest = snapshot.get(name, CargoManifest) if name else None
    if name is None or manifest is None:
        return None
    folder = posixpath.dirname(name)
    missing = (
        target for target in manifest.targets if not _is_there(snapshot, folder, target, copied, written)
    )
    return CargoRun(run.path, run.line, run.command, name, tuple(missing))


def _is_there(snapshot: Snapshot, folder: str, target: CargoTarget, copied: list[str], written: str) -> bool:
    """Whether one of the places where Cargo looks is copied, written by an earlier command, or not in the tree either."""
    places = tuple(_places(target))
    if any(place in written for place in places):
        return True
    full = [posixpath.join(folder, place) for place in places]
    if not any(place in snapshot.paths for place in full):
        return True
    return any(_covers(source, place) for source in copied for place in full)


def _places(target: CargoTarget) -> Iterator[str]:
    """Where Cargo looks for a target before it builds anything. One with a path is only missed when it is built."""
    if target.path is None and target.kind in _FOLDERS and target.name is not None:
        yield f"{_FOLDERS[target.kind]}/{target.name}.rs"
        yield f"{_FOLDERS[target.kind]}/{target.name}/main.rs"


def _covers(source: str, place: str) -> bool:
    wild = source.partition("*")[0] if "*" in source else None
    if wild is not None:
        return place.startswith(wild)
    return source in ("", place) or place.startswith(f"{source.rstrip('/')}/")
