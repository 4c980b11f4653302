"""Cargo.toml: a Rust package's targets, features and dependencies, and a workspace's members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from checks.facts.kinds import facts
from checks.facts.toml_text import TomlText, document

_TARGETS = ("bin", "example", "test", "bench")


@dataclass(frozen=True, slots=True)
class CargoTarget:
    """A declared target: `kind` is lib, bin, example, test or bench; without a path Cargo looks in its usual places."""

    kind: str
    name: str | None
    line: int
    path: str | None = None
    required_features: tuple[str, ...] = ()
    harness: bool = True


@dataclass(frozen=True, slots=True)
class CargoDependency:
    """A dependency: `kind` is normal, dev, build or workspace; `package` is its real name where it was renamed."""

    name: str
    kind: str
    line: int
    version: str | None = None
    package: str | None = None
    path: str | None = None
    optional: bool = False
    from_workspace: bool = False
    features: tuple[str, ...] = ()
    default_features: bool = True
    target: str | None = None  # cfg(...) or triple

    @property
    def crate(self) -> str:
        """The name code uses."""
        return self.name.replace("-", "_")


@facts("Cargo.toml", version=2)
@dataclass(frozen=True, slots=True)
class CargoManifest:
    """What the manifest declares. A virtual manifest has no `name`."""

    name: str | None = None
    line: int = 1
    package_version: str | None = None
    edition: str | None = None
    rust_version: str | None = None
    publish: bool = True
    is_described: bool = False  # crates.io takes nothing without a description
    build: str | None = None
    default_run: str | None = None
    targets: tuple[CargoTarget, ...] = ()
    undiscovered: frozenset[str] = frozenset()  # kinds whose autodiscovery is switched off
    features: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dependencies: tuple[CargoDependency, ...] = ()
    is_workspace: bool = False
    members: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        parsed, where = document(text), TomlText(text)
        package, workspace = _table(parsed, "package"), _table(parsed, "workspace")
        shared = _table(workspace, "package")
        return cls(
            name=_string(package.get("name")),
            line=where.line("package"),
            package_version=_string(package.get("version")),
            edition=_string(package.get("edition")) or _string(shared.get("edition")),
            rust_version=_string(package.get("rust-version")) or _string(shared.get("rust-version")),
            publish=package.get("publish") not in (False, []),
            is_described="description" in package,
            build=_string(package.get("build")),
            default_run=_string(package.get("default-run")),
            targets=tuple(_targets(parsed, where)),
            undiscovered=frozenset(
                kind
                for kind in ("lib", *_TARGETS)
                if package.get(f"auto{kind}s".replace("benchs", "benches")) is False
            ),
            features=tuple((name, _strings(items)) for name, items in _table(parsed, "features").items()),
            dependencies=tuple(_dependencies(parsed, where)),
            is_workspace="workspace" in parsed,
            members=_strings(workspace.get("members")),
            excluded=_strings(workspace.get("exclude")),
        )

    @property
    def crate(self) -> str | None:
        """The name under which other crates use its library."""
        named = next((target.name for target in self.targets if target.kind == "lib"), None) or self.name
        return named.replace("-", "_") if named else None

    def declared(self, kind: str) -> tuple[CargoTarget, ...]:
        """The declared targets of a kind."""
        return tuple(target for target in self.targets if target.kind == kind)


def _targets(parsed: Mapping[str, Any], where: TomlText) -> Iterator[CargoTarget]:
    library = parsed.get("lib")
    if isinstance(library, dict):
        yield _target("lib", library, where.line("lib"))
    for kind in _TARGETS:
        tables = parsed.get(kind)
        for index, table in enumerate(tables if isinstance(tables, list) else ()):
            if isinstance(table, dict):
                yield _target(kind, table, where.line(kind, index=index))


def _target(kind: str, table: Mapping[str, Any], line: int) -> CargoTarget:
    return CargoTarget(
        kind,
        _string(table.get("name")),
        line,
        _string(table.get("path")),
        _strings(table.get("required-features")),
        table.get("harness") is not False,
    )


def _dependencies(parsed: Mapping[str, Any], where: TomlText) -> Iterator[CargoDependency]:
    tables: list[tuple[tuple[str, ...], str, str | None, dict[str, Any]]] = [
        (
            ("workspace", "dependencies"),
            "workspace",
            None,
            _table(_table(parsed, "workspace"), "dependencies"),
        )
    ]
    scopes: list[tuple[tuple[str, ...], str | None, Mapping[str, Any]]] = [((), None, parsed)]
    scopes += [
        (("target", target), target, table)
        for target, table in _table(parsed, "target").items()
        if isinstance(table, dict)
    ]
    for prefix, target, scope in scopes:
        for key, kind in (
            ("dependencies", "normal"),
            ("dev-dependencies", "dev"),
            ("build-dependencies", "build"),
        ):
            tables.append(((*prefix, key), kind, target, _table(scope, key)))
    for place, kind, target, table in tables:
        for name, value in table.items():
            yield _dependency(name, value, kind, target, where.line(*place, name))


def _dependency(name: str, value: object, kind: str, target: str | None, line: int) -> CargoDependency:
    table = value if isinstance(value, dict) else {"version": value}
    return CargoDependency(
        name=name,
        kind=kind,
        line=line,
        version=_string(table.get("version")),
        package=_string(table.get("package")),
        path=_string(table.get("path")),
        optional=table.get("optional") is True,
        from_workspace=table.get("workspace") is True,
        features=_strings(table.get("features")),
        default_features=table.get("default-features", table.get("default_features")) is not False,
        target=target,
    )


def _table(parent: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
