"""The classes of a tree's Python files: their families, and the attributes that all of a family give."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.python_classes import PythonClasses
from checks.facts.python_source import PythonSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.python_classes import PythonClass
    from checks.facts.python_reads import AttributeRead
    from checks.facts.roles import Role
    from checks.facts.source import Import
    from checks.snapshot import Snapshot

_EMPTY_BASES = re.compile(
    r"^(?:object|(?:abc\.)?ABC(?:Meta)?|(?:typing\.|t\.)?Generic(?:\[.*\])?|True|False)$"
)
_MODEL = re.compile(r"^(?:pydantic(?:_settings)?\.)?Base(?:Model|Settings)$")
_OF_MODEL = re.compile(
    r"^(?:model_|__)|^(?:dict|json|copy|schema|schema_json|construct|parse_\w+|from_orm|validate|update_forward_refs|fields|Config)$"
)
_KEEPS = re.compile(
    r"^(?:(?:dataclasses\.)?dataclass|final|(?:typing\.)?(?:final|runtime_checkable)|(?:functools\.)?total_ordering)\b"
)
_BUILT_IN = {
    kind.__name__: frozenset(dir(kind))
    for kind in (
        *(dict, list, set, frozenset, tuple, str, bytes, int, float),
        *(
            BaseException,
            Exception,
            ValueError,
            TypeError,
            RuntimeError,
            KeyError,
            LookupError,
            ArithmeticError,
        ),
        *(
            AttributeError,
            NotImplementedError,
            PermissionError,
            TimeoutError,
            ConnectionError,
            OSError,
            UserWarning,
        ),
    )
}
_EVERY_CLASS = frozenset(dir(object)) | {"__dict__", "__name__", "__qualname__", "__annotations__", "mro"}
_DEEPEST = 20

Place = tuple[str, str]  # a file and the class in it


class PythonClassTable:
    """The classes of a tree by file and name."""

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(snapshot)

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.files = dict(snapshot.files(PythonClasses))
        self.classes: dict[Place, PythonClass] = {}
        self.twice: set[Place] = set()
        self._bound: dict[str, dict[str, list[Import]]] = {}
        self._targets: dict[str, dict[str, list[str]]] = {}
        self._defined: dict[str, Counter[str]] = {}
        for path, facts in self.files.items():
            for one in facts.classes:
                place = (path, one.name)
                if place in self.classes:
                    self.twice.add(place)
                self.classes[place] = one

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Attributes that something sets from outside, and names that strings spell."""
        return frozenset(name for facts in self.files.values() for name in facts.stored | facts.asked)

    def asked(self, path: str) -> frozenset[str]:
        """The names that strings of a file spell: what it patches, among others."""
        facts = self.files.get(path)
        return facts.asked if facts else frozenset()

    @cached_property
    def _imported(self) -> dict[str, tuple[str, ...]]:
        graph = self.snapshot.derived(ImportGraph)
        return {
            path: tuple(dict.fromkeys(edge.target for edge in edges)) for path, edges in graph.imports.items()
        }

    def resolve(self, path: str, written: str) -> Place | None:
        """The class of this tree that a name means in a file, where it can be no other."""
        name = written.rpartition(".")[2]
        if "." not in written and (path, name) in self.classes:
            return (path, name) if not self._rebinds(path, name) else None
        files = self.sources_of(path, written.partition(".")[0])
        direct = {(file, name) for file in files if (file, name) in self.classes}
        if not direct:  # a package that hands it on
            packages = [file for file in files if file.endswith("__init__.py")]
            direct = {
                (further, name)
                for file in packages
                for further in self.sources_of(file, name)
                if (further, name) in self.classes
            }
        return direct.pop() if len(direct) == 1 else None

    def sources_of(self, path: str, name: str) -> list[str]:
        """The files of this tree that the one import of a name leads to."""
        found = self._imports_of(path).get(name, [])
        if len(found) != 1 or found[0].alias not in (None, name):
            return []
        wanted = dict.fromkeys((found[0].module.rpartition(".")[2], name))
        return [target for word in wanted if word for target in self._targets_of(path).get(word, ())]

    def _imports_of(self, path: str) -> dict[str, list[Import]]:
        """The imports of a file by each name that they bind."""
        if path not in self._bound:
            source = self.snapshot.get(path, PythonSource)
            found = self._bound[path] = {}
            for one in source.imports if source else ():
                for name in dict.fromkeys((*one.names, one.alias, one.module)):
                    found.setdefault(name or "", []).append(one)
        return self._bound[path]

    def _targets_of(self, path: str) -> dict[str, list[str]]:
        """The files that a file imports, by the name of the module."""
        if path not in self._targets:
            found = self._targets[path] = {}
            for target in self._imported.get(path, ()):
                found.setdefault(_module_name(target), []).append(target)
        return self._targets[path]

    def _rebinds(self, path: str, name: str) -> bool:
        return self.snapshot.get(path, PythonSource) is None or any(
            name in one.names or one.alias == name for one in self._imports_of(path).get(name, ())
        )

    @cached_property
    def _above(self) -> dict[Place, tuple[Place | None, ...]]:
        """The bases of each class; None for one that can't be told."""
        return {
            place: tuple(self._base(place[0], base) for base in one.bases if not self._is_known(base))
            for place, one in self.classes.items()
        }

    def _base(self, path: str, base: str) -> Place | None:
        return self.resolve(path, base.partition("[")[0])

    def _is_known(self, base: str) -> bool:
        return bool(_EMPTY_BASES.match(base) or _MODEL.match(base)) or base in _BUILT_IN

    @cached_property
    def _below(self) -> dict[Place, list[Place]]:
        found: dict[Place, list[Place]] = defaultdict(list)
        for place, bases in self._above.items():
            for base in bases:
                if base is not None:
                    found[base].append(place)
        return found

    @cached_property
    def _named_as_bases(self) -> frozenset[str]:
        """The last words of bases that could not be resolved: any class of that name may have subclasses."""
        return frozenset(
            written.partition("[")[0].rpartition(".")[2]
            for (path, _), one in self.classes.items()
            for written in one.bases
            if not self._is_known(written) and self._base(path, written) is None
        )

    @cached_property
    def closed(self) -> dict[Place, frozenset[str]]:
        """Every class all of whose attributes are known, with them: its own, its bases', its subclasses'."""
        found: dict[Place, frozenset[str]] = {}
        for place in self.classes:
            family = self._family(place)
            if family is not None:
                found[place] = frozenset().union(*(self._gives(one) for one in family)) | _EVERY_CLASS
        return found

    def _family(self, place: Place) -> set[Place] | None:
        """The class with all above and below it; None where one of them is open or can't be told."""
        family, waiting = set(), [place]
        while waiting:
            one = waiting.pop()
            if one in family:
                continue
            family.add(one)
            if len(family) > _DEEPEST or self._is_open(one):
                return None
            for base in self._above[one]:
                if base is None:
                    return None
                waiting.append(base)
            waiting += self._below.get(one, ())
        return family

    def _is_open(self, place: Place) -> bool:
        one = self.classes[place]
        return (
            one.is_open
            or "allow" in one.attributes  # pydantic's extra fields
            or place in self.twice
            or one.name.endswith("Mixin")
            or one.name in self._named_as_bases
            or not all(_KEEPS.match(mark) for mark in one.decorators)
        )

    def _is_model(self, place: Place) -> bool:
        """Whether pydantic gives it more."""
        return any(
            _MODEL.match(base) for one in self._family(place) or () for base in self.classes[one].bases
        )

    def _gives(self, place: Place) -> frozenset[str]:
        one = self.classes[place]
        built_in = [_BUILT_IN[base] for base in one.bases if base in _BUILT_IN]
        made = {"__dataclass_fields__", "__slots__"}
        return one.attributes.union(made, *built_in)

    def lacks(self, owner: Place, name: str) -> bool:
        """Whether it is certain that an instance has no such attribute."""
        attributes = self.closed.get(owner)
        if attributes is None or name in attributes or name in self.elsewhere:
            return False
        return not (_OF_MODEL.match(name) and self._is_model(owner))

    def reads(self, roles: frozenset[Role]) -> Iterator[tuple[Place, AttributeRead, str]]:
        """Every read in files of these roles, with the class that it is of."""
        for path, facts in self.files.items():
            if self.snapshot.role(path) not in roles or is_hidden(path):
                continue
            for one in facts.classes:
                yield from (((path, one.name), read, path) for read in one.reads)
            means = (
                (facts.reads, self.resolve),
                (facts.of_names, self._instance),
                (facts.of_fixtures, self._fixture),
            )
            for found, resolve in means:
                for read in found:
                    owner = resolve(path, read.of)
                    if owner is not None:
                        yield owner, read, path

    def _fixture(self, path: str, name: str) -> Place | None:
        """The class whose instance a fixture gives: that of the file, or of the nearest conftest that has it."""
        for file in (path, *(f"{folder}/conftest.py".lstrip("/") for folder in parents(path))):
            count = self._definitions_of(file)[name]
            if count > 1 or any(name in (*i.names, i.alias) for i in self._imports_of(file).get(name, ())):
                return None  # one of several, or another module's
            if count:
                written = dict(self.files[file].fixtures).get(name) if file in self.files else None
                return self.resolve(file, written) if written else None
        return None

    def _definitions_of(self, path: str) -> Counter[str]:
        """How often a file defines each name, at whatever depth."""
        if path not in self._defined:
            source = self.snapshot.get(path, PythonSource)
            names = (one.name.rpartition(".")[2] for one in source.definitions) if source else ()
            self._defined[path] = Counter(names)
        return self._defined[path]

    def _instance(self, path: str, name: str) -> Place | None:
        """The class whose one instance a module's name is."""
        for file in (path, *self.sources_of(path, name)):
            written = self._instances.get(file, {}).get(name)
            if written is not None:
                return self.resolve(file, written)
        return None

    @cached_property
    def _instances(self) -> dict[str, dict[str, str]]:
        return {path: dict(facts.instances) for path, facts in self.files.items()}


def _module_name(path: str) -> str:
    stem = path.removesuffix("/__init__.py").removesuffix(".py")
    return stem.rpartition("/")[2]
