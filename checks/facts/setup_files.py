"""setup.cfg, setup.py, pytest.ini and tox.ini: the older places of a Python package's declarations."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import UnreadableFile, facts
from checks.facts.pyproject import PythonEntryPoint, entry_point
from checks.facts.pytest_settings import PytestSettings, pytest_settings
from checks.facts.requirement import Requirement, requirement
from checks.facts.setup_call import SetupCall, read_setup_call


@facts("setup.cfg", version=1)
@dataclass(frozen=True, slots=True)
class SetupCfg:
    """What setup.cfg declares."""

    name: str | None = None
    requires_python: str | None = None
    requirements: tuple[Requirement, ...] = ()
    entry_points: tuple[PythonEntryPoint, ...] = ()
    packages: tuple[str, ...] = ()
    source_folders: tuple[str, ...] = ()
    pytest: PytestSettings | None = None
    sections: tuple[str, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        parser = _parsed(text)
        lines = text.split("\n")

        def get(section: str, key: str) -> str:
            return parser.get(section, key, fallback="")

        found = [*_requirements(get("options", "install_requires"), None, lines)]
        if parser.has_section("options.extras_require"):
            for group, value in parser.items("options.extras_require"):
                found += _requirements(value, group, lines)
        points: list[PythonEntryPoint] = []
        if parser.has_section("options.entry_points"):
            for group, value in parser.items("options.entry_points"):
                points += _entry_points(group, value, lines)
        directories = dict(_pairs(get("options", "package_dir")))
        listed = [
            name for name in get("options", "packages").split() if name not in ("find:", "find_namespace:")
        ]
        return cls(
            name=get("metadata", "name") or None,
            requires_python=get("options", "python_requires") or None,
            requirements=tuple(found),
            entry_points=tuple(points),
            packages=tuple(name.replace(".", "/") for name in listed),
            source_folders=tuple(filter(None, (directories.get(""), get("options.packages.find", "where")))),
            pytest=_pytest(parser, "tool:pytest", lines),
            sections=tuple(parser.sections()),
        )


@facts("pytest.ini", "tox.ini", ".pytest.ini", version=1)
@dataclass(frozen=True, slots=True)
class PytestIni:
    """The [pytest] section of an ini file."""

    pytest: PytestSettings | None = None

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(_pytest(_parsed(text), "pytest", text.split("\n")))


@facts("setup.py", version=1)
@dataclass(frozen=True, slots=True)
class SetupPy:
    """The literal arguments of the setup() call; `dynamic` names those that the program computes."""

    name: str | None = None
    requires_python: str | None = None
    requirements: tuple[Requirement, ...] = ()
    entry_points: tuple[PythonEntryPoint, ...] = ()
    packages: tuple[str, ...] = ()
    source_folders: tuple[str, ...] = ()
    dynamic: tuple[str, ...] = ()
    line: int | None = None  # of the call

    @classmethod
    def extract(cls, text: str) -> Self:
        try:
            call = read_setup_call(ast.parse(text))
        except (SyntaxError, ValueError) as error:
            raise UnreadableFile(f"not Python: {error}") from None
        lines = text.split("\n")
        required = [*_requirements("\n".join(call.texts("install_requires")), None, lines)]
        for group, items in call.table("extras_require").items():
            required += _requirements("\n".join(items), group, lines)
        points = [
            point
            for group, items in call.table("entry_points").items()
            for point in _entry_points(group, "\n".join(items), lines)
        ]
        return cls(
            name=call.text("name"),
            requires_python=call.text("python_requires"),
            requirements=tuple(required),
            entry_points=tuple(points),
            packages=_setup_packages(call),
            source_folders=call.source_folders,
            dynamic=call.dynamic,
            line=call.line,
        )


def _setup_packages(call: SetupCall) -> tuple[str, ...]:
    modules = (name.replace(".", "/") + ".py" for name in call.texts("py_modules"))
    return (*(name.replace(".", "/") for name in call.texts("packages")), *modules)


def _parsed(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise UnreadableFile(f"not an ini file: {str(error).splitlines()[0]}") from None
    return parser


def _pytest(parser: configparser.ConfigParser, section: str, lines: list[str]) -> PytestSettings | None:
    if not parser.has_section(section):
        return None
    table: dict[str, object] = dict(parser.items(section))
    if isinstance(markers := table.get("markers"), str):
        table["markers"] = markers.splitlines()
    return pytest_settings(table, line_of(lines, f"[{section}]"))


def _requirements(value: str, group: str | None, lines: list[str]) -> Iterator[Requirement]:
    for item in filter(None, (part.partition("#")[0].strip() for part in value.splitlines())):
        if found := requirement(item, line_of(lines, item), group):
            yield found


def _entry_points(group: str, value: str, lines: list[str]) -> Iterator[PythonEntryPoint]:
    for name, target in _pairs(value):
        yield entry_point(name, target, group, line_of(lines, target))


def _pairs(value: str) -> Iterator[tuple[str, str]]:
    for item in value.splitlines():
        name, separator, target = item.partition("=")
        if separator:
            yield name.strip(), target.strip()


def line_of(lines: list[str], text: str) -> int:
    """The first line that holds the text, 1 where none does."""
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)
