"""pyproject.toml: the package, its dependencies and entry points, and every tool's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import JsonValue

from checks.facts.kinds import facts
from checks.facts.pyproject_packages import package_rules
from checks.facts.pyproject_requirements import requirements_of
from checks.facts.pytest_settings import PytestSettings, pytest_settings
from checks.facts.requirement import Requirement
from checks.facts.toml_text import TomlText, document, plain


@dataclass(frozen=True, slots=True)
class PythonEntryPoint:
    """`name = "package.module:attribute"` in a group ("console_scripts" for scripts)."""

    name: str
    module: str
    attribute: str | None
    group: str
    line: int


@facts("pyproject.toml", version=1)
@dataclass(frozen=True, slots=True)
class Pyproject:
    """What the file declares. `tables` maps every dotted table and key to its line."""

    name: str | None = None
    package_version: str | None = None
    requires_python: str | None = None
    build_backend: str | None = None
    is_package: bool = False  # it has [project], [tool.poetry] or a build backend
    dynamic: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    entry_points: tuple[PythonEntryPoint, ...] = ()
    packages: tuple[str, ...] = ()  # packages by path, as the build backend is told ("src/app")
    source_folders: tuple[str, ...] = ()  # folders that hold top-level packages ("src")
    workspace_members: tuple[str, ...] = ()  # globs
    pytest: PytestSettings | None = None
    tool: dict[str, JsonValue] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    project: dict[str, JsonValue] = field(default_factory=dict)

    @classmethod
    def extract(cls, text: str) -> Self:
        parsed = document(text)
        where = TomlText(text)
        project, tool = _table(parsed, "project"), _table(parsed, "tool")
        poetry = _table(tool, "poetry")
        build = _table(parsed, "build-system").get("build-backend")
        packages, folders = package_rules(tool)
        name = project.get("name") or poetry.get("name")
        return cls(
            name=name if isinstance(name, str) else None,
            package_version=_string(project.get("version") or poetry.get("version")),
            requires_python=_string(
                project.get("requires-python") or _table(poetry, "dependencies").get("python")
            ),
            build_backend=_string(build),
            is_package=bool(project or poetry or build) and poetry.get("package-mode") is not False,
            dynamic=_strings(project.get("dynamic")),
            requirements=tuple(requirements_of(parsed, where)),
            entry_points=tuple(_entry_points(project, poetry, where)),
            packages=packages,
            source_folders=folders,
            workspace_members=_workspace(tool),
            pytest=_pytest(tool, where),
            tool=_plain_table(tool),
            tables=where.tables(),
            project=_plain_table(project),
        )

    def line(self, *key: str) -> int:
        """The line of a dotted key, or of its nearest parent."""
        for length in range(len(key), 0, -1):
            if found := self.tables.get(".".join(key[:length])):
                return found
        return 1

    def has_tool(self, name: str) -> bool:
        """Whether there is a [tool.name] table."""
        return name in self.tool

    @property
    def scripts(self) -> tuple[PythonEntryPoint, ...]:
        """The commands an installation puts on the path."""
        return tuple(
            point for point in self.entry_points if point.group in ("console_scripts", "gui_scripts")
        )


def entry_point(name: str, target: str, group: str, line: int) -> PythonEntryPoint:
    """Read `package.module:attribute [extra]`."""
    module, _, attribute = target.split("[", maxsplit=1)[0].strip().partition(":")
    return PythonEntryPoint(name, module.strip(), attribute.strip() or None, group, line)


def _entry_points(
    project: Mapping[str, Any], poetry: Mapping[str, Any], where: TomlText
) -> Iterator[PythonEntryPoint]:
    tables: list[tuple[tuple[str, ...], str, dict[str, Any]]] = [
        (("project", "scripts"), "console_scripts", _table(project, "scripts")),
        (("project", "gui-scripts"), "gui_scripts", _table(project, "gui-scripts")),
        (("tool", "poetry", "scripts"), "console_scripts", _table(poetry, "scripts")),
    ]
    for place, groups in (
        (("project", "entry-points"), _table(project, "entry-points")),
        (("tool", "poetry", "plugins"), _table(poetry, "plugins")),
    ):
        tables += [((*place, group), group, _table(groups, group)) for group in groups]
    for key, group, table in tables:
        for name, value in table.items():
            target = value.get("callable") or value.get("reference") if isinstance(value, dict) else value
            if isinstance(target, str):
                yield entry_point(name, target, group, where.line(*key, name))


def _workspace(tool: Mapping[str, Any]) -> tuple[str, ...]:
    members = _table(_table(tool, "uv"), "workspace").get("members", ())
    return tuple(str(member) for member in members) if isinstance(members, list) else ()


def _pytest(tool: Mapping[str, Any], where: TomlText) -> PytestSettings | None:
    table = _table(tool, "pytest")
    if "ini_options" in table:
        return pytest_settings(_table(table, "ini_options"), where.line("tool", "pytest", "ini_options"))
    return pytest_settings(table, where.line("tool", "pytest")) if table else None


def _table(parent: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _plain_table(table: Mapping[str, Any]) -> dict[str, JsonValue]:
    return {str(key): plain(value) for key, value in table.items()}
