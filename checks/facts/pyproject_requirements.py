"""The dependencies a pyproject.toml declares: PEP 621, PEP 735, poetry, pdm, hatch and uv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from checks.facts.requirement import Requirement, normalised, requirement
from checks.facts.toml_text import TomlText


def requirements_of(parsed: Mapping[str, Any], where: TomlText) -> Iterator[Requirement]:
    """Every declared dependency, those with a local source carrying its path."""
    project, tool = parsed.get("project", {}), parsed.get("tool", {})
    sources = _local_sources(tool)
    for found in (
        *_listed(_get(project, "dependencies"), where, ("project", "dependencies")),
        *_groups(
            _get(project, "optional-dependencies"),
            where,
            ("project", "optional-dependencies"),
            development=False,
        ),
        *_groups(parsed.get("dependency-groups"), where, ("dependency-groups",), development=True),
        *_groups(
            _get(tool, "pdm", "dev-dependencies"),
            where,
            ("tool", "pdm", "dev-dependencies"),
            development=True,
        ),
        *_listed(
            _get(tool, "uv", "dev-dependencies"),
            where,
            ("tool", "uv", "dev-dependencies"),
            "dev",
            development=True,
        ),
        *_hatch(tool, where),
        *_poetry(_get(tool, "poetry"), where),
    ):
        yield replace(found, path=sources[found.name]) if found.name in sources and not found.path else found


def _get(table: object, *keys: str) -> object:
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _listed(
    items: object,
    where: TomlText,
    key: tuple[str, ...],
    group: str | None = None,
    *,
    development: bool = False,
) -> Iterator[Requirement]:
    for item in items if isinstance(items, list) else ():
        if isinstance(item, str) and (
            found := requirement(item, where.item(item, *key), group, development=development)
        ):
            yield found


def _groups(
    table: object, where: TomlText, key: tuple[str, ...], *, development: bool
) -> Iterator[Requirement]:
    for group, items in table.items() if isinstance(table, dict) else ():
        yield from _listed(items, where, (*key, str(group)), str(group), development=development)


def _hatch(tool: object, where: TomlText) -> Iterator[Requirement]:
    environments = _get(tool, "hatch", "envs")
    for name, table in environments.items() if isinstance(environments, dict) else ():
        for key in ("dependencies", "extra-dependencies"):
            place = ("tool", "hatch", "envs", str(name), key)
            yield from _listed(_get(table, key), where, place, str(name), development=True)


def _poetry(poetry: object, where: TomlText) -> Iterator[Requirement]:
    extras = _get(poetry, "extras")
    optional = {
        normalised(str(item)): str(extra)
        for extra, items in (extras.items() if isinstance(extras, dict) else ())
        for item in (items if isinstance(items, list) else ())
    }
    base = ("tool", "poetry")
    yield from _poetry_table(_get(poetry, "dependencies"), where, (*base, "dependencies"), optional)
    yield from _poetry_table(_get(poetry, "dev-dependencies"), where, (*base, "dev-dependencies"), {}, "dev")
    groups = _get(poetry, "group")
    for group, table in groups.items() if isinstance(groups, dict) else ():
        place = (*base, "group", str(group), "dependencies")
        yield from _poetry_table(_get(table, "dependencies"), where, place, {}, str(group))


def _poetry_table(
    table: object,
    where: TomlText,
    key: tuple[str, ...],
    optional: Mapping[str, str],
    group: str | None = None,
) -> Iterator[Requirement]:
    for name, value in table.items() if isinstance(table, dict) else ():
        if name == "python":
            continue
        path, version = _get(value, "path"), _get(value, "version")
        known = normalised(str(name))
        yield Requirement(
            name=known,
            line=where.line(*key, str(name)),
            specifier=value if isinstance(value, str) else str(version or ""),
            group=group or optional.get(known),
            development=group is not None,
            path=path if isinstance(path, str) else None,
        )


def _local_sources(tool: object) -> dict[str, str]:
    """Names that uv takes from a folder; a workspace member's folder is found by its name."""
    sources = _get(tool, "uv", "sources")
    found: dict[str, str] = {}
    for name, value in sources.items() if isinstance(sources, dict) else ():
        path = _get(value, "path")
        if isinstance(path, str):
            found[normalised(str(name))] = path
    return found
