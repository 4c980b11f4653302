"""Rust's traits and TypeScript's interfaces: implemented where a type says so."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from checks.derived.node_packages import NodePackages
from checks.derived.tree_paths import parents
from checks.derived.wiring.interfaces import WORD, Implementation, Interfaces
from checks.facts.cargo import CargoManifest
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Definition


class RustTraits(Interfaces):
    """A trait is implemented where an `impl` says so, in a crate whose traits nobody else can implement."""

    def interfaces(self) -> Iterator[tuple[str, Definition]]:
        crates = dict(self.snapshot.files(CargoManifest))
        for path, definition in super().interfaces():
            folder = next((f for f in parents(path) if f"{f}/Cargo.toml".lstrip("/") in crates), None)
            manifest = crates.get(f"{folder}/Cargo.toml".lstrip("/"))
            closed = manifest is not None and (
                manifest.publish is False or f"{folder}/src/lib.rs".lstrip("/") not in self.snapshot.paths
            )
            if (closed or not definition.exported) and not self.sources[path].in_test(definition.line):
                yield path, definition

    def found(self, path: str, interface: Definition) -> list[Implementation] | None:  # noqa: ARG002
        """None where no `impl` is written out: a macro may write it."""
        return self._implementing.get(interface.name)

    @cached_property
    def _implementing(self) -> dict[str, list[Implementation]]:
        found: dict[str, list[Implementation]] = defaultdict(list)
        for path, source in self.sources.items():
            for method in source.definitions:
                owner = method.inside or ""
                for base in method.bases if method.kind is DefinitionKind.METHOD else ():
                    trait = base.partition("<")[0].rpartition("::")[2]
                    if trait != owner and not source.in_test(method.line):
                        found[trait].append(Implementation(path, method.line, owner.rpartition(".")[2]))
        return found


class TypeScriptInterfaces(Interfaces):
    """An object of any kind may fill an interface: only one that classes say they implement can be judged."""

    def found(self, path: str, interface: Definition) -> list[Implementation] | None:
        folder = self._packages.folder_of(path)
        if folder is None or self._packages.packages[folder].is_published or interface.name in self._returned:
            return None
        return list(self._nominal(interface.name)) or None

    @cached_property
    def _packages(self) -> NodePackages:
        return self.snapshot.derived(NodePackages)

    @cached_property
    def _returned(self) -> frozenset[str]:
        """The words of what functions return: an object written there may be the implementation."""
        written = (d.return_type or "" for source in self.sources.values() for d in source.functions())
        return frozenset(word for text in written for word in WORD.findall(text))
