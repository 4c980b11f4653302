"""Ports that images and containers of this tree declare, and which of them nothing in the tree can listen on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.environment import is_own_program, may_be_own, variables_read
from checks.derived.image_references import is_for_development
from checks.derived.images import Images
from checks.derived.references import is_test_code
from checks.derived.workloads import Manifests
from checks.facts.numbers_named import NumbersNamed
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# Where a server listens when nobody says where: nothing in the tree has to name these.
_DEFAULTS = frozenset(
    {80, 443, 2019, 3000, 3001, 4000, 4173, 4200, 4321, 5000, 5173, 5678, 6006, 7860, 8000, 8080, 8081, 8443, 8501, 8787, 8888, 9229}
)  # fmt: skip
# Programs that put a prefix before the names of the variables that they read: viper, pydantic, clap's kin.
_PREFIXES = frozenset({"SetEnvPrefix", "env_prefix", "EnvPrefix"})


@dataclass(frozen=True, slots=True)
class DeclaredPort:
    """A port of a container, by who declares it."""

    port: int
    path: str
    line: int
    owner: str


@dataclass(frozen=True)
class DeclaredPorts:
    """Every declared port that is no server's default; `unheard` are those that no code or configuration names."""

    ports: tuple[DeclaredPort, ...]
    unheard: tuple[DeclaredPort, ...]

    def __len__(self) -> int:
        return len(self.ports)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ports = tuple(sorted(_declared(snapshot), key=lambda item: (item.path, item.line)))
        named = _listened(snapshot) if ports else frozenset()
        return cls(ports, tuple(p for p in ports if p.port not in named and p.port not in _DEFAULTS))


def _declared(snapshot: Snapshot) -> Iterator[DeclaredPort]:
    own = [image for image in snapshot.derived(Images).images if is_own_program(image.dockerfile)]
    for image in own:
        final = image.dockerfile.final
        if final is not None and not is_for_development(image.path):
            for word, line in final.ports:
                if number := _number(word):
                    yield DeclaredPort(number, image.path, line, "EXPOSE")
    for manifest in snapshot.derived(Manifests).objects if own else ():
        for container in manifest.object.pod.containers if manifest.object.pod else ():
            if may_be_own(container.image or "", snapshot):
                for _, word, line in container.ports:
                    if number := _number(word):
                        yield DeclaredPort(number, manifest.path, line, f"container {container.name}")


def _number(word: str) -> int | None:
    found = re.fullmatch(r"(\d{2,5})(?:/tcp)?", word)
    return int(found.group(1)) if found else None


def _listened(snapshot: Snapshot) -> frozenset[int]:
    """The numbers that code or configuration names, those of variables that nothing reads left out."""
    reads = variables_read(snapshot)
    numbers: set[int] = set()
    assigned: set[tuple[str, int]] = {*_variables(snapshot), *_image_variables(snapshot)}
    for path, found in snapshot.files(NumbersNamed):
        if not is_test_code(snapshot, path):
            numbers |= found.numbers
            assigned |= found.assigned
    return frozenset(numbers | {number for name, number in assigned if name in reads or name == "PORT"})


def _variables(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    for manifest in snapshot.derived(Manifests).objects:
        for container in manifest.object.pod.containers if manifest.object.pod else ():
            for name, value, _ in container.variables:
                if value and (number := _number(value)):
                    yield name, number
            for word in (*container.command, *container.arguments):
                for text in re.findall(r"\d{2,5}", word[:400]):
                    yield "PORT", int(text)


def _image_variables(snapshot: Snapshot) -> Iterator[tuple[str, int]]:
    """ENV SHOP_PORT=5230, of which the program names "port" alone."""
    prefixed = any(_PREFIXES & source.references for _, source in snapshot.files(Source))
    for image in snapshot.derived(Images).images if prefixed else ():
        for stage in image.dockerfile.stages:
            for name, value, _ in stage.env:
                if name.endswith("_PORT") and (number := _number(value)):
                    yield "PORT", number
