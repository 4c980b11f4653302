"""What Rust files name of each other: by their imports, by the paths they call, and by the names they take from above."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import parents
from checks.facts.source import Import, ImportForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from checks.facts.rust_source import RustSource

_PARENTS = ("/mod.rs", "/lib.rs", "/main.rs")
_NO_USES = (ImportForm.REEXPORT, ImportForm.MODULE)
_RELATIVE = frozenset({"crate", "super", "self"})
_DEEP = 20  # segments of a path, more than anybody writes


def _leaves(paths: Iterable[str]) -> frozenset[str]:
    """The modules without modules below: what is named through them is theirs."""
    every = frozenset(paths)
    folders = {path.rpartition("/")[0] for path in every}
    return frozenset(path for path in every if path.removesuffix(".rs") not in folders)


def _is_own(statement: Import) -> bool:
    """Whether a module inside of the file, as its tests are, imports what the file itself has."""
    return statement.inside is not None and statement.module == "super"


def own_folder(path: str) -> str:
    """Where the modules stand that a file declares: beside it or in the folder of its name."""
    return path.rpartition("/")[0] if path.endswith(_PARENTS) else path.removesuffix(".rs")


def _start(path: str, word: str) -> str | None:
    """The folder that `crate`, `self` or `super` means in a file."""
    root, source, _ = path.rpartition("src/")
    own = own_folder(path)
    folders = {"crate": f"{root}{source}".rstrip("/"), "self": own, "super": own.rpartition("/")[0]}
    return folders.get(word)


def _aliases(sources: Mapping[str, RustSource]) -> dict[str, str]:
    """The modules that a file passes on under its own name, with where they are: `pub use ui::tui` in lib.rs."""
    found: dict[str, str] = {}
    for path, source in sources.items():
        own = str(_start(path, "self"))
        for statement in source.imports:
            if statement.form is not ImportForm.REEXPORT or statement.names:
                continue
            first, *rest = statement.module.split("::")[:_DEEP]
            folder = _start(path, first)
            target = "/".join((own, first, *rest) if folder is None else (folder, *rest))
            found.setdefault(f"{own}/{statement.alias or [first, *rest][-1]}", target)
    return {alias: target for alias, target in found.items() if alias != target}


@dataclass(frozen=True, slots=True)
class _Places:
    """The leaves of a tree, and the modules that stand under a second name."""

    leaves: frozenset[str]
    aliases: Mapping[str, str]

    @classmethod
    def of(cls, sources: Mapping[str, RustSource]) -> Self:
        return cls(_leaves(sources), _aliases(sources))

    def below(self, place: str, name: str) -> str:
        """Where a name below a module is."""
        return self.aliases.get(f"{place}/{name}", f"{place}/{name}")

    def along(self, folder: str | None, names: list[str]) -> list[str]:
        """The places that a path leads through from its start. Empty where that is outside of the crate."""
        if folder is None:
            return []
        places = [folder]
        for name in names[: _DEEP - 1]:
            places.append(self.below(places[-1], name))
        return places


@dataclass(frozen=True, slots=True)
class _Import:
    """An import, with the leaf that it goes through (None where that can't be told) and the leaves that it names."""

    segments: frozenset[str]
    names: frozenset[str]
    through: str | None
    leaves: frozenset[str]

    @classmethod
    def of(cls, path: str, statement: Import, known: _Places) -> Self:
        parts = statement.module.split("::")
        names = {part for name in statement.names for part in name.split("::")}
        places = known.along(_start(path, parts[0]), parts[1:])
        through = next((f"{place}.rs" for place in places[1:] if f"{place}.rs" in known.leaves), None)
        named = {
            file
            for name in names
            for place in places[-1:]
            if (file := f"{known.below(place, name)}.rs") in known.leaves
        }
        root = {"crate"} if len(parts) == 1 else set()
        return cls(frozenset({*parts, *root}), frozenset({*names, parts[-1]}), through, frozenset(named))


@dataclass(frozen=True, slots=True)
class _Uses:
    """What one file names: worked out once, asked for every module."""

    path: str
    modules: frozenset[str]  # the leaves that its imports lead to
    meant: frozenset[str]  # identifiers that come from none of them and that it doesn't define
    named: frozenset[str]  # every segment of its imports and of the paths it calls
    steps: tuple[tuple[frozenset[str], frozenset[str]], ...]  # per import: segments, names
    unbound: frozenset[str]  # identifiers that it neither defines nor imports by name
    stray: frozenset[str]  # types among them that no import ends in or may bring
    references: frozenset[str]

    @classmethod
    def of(cls, path: str, source: RustSource, known: _Places) -> Self:
        statements = [i for i in source.imports if i.form not in _NO_USES and not _is_own(i)]
        imports = [_Import.of(path, statement, known) for statement in statements]
        modules = {one.through for one in imports if one.through}.union(*(one.leaves for one in imports))
        stems = {_stem(module) for module in modules}
        steps = tuple((one.segments, one.names - stems) for one in imports if one.through is None)
        called = {part for call in source.calls for part in _path_of(call.callee, stems)}
        named = called.union(*(segments | names for segments, names in steps))
        own = {definition.name for definition in source.definitions}
        explicit = {name for i in statements for name in (*i.names, i.alias or "")}
        unbound = source.references - own - explicit
        ends = {i.module.rpartition("::")[2] for i in statements}
        globs = any("*" in (i.module, *i.names) or i.module.endswith("::*") for i in statements)
        stray = frozenset(name for name in unbound - ends if name[:1].isupper() and not globs)
        taken = frozenset[str]().union(*(one.names for one in imports if one.through))
        meant = source.references - own - taken
        modules_of, named_of = frozenset(modules), frozenset(named)
        return cls(path, modules_of, meant, named_of, steps, frozenset(unbound), stray, source.references)


class RustUses:
    """Which files name a module or something of it: what each names is indexed once, and asked for every module."""

    def __init__(self, sources: Mapping[str, RustSource], offered: Mapping[str, frozenset[str]]) -> None:
        known = _Places.of(sources)
        stems = {_stem(path) for path in offered}
        self._items = frozenset[str]().union(*offered.values())
        offers = Counter(item for items in offered.values() for item in items)
        self._unique = frozenset(item for item, count in offers.items() if count == 1)
        self._files = {path: _Uses.of(path, source, known) for path, source in sources.items()}
        self._named: dict[str, set[str]] = defaultdict(set)  # by module, and by the name of one
        self._referring: dict[str, set[str]] = defaultdict(set)  # by the name of a module
        self._passing: dict[tuple[str, str], set[str]] = defaultdict(set)  # by segment or folder, and item
        self._mentioning: dict[str, set[str]] = defaultdict(
            set
        )  # by the name of a type that no import brings
        for path, one in self._files.items():
            self._index(path, one, stems)
            for place, item in (*self._steps(path, one), *_called(sources[path])):
                self._passing[place, item].add(path)

    def _index(self, path: str, one: _Uses, stems: set[str]) -> None:
        for name in (*one.modules, *(one.named & stems)):
            self._named[name].add(path)
        for name in one.references & stems:
            self._referring[name].add(path)
        for item in one.stray & self._unique:
            self._mentioning[item].add(path)

    def _steps(self, path: str, one: _Uses) -> Iterator[tuple[str, str]]:
        """The items that the imports may bring, each with the segments of its path: where those are only relative, the folder."""
        unbound = one.unbound & self._items
        for segments, names in one.steps:
            items = unbound | (names & self._items) if "*" in names else names & self._items
            places = [f"{_folder(path)}/"] if segments <= _RELATIVE else segments
            yield from ((place, item) for place in places for item in items)

    def of(self, path: str, items: frozenset[str]) -> Iterator[str]:
        """The files that name the module or one of its items by a path that leads there."""
        stem, folder = _stem(path), _folder(path)
        found = self._named.get(path, set()) | self._named.get(stem, set())
        places = {*folder.split("/"), *_RELATIVE, *_near(folder)}
        keys = [(place, item) for place in places for item in items if (place, item) in self._passing]
        mentioned = (self._mentioning[item] for item in items if item in self._mentioning)
        found.update(*(self._passing[key] for key in keys), *mentioned, self._parents(path, items))
        yield from found
        for user in self._referring.get(stem, set()) - found:
            if not items.isdisjoint(self._files[user].meant):
                yield user

    def _parents(self, path: str, items: frozenset[str]) -> Iterator[str]:
        """The modules above it that name an item which they neither define nor import by name."""
        above = [folder for folder in parents(path) if folder]
        for parent in (*(folder + name for folder in above for name in _PARENTS), f"{_folder(path)}.rs"):
            if parent in self._files and parent != path and not items.isdisjoint(self._files[parent].unbound):
                yield parent


def _called(source: RustSource) -> Iterator[tuple[str, str]]:
    """What is called through a module that stands in the path: `util::decode(...)` is ("util", "decode")."""
    for call in source.calls:
        parts = call.callee.split("::")[-_DEEP:]
        yield from itertools.pairwise(parts)


def _near(folder: str) -> Iterator[str]:
    """The folders in which a relative path may lead to a module of this folder."""
    yield f"{folder}/"
    yield from (f"{above}/" for above in parents(folder) if above)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".rs")


def _path_of(callee: str, bound: set[str]) -> Iterator[str]:
    """The modules and types that a call goes through; a name that an import bound to a leaf is that leaf's."""
    parts = callee.split("::")[:-1]
    yield from (part for number, part in enumerate(parts) if number or part not in bound)
