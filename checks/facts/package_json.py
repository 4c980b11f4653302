"""package.json: a Node package's entry points, scripts, dependencies and workspaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from checks.facts.json_text import JsonText, json_object
from checks.facts.kinds import facts

_DEPENDENCIES = {
    "dependencies": "runtime",
    "devDependencies": "development",
    "peerDependencies": "peer",
    "optionalDependencies": "optional",
}


@dataclass(frozen=True, slots=True)
class NodeDependency:
    """A dependency: `kind` is runtime, development, peer or optional; `path` a local folder (file:, link:)."""

    name: str
    specifier: str
    kind: str
    line: int

    @property
    def path(self) -> str | None:
        """The local folder it is taken from, as written."""
        for prefix in ("file:", "link:", "portal:"):
            if self.specifier.startswith(prefix):
                return self.specifier.removeprefix(prefix)
        return None

    @property
    def in_workspace(self) -> bool:
        """Whether it names a package of the same workspace."""
        return self.specifier.startswith("workspace:")


@dataclass(frozen=True, slots=True)
class Script:
    """A named command line."""

    name: str
    command: str
    line: int


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file that the package offers: `field` is bin, main, module, browser, types or exports."""

    path: str
    field: str
    line: int
    key: str = ""  # the command's name, or the exported subpath (".", "./server", "#internal")
    conditions: tuple[str, ...] = ()


@facts("package.json", version=1)
@dataclass(frozen=True)
class PackageJson:
    """What the file declares."""

    name: str | None = None
    package_version: str | None = None
    private: bool = False
    type: str | None = None  # "module" or "commonjs"
    package_manager: str | None = None
    files: tuple[str, ...] | None = None
    workspaces: tuple[str, ...] = ()
    scripts: tuple[Script, ...] = ()
    entry_files: tuple[PackageFile, ...] = ()
    imports: tuple[PackageFile, ...] = ()  # "#alias" subpath imports
    dependencies: tuple[NodeDependency, ...] = ()
    engines: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()  # every top-level key: jest, eslintConfig, "lint-staged", husky ...
    mentioned: frozenset[str] = frozenset()  # every string in the tool tables, where plugins are named

    @cached_property
    def script_named(self) -> dict[str, Script]:
        """The scripts by name, which are distinct."""
        return {script.name: script for script in self.scripts}

    @classmethod
    def extract(cls, text: str) -> Self:
        parsed = json_object(text)
        where = JsonText(text)
        known = {
            *_DEPENDENCIES,
            "scripts",
            "bin",
            "exports",
            "imports",
            "main",
            "name",
            "version",
            "description",
        }
        return cls(
            name=_string(parsed.get("name")),
            package_version=_string(parsed.get("version")),
            private=parsed.get("private") is True,
            type=_string(parsed.get("type")),
            package_manager=_string(parsed.get("packageManager")),
            files=tuple(_strings(parsed["files"])) if isinstance(parsed.get("files"), list) else None,
            workspaces=tuple(_workspaces(parsed.get("workspaces"))),
            scripts=tuple(
                Script(name, command, where.line("scripts", name))
                for name, command in _table(parsed, "scripts").items()
                if isinstance(command, str)
            ),
            entry_files=tuple(_entry_files(parsed, where)),
            imports=tuple(_conditional(parsed.get("imports"), "imports", "", (), where)),
            dependencies=tuple(
                NodeDependency(name, specifier, kind, where.line(field, name))
                for field, kind in _DEPENDENCIES.items()
                for name, specifier in _table(parsed, field).items()
                if isinstance(specifier, str)
            ),
            engines=tuple((k, v) for k, v in _table(parsed, "engines").items() if isinstance(v, str)),
            keys=tuple(parsed),
            mentioned=frozenset(
                text for key, value in parsed.items() if key not in known for text in _texts(value)
            ),
        )

    def script(self, name: str) -> Script | None:
        """The script of this name."""
        return next((script for script in self.scripts if script.name == name), None)

    def dependency(self, name: str) -> NodeDependency | None:
        """The dependency of this name, of whichever kind."""
        return next((dependency for dependency in self.dependencies if dependency.name == name), None)

    @property
    def is_published(self) -> bool:
        """Whether others can install it: it has a name, a version, and isn't private."""
        return bool(self.name and self.package_version) and not self.private


def _entry_files(parsed: Mapping[str, Any], where: JsonText) -> Iterator[PackageFile]:
    command = parsed.get("bin")
    if isinstance(command, str):
        yield PackageFile(command, "bin", where.line("bin"), str(parsed.get("name", "")))
    for name, path in command.items() if isinstance(command, dict) else ():
        if isinstance(path, str):
            yield PackageFile(path, "bin", where.line("bin", name), name)
    for field in ("main", "module", "browser", "types", "typings", "svelte", "source"):
        if isinstance(parsed.get(field), str):
            yield PackageFile(parsed[field], field, where.line(field))
    yield from _conditional(parsed.get("exports"), "exports", "", (), where)


def _conditional(
    value: object, field: str, key: str, conditions: tuple[str, ...], where: JsonText
) -> Iterator[PackageFile]:
    """The files behind (nested) export conditions and subpaths."""
    if isinstance(value, str):
        yield PackageFile(
            value, field, where.line(field, *filter(None, (key, *conditions))), key or ".", conditions
        )
    elif isinstance(value, list):
        for item in value:
            yield from _conditional(item, field, key, conditions, where)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name.startswith((".", "#")) and not key:
                yield from _conditional(item, field, name, conditions, where)
            else:
                yield from _conditional(item, field, key, (*conditions, name), where)


def _workspaces(value: object) -> list[str]:
    return _strings(value.get("packages")) if isinstance(value, dict) else _strings(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value[:200]
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)[:200]
            yield from _texts(item)


def _table(parsed: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = parsed.get(key)
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
