"""The Node packages of a tree: their folders, their TypeScript settings, the files they offer."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import join, parents
from checks.facts.package_json import PackageJson
from checks.facts.tsconfig import PathAlias, TypeScriptConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

CODE = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte")
_DEPTH = 6
_OUTPUTS = frozenset({"dist", "build", "lib", "out"})


@dataclass(frozen=True, slots=True)
class Alias:
    """A path alias with the folder that its targets are relative to."""

    alias: PathAlias
    folder: str


@dataclass(frozen=True)
class NodePackages:
    """Packages and TypeScript configurations by folder."""

    packages: dict[str, PackageJson]
    configurations: dict[str, tuple[tuple[str, TypeScriptConfig], ...]]
    paths: frozenset[str]
    folders: frozenset[str]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        configurations: dict[str, list[tuple[str, TypeScriptConfig]]] = {}
        for path, config in snapshot.files(TypeScriptConfig):
            configurations.setdefault(path.rpartition("/")[0], []).append((path, config))
        packages = {path.rpartition("/")[0]: facts for path, facts in snapshot.files(PackageJson)}
        return cls(
            packages,
            {folder: tuple(found) for folder, found in configurations.items()},
            snapshot.paths,
            snapshot.folders,
        )

    def folder_of(self, path: str) -> str | None:
        """The folder of the nearest package above a file."""
        return next((folder for folder in parents(path) if folder in self.packages), None)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The folder of each named package."""
        return {facts.name: folder for folder, facts in self.packages.items() if facts.name}

    @cached_property
    def _aliases(self) -> dict[str, tuple[Alias, ...]]:
        return {}

    def aliases(self, path: str) -> tuple[Alias, ...]:
        """The path aliases that hold for a file, nearest configuration first, extended ones included."""
        folder = path.rpartition("/")[0]
        if folder not in self._aliases:
            self._aliases[folder] = tuple(
                alias
                for above in parents(path)
                for file, c in self.configurations.get(above, ())
                for alias in self._of(file, c, 0)
            )
        return self._aliases[folder]

    def _of(self, file: str, config: TypeScriptConfig, depth: int) -> Iterator[Alias]:
        folder = file.rpartition("/")[0]
        base = join(folder, config.base_url or ".")
        if base is not None:
            yield from (Alias(alias, base) for alias in config.aliases)
            if config.base_url is not None:
                yield Alias(PathAlias("*", ("*",), 1), base)
        for extended in config.extends if depth < _DEPTH else ():
            target = join(folder, extended) if extended.startswith(".") else None
            for candidate in (target, f"{target}.json") if target else ():
                for name, other in self.configurations.get(posixpath.dirname(candidate), ()):
                    if name == candidate:
                        yield from self._of(name, other, depth + 1)

    def file(self, stem: str) -> str | None:
        """The file that a path without (or with another) extension means, an index file included."""
        if stem in self.paths:
            return stem
        bare, extension = posixpath.splitext(stem)
        swapped = bare if extension in (".js", ".jsx", ".mjs", ".cjs") else None
        for base in filter(None, (stem, swapped, f"{stem}/index" if stem else "index")):
            found = next(
                (base + suffix for suffix in (*CODE, ".d.ts", ".json") if base + suffix in self.paths), None
            )
            if found:
                return found
        return None

    def offered(self, folder: str, subpath: str) -> str | None:
        """The source file behind a package's import, or behind a path inside it."""
        if subpath:
            inner = f"{folder}/{subpath}".strip("/")
            written = self.file(inner) or self.file(f"{folder}/src/{subpath}".strip("/"))
            return written or self._compiled_from(folder, subpath)
        facts = self.packages[folder]
        for offer in facts.entry_files:
            if offer.key in (".", "") and (found := self.source_of(folder, offer.path)):
                return found
        return self.file(f"{folder}/src/index".strip("/")) or self.file(f"{folder}/index".strip("/"))

    def _compiled_from(self, folder: str, subpath: str) -> str | None:
        """What an import of the build's own output is compiled from: `pkg/dist/db` is `src/db`."""
        output, _, rest = subpath.partition("/")
        return self.file(f"{folder}/src/{rest}".strip("/")) if output in _OUTPUTS else None

    def source_of(self, folder: str, path: str) -> str | None:
        """A file that a manifest names, or what it is compiled from."""
        target = join(folder, path)
        if target is None:
            return None
        if found := self.file(target):
            return found
        inner = target.removeprefix(f"{folder}/") if folder else target
        rest = posixpath.splitext(inner.partition("/")[2])[0].removesuffix(".d")
        while rest:
            for place in ("src/", ""):
                if found := self.file(f"{folder}/{place}{rest}".strip("/")):
                    return found
            rest = rest.partition("/")[2]
        return None
