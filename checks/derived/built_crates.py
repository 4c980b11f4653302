"""Which crates of a workspace the tree's images are built of, where their Dockerfiles name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.crate_reach import CrateReach
from checks.derived.image_references import is_for_development
from checks.facts.cargo import CargoManifest
from checks.facts.dockerfile import Dockerfile, run_commands
from checks.snapshot import Snapshot

_NAMES = ("-p", "--package", "--bin")


@dataclass(frozen=True)
class BuiltCrates:
    """`named` are the crates in the images with all that they need; None where an image may hold any."""

    named: frozenset[str] | None
    crates: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        manifests = {path.rpartition("/")[0]: manifest for path, manifest in snapshot.files(CargoManifest)}
        homes = dict(_homes(manifests))
        builds = [
            tuple(_named(words))
            for path, dockerfile in snapshot.shipped(Dockerfile)
            if not is_for_development(path)
            for words in _builds(dockerfile)
        ]
        crates = frozenset(folder for folder, manifest in manifests.items() if manifest.name)
        if not builds or not all(names and all(name in homes for name in names) for names in builds):
            return cls(None, crates)
        reach = snapshot.derived(CrateReach)
        found = (reach.of(homes[name]) for names in builds for name in names)
        return cls(frozenset().union(*found), crates)

    def leave_out(self, folder: str) -> bool:
        """Whether the folder is a crate that no image holds."""
        return self.named is not None and folder in self.crates and folder not in self.named


def _homes(manifests: dict[str, CargoManifest]) -> Iterator[tuple[str, str]]:
    """What a build may name -> the crate's folder; a package's own name wins over a binary's."""
    for folder, manifest in manifests.items():
        yield from ((target.name, folder) for target in manifest.targets if target.name)
    yield from ((manifest.name, folder) for folder, manifest in manifests.items() if manifest.name)


def _builds(dockerfile: Dockerfile) -> Iterator[tuple[str, ...]]:
    for stage in dockerfile.stages:
        for instruction in stage.instructions:
            for command in run_commands(instruction) if instruction.keyword == "RUN" else ():
                yield from (
                    words for words in command.chain if words[:2] in (("cargo", "build"), ("cargo", "b"))
                )


def _named(words: tuple[str, ...]) -> Iterator[str]:
    for word, following in zip(words, (*words[1:], ""), strict=True):
        name, equals, value = word.partition("=")
        if name in _NAMES:
            yield value if equals else following
