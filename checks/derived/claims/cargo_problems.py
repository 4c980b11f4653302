"""What is wrong with a cargo command: a feature or target that the package doesn't have, or a feature that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.derived.documented_commands import DocumentedCommand
from checks.facts.cargo import CargoManifest
from checks.facts.rust_source import RustSource
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Problem:
    """What a command names that isn't there, in words, and what was looked for."""

    subject: str
    says: str
    looked_for: str


def cargo_problem(
    command: DocumentedCommand, folder: str, manifest: CargoManifest, snapshot: Snapshot
) -> Problem | None:
    """What is wrong with a cargo command in one package."""
    if manifest.is_workspace and manifest.name is None:
        return None
    features = dict(manifest.features) | {
        dependency.name: () for dependency in manifest.dependencies if dependency.optional
    }
    asked = {
        name
        for value in command.options("--features", "-F")
        for name in re.split(r"[,\s]+", value.strip("'\""))
    }
    unknown = next(
        (
            name
            for name in sorted(asked)
            if name and "/" not in name and name not in features and re.match(r"^[\w-]+$", name)
        ),
        None,
    )
    if unknown is not None:
        return Problem(
            unknown,
            f"asks for the feature `{unknown}`, which Cargo.toml doesn't define",
            f"[features] {unknown}",
        )
    for kind, option, where in (
        ("example", "--example", "examples"),
        ("bin", "--bin", "src/bin"),
        ("test", "--test", "tests"),
        ("bench", "--bench", "benches"),
    ):
        for name in command.options(option):
            if re.match(r"^[\w-]+$", name) and (
                found := _target_problem(command, folder, manifest, snapshot, (kind, name, where))
            ):
                return found
    return None


def _target_problem(
    command: DocumentedCommand,
    folder: str,
    manifest: CargoManifest,
    snapshot: Snapshot,
    target: tuple[str, str, str],
) -> Problem | None:
    """A target that isn't there, or that needs a feature which the command doesn't switch on."""
    kind, name, where = target
    declared = next((one for one in manifest.declared(kind) if one.name == name), None)
    home = f"{folder}/{where}/{name}".lstrip("/")
    file = next((path for path in (f"{home}.rs", f"{home}/main.rs") if path in snapshot.paths), None)
    if declared is None and file is None and not (kind == "bin" and name == manifest.name):
        return Problem(
            name, f"names the {kind} `{name}`, which Cargo.toml and {where}/ don't have", f"{home}.rs"
        )
    needed = set(declared.required_features if declared else ()) | set(_needed_features(snapshot, file))
    given = {
        part for value in command.options("--features", "-F") for part in re.split(r"[,\s]+", value)
    } | set(dict(manifest.features).get("default", ()))
    lacking = sorted(needed - given)
    if not lacking or "--all-features" in command.words:
        return None
    return Problem(
        name,
        f"runs the {kind} `{name}` without `--features {lacking[0]}`, which it needs",
        f"--features {lacking[0]}",
    )


def _needed_features(snapshot: Snapshot, path: str | None) -> Iterator[str]:
    """The feature without which a target's `main` is another, written to give up."""
    source = snapshot.get(path, RustSource) if path else None
    for definition in source.definitions if source else ():
        for decorator in definition.decorators if definition.name == "main" else ():
            if match := re.match(r'cfg\(not\(feature = "([\w-]+)"\)\)', decorator):
                yield match.group(1)
