"""Python's imports resolved to files: search paths per project, relative imports, packages' __init__, lazy imports."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from checks.derived.images import Images
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProject, PythonProjects, import_name
from checks.derived.resolution.model import Edge, MissingTarget, Resolution, ThirdPartyImport
from checks.derived.resolution.python_frameworks import framework_edges
from checks.derived.resolution.python_lookup import Found, find, walk
from checks.derived.resolution.python_names import binds
from checks.derived.resolution.python_search_path import search_path_edits
from checks.derived.tree_paths import parents
from checks.facts.python_source import PythonSource
from checks.facts.requirement import normalised
from checks.facts.roles import Role
from checks.facts.source import Import, ImportForm

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_DOTTED = re.compile(r"^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+(?::[\w.]+)?$")


def resolve_python(snapshot: Snapshot) -> Resolution:
    """Every edge between Python files, and every import that leads out of the tree or nowhere."""
    return PythonResolver(snapshot).resolve()


class PythonResolver:
    """Resolves the imports of one snapshot; remembers what a name means from a folder."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.python = snapshot.derived(PythonFiles)
        self.projects = snapshot.derived(PythonProjects)
        self.sources = dict(snapshot.files(PythonSource))
        self.result = Resolution(modules={path for path in self.sources if path.endswith((".py", ".pyw"))})
        self._roots: dict[str, tuple[str, ...]] = {}
        self._survived: dict[str, frozenset[str]] = {}
        self._used: set[tuple[str, str]] = set()  # (project root, doubtful top-level folder that served it)
        self._doubtful: list[tuple[tuple[str, str], MissingTarget]] = []

    def resolve(self) -> Resolution:
        for path, source in self.sources.items():
            if path in self.result.modules:
                for statement in source.imports:
                    self._import(path, statement)
                self._strings(path, source)
        self.result.edges += framework_edges(self.sources, self)
        self._settle()
        return self.result

    def _settle(self) -> None:
        """A bare or distant folder may only share a third party's name: it is ours if it serves any import there."""
        for use, missing in self._doubtful:
            if use in self._used:
                self.result.missing.append(missing)
            else:
                name = missing.imported.partition(".")[0]
                self.result.third_party.append(ThirdPartyImport(missing.source, name, missing.statement))

    @cached_property
    def edited(self) -> dict[str, tuple[str, ...]]:
        """The folders that each file puts on sys.path."""
        found = {path: tuple(search_path_edits(path, source)) for path, source in self.sources.items()}
        return {path: folders for path, folders in found.items() if folders}

    @cached_property
    def _edited_below(self) -> dict[str, list[str]]:
        """The folders put on sys.path by any file of a project (its root), and by a conftest for its folder."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, folders in self.edited.items():
            found[self.projects.root_of(path)] += folders
            if path.endswith("conftest.py"):
                found[path.rpartition("/")[0]] += folders
        return found

    def roots(self, path: str) -> tuple[str, ...]:
        """The folders searched for absolute imports of a file, in order. Never a sibling project's."""
        folder = path.rpartition("/")[0]
        if folder not in self._roots:
            self._roots[folder] = tuple(dict.fromkeys(self._search(path)))
        return tuple(dict.fromkeys((*self.edited.get(path, ()), *self._roots[folder])))

    def _search(self, path: str) -> list[str]:
        found: list[str] = []
        later: list[str] = []
        for folder in parents(path):
            found += self.projects.roots.get(folder, ())
            later += self._edited_below.get(folder, ())
        if settings := self.projects.pytest_of(path):
            base = settings[0].rpartition("/")[0]
            later += [f"{base}/{extra}".strip("/").removesuffix("/.") for extra in settings[1].pythonpath]
        return [*found, *later, self.base_folder(path)]

    def base_folder(self, path: str) -> str:
        """The first folder above that is no package: what running or collecting the file puts on sys.path."""
        return next(folder for folder in parents(path) if not folder or not self.python.package(folder))

    def absolute(self, path: str, dotted: str) -> Found | None:
        """What a dotted name means in a file; None where its top-level name is not of this tree."""
        parts = tuple(dotted.split("."))
        roots = self.roots(path)
        if parts[0] in sys.stdlib_module_names:
            roots = self.projects.roots.get(self.projects.root_of(path), ()) if len(parts) > 1 else ()
        near = set(self.projects.roots.get(self.projects.root_of(path), ())) | set(self.edited.get(path, ()))
        if found := find(self.python, [root for root in roots if root in near], parts):
            return found
        far = find(self.python, [root for root in roots if root not in near], parts)
        distant = replace(far, top=far.top or parts[0]) if far else None
        if distant and distant.complete:
            return distant
        # The folder of a project is often called as the package in it: two/two/__init__.py.
        return self._renamed(path, parts) or self._sibling(path, parts) or distant

    def _sibling(self, path: str, parts: tuple[str, ...]) -> Found | None:
        """A module of the one project of this tree that installs the top-level name."""
        projects = self.projects.by_import_name.get(parts[0], ())
        if len(projects) != 1 or parts[0] in sys.stdlib_module_names:
            return None
        top = next(top for top in projects[0].packages if import_name(top) == parts[0])
        found = find(self.python, [top.rpartition("/")[0]], parts)
        return found if found and (found.complete or self._declares(path, projects[0])) else None

    def _renamed(self, path: str, parts: tuple[str, ...]) -> Found | None:
        """A folder that an image copies under another name (COPY web-server ./web_server)."""
        for image in self.snapshot.derived(Images).images:
            folder = image.renamed.get(parts[0])
            if folder is None or not (not image.context or path.startswith(f"{image.context}/")):
                continue
            initial = self.python.package(folder)
            found = walk(self.python, folder, parts[1:], (initial,) if initial else ())
            return replace(found, depth=found.depth + 1)
        return None

    def _declares(self, path: str, project: PythonProject) -> bool:
        """Whether the project of a file is that project, or names it among what it needs."""
        own = self.projects.project_of(path)
        return own is not None and (own == project or normalised(project.name or "") in own.needs)

    def _import(self, path: str, statement: Import) -> None:
        if statement.level:
            self._relative(path, statement)
        elif statement.module and statement.module != "__future__":
            found = self.absolute(path, statement.module)
            if found is None:
                self._third_party(path, statement)
            else:
                self._link(path, statement, found)

    def _third_party(self, path: str, statement: Import) -> None:
        """An import of someone else's; one that the same file survives the absence of elsewhere counts as guarded."""
        name = statement.module.partition(".")[0]
        if name in sys.stdlib_module_names:
            return
        optional = name in self._optional(path)
        self.result.third_party.append(
            ThirdPartyImport(path, name, replace(statement, guarded=True) if optional else statement)
        )

    def _optional(self, path: str) -> frozenset[str]:
        """Names that a file may do without: imported under guard, or bound to None in their place."""
        if path not in self._survived:
            source = self.sources[path]
            guarded = {one.module.partition(".")[0] for one in source.imports if one.guarded}
            none = {one.name for one in source.definitions if one.value == "None"}
            self._survived[path] = frozenset(guarded | none)
        return self._survived[path]

    def _relative(self, path: str, statement: Import) -> None:
        folder = path.rpartition("/")[0]
        above = [folder, *parents(folder)] if folder else [""]
        if statement.level > len(above):
            self._missing(path, statement, "." * statement.level, Found((), None, 0, complete=False))
            return
        package = above[statement.level - 1]
        initial = self.python.package(package)
        parts = tuple(statement.module.split(".")) if statement.module else ()
        start = (initial,) if initial else ()
        self._link(path, statement, walk(self.python, package, parts, start))

    def _link(self, path: str, statement: Import, found: Found) -> None:
        for target in found.files[:-1]:
            self._edge(path, target, statement, in_passing=True)
        if found.files:
            self._edge(path, found.files[-1], statement, in_passing=self._takes_modules(statement, found))
        if not found.complete:
            self._missing(
                path, statement, statement.module, found, _expected(found, statement.module.split("."))
            )
            return
        self._serves(path, found, found)
        if statement.form is ImportForm.FROM and not found.opaque:
            for name in statement.names:
                self._name(path, statement, found, name)

    def _takes_modules(self, statement: Import, found: Found) -> bool:
        """Whether `from a import b, c` names nothing but modules of a package: its __init__ runs on the way to them."""
        folder = found.folder
        if statement.form is not ImportForm.FROM or folder is None or not found.complete:
            return False
        return all(name != "*" and walk(self.python, folder, (name,)).complete for name in statement.names)

    def _serves(self, path: str, found: Found, inner: Found) -> None:
        if found.top and inner.files and (inner is not found or len(found.files) > 1 or found.folder is None):
            self._used.add((self.projects.root_of(path), found.top))

    def _name(self, path: str, statement: Import, found: Found, name: str) -> None:
        """`from a import b`: b is a submodule, or something that a binds."""
        if found.folder is not None and name != "*":
            inner = walk(self.python, found.folder, (name,))
            if inner.complete:
                for target in inner.files:
                    self._edge(path, target, statement)
                self._serves(path, found, inner)
                return
        if name == "*" or self._binds(found, name):
            if found.top and found.target and found.target in self.sources:
                self._used.add((self.projects.root_of(path), found.top))
            return
        whole = f"{statement.module}.{name}" if statement.module else name
        expected = _expected(found, [name]) if found.folder is not None else ()
        self._missing(path, statement, whole, found, expected, is_name=found.target is not None)

    def _binds(self, found: Found, name: str) -> bool:
        """Whether the module may bind the name; a namespace package binds nothing, an unread file anything."""
        if found.target is None:
            return False
        source = self.sources.get(found.target)
        return source is None or binds(source, name)

    def _edge(self, path: str, target: str, statement: Import, *, in_passing: bool = False) -> None:
        if target != path:
            edge = Edge(path, target, statement.line, statement.type_only, in_passing=in_passing)
            self.result.edges.append(edge)

    def _missing(
        self,
        path: str,
        statement: Import,
        missing: str,
        found: Found,
        expected: tuple[str, ...] = (),
        *,
        is_name: bool = False,
    ) -> None:
        if statement.guarded or statement.type_only or statement.condition or self._generated(path, missing):
            return
        last = self.sources.get(found.files[-1]) if found.files and found.folder is None else None
        if last is not None and "modules" in last.references and not is_name:
            return  # the module stands for others through sys.modules
        imported = "." * statement.level + statement.module
        gap = MissingTarget(
            path, statement.line, imported, missing, found.files, statement, expected, is_name
        )
        if found.top:
            self._doubtful.append(((self.projects.root_of(path), found.top), gap))
        else:
            self.result.missing.append(gap)

    def _generated(self, path: str, missing: str) -> bool:
        """A target that a build makes: versions, protocol buffers, parsers."""
        last = missing.rpartition(".")[2]
        return bool(
            re.search(r"_pb2(_grpc)?$|^_?version\d?$|^__version__$|_generated$|^generated$", last)
        ) or (self.snapshot.role(path) in (Role.VENDORED, Role.ARCHIVE))

    def _strings(self, path: str, source: PythonSource) -> None:
        """A string that is exactly the dotted name of a module of this tree names it (settings, patches, lazy maps)."""
        for literal in source.strings:
            if literal.formatted or not _DOTTED.match(literal.value):
                continue
            parts = tuple(literal.value.partition(":")[0].split("."))
            if parts[0] in sys.stdlib_module_names:
                continue
            found = find(self.python, self.roots(path), parts)
            if found and found.files and (found.complete or found.depth >= len(parts) - 2 > 0):
                for target in found.files:
                    if target != path:
                        passing = target != found.files[-1]
                        edge = Edge(path, target, literal.line, by_name=True, in_passing=passing)
                        self.result.edges.append(edge)


def _expected(found: Found, parts: list[str]) -> tuple[str, ...]:
    """Where the rest of a dotted name would have to be."""
    if found.folder is None:
        return ()
    rest = "/".join(parts[found.depth :] if len(parts) > found.depth else parts[-1:])
    stem = f"{found.folder}/{rest}".lstrip("/")
    return (f"{stem}.py", f"{stem}/__init__.py")
