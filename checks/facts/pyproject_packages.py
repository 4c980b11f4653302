"""Which packages and source folders a pyproject.toml names, in each build backend's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Rules = tuple[tuple[str, ...], tuple[str, ...]]


def package_rules(tool: Mapping[str, Any]) -> Rules:
    """(packages by path, folders that hold top-level packages)."""
    packages: list[str] = []
    folders: list[str] = []
    for rules in (_setuptools(tool), _poetry(tool), _hatch(tool), _others(tool)):
        packages += rules[0]
        folders += rules[1]
    return _clean(packages), _clean(folders)


def _clean(paths: list[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(path.removeprefix("./").strip("/") for path in paths if path not in ("", ".", "*"))
    )


def _get(table: object, *keys: str) -> object:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _setuptools(tool: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    table = tool.get("setuptools")
    folders = _strings(_get(table, "packages", "find", "where"))
    directories = _get(table, "package-dir")
    named: list[str] = []
    root = ""
    if isinstance(directories, dict):
        root = str(directories.get("", ""))
        named = [str(path) for name, path in directories.items() if name]
    listed = [name.replace(".", "/") for name in _strings(_get(table, "packages"))]
    listed += [name.replace(".", "/") + ".py" for name in _strings(_get(table, "py-modules"))]
    return named + [f"{root}/{path}" if root else path for path in listed], [*folders, root]


def _poetry(tool: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    packages: list[str] = []
    folders: list[str] = []
    listed = _get(tool, "poetry", "packages")
    for item in listed if isinstance(listed, list) else ():
        include, folder = _get(item, "include"), _get(item, "from")
        if isinstance(folder, str):
            folders.append(folder)
        if isinstance(include, str) and "*" not in include:
            packages.append(f"{folder}/{include}" if isinstance(folder, str) else include)
    return packages, folders


def _hatch(tool: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    build = _get(tool, "hatch", "build")
    wheel = _get(build, "targets", "wheel")
    packages = _strings(_get(wheel, "packages")) + _strings(_get(build, "packages"))
    only = [path for path in _strings(_get(wheel, "only-include")) if "*" not in path]
    sources = _strings(_get(wheel, "sources")) + _strings(_get(build, "sources"))
    parents = [path.rpartition("/")[0] for path in packages]
    return packages + only, sources + parents


def _others(tool: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """flit, pdm, uv and maturin."""
    module_root = _get(tool, "uv", "build-backend", "module-root")
    folders = [
        value
        for value in (
            module_root,
            _get(tool, "pdm", "build", "package-dir"),
            _get(tool, "maturin", "python-source"),
        )
        if isinstance(value, str)
    ]
    flit = _get(tool, "flit", "module", "name")
    module = _get(tool, "uv", "build-backend", "module-name")
    names = [name for name in (flit, module) if isinstance(name, str)]
    return [name.replace(".", "/") for name in names], folders
