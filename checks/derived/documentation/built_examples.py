"""The examples that a compiler could prove, and whether CI builds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import CiCommand, ContinuousIntegration
from checks.derived.documentation.cargo_examples import CargoExamples
from checks.derived.tree_index import folders_up
from checks.facts.go_source import GoSource
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_CARGO_ALL = frozenset({"--examples", "--all-targets", "--example"})
_CARGO_SOME = frozenset({"--lib", "--bins", "--bin", "--test", "--tests", "--doc", "--benches", "--bench"})


@dataclass(frozen=True, slots=True)
class ExampleSuite:
    """The examples of one language, or of one Go module, and the CI command that builds them, if there is one."""

    language: str
    folder: str
    paths: tuple[str, ...]
    built_by: str | None


@dataclass(frozen=True)
class BuiltExamples:
    """The example suites of a repository that has CI."""

    all: tuple[ExampleSuite, ...]
    opaque: bool

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        suites = (*_rust(snapshot, ci), *_go(snapshot, ci)) if len(ci) else ()
        return cls(suites, bool(ci.opaque))

    def __len__(self) -> int:
        return len(self.all)


def _rust(snapshot: Snapshot, ci: ContinuousIntegration) -> Iterator[ExampleSuite]:
    paths = tuple(example.path for example in snapshot.derived(CargoExamples).all)
    if paths:
        built = next(
            (command.text for command in ci.commands if _builds_cargo_examples(command)),
            None,
        )
        yield ExampleSuite("Rust", paths[0].rpartition("/")[0], paths, built)


def _builds_cargo_examples(command: CiCommand) -> bool:
    """`cargo test` and nextest build examples unless told which targets to take; others only when asked."""
    words = command.command.words
    if "cargo" not in words[0].lower() and not command.runs("cargo", "cross"):
        return False  # `$CARGO test` is cargo too
    asked = {word.partition("=")[0] for word in words}
    if asked & _CARGO_ALL:
        return True
    return bool({"test", "nextest", "t", "llvm-cov", "tarpaulin", "hack"} & asked) and not asked & _CARGO_SOME


def _go(snapshot: Snapshot, ci: ContinuousIntegration) -> Iterator[ExampleSuite]:
    """Go's examples by module: `./...` stops at the border of another module."""
    modules: dict[str, list[str]] = {}
    for path, source in snapshot.files(GoSource):
        if snapshot.role(path) is Role.EXAMPLE and source.package == "main":
            folders = folders_up(path.rpartition("/")[0])
            module = next((f for f in folders if f"{f}/go.mod".lstrip("/") in snapshot.paths), None)
            if module is not None:
                modules.setdefault(module, []).append(path)
    for module, paths in sorted(modules.items()):
        yield ExampleSuite("Go", module, tuple(paths), _builds_go(ci, module))


def _builds_go(ci: ContinuousIntegration, module: str) -> str | None:
    for command in ci.commands:
        text = command.text
        here = command.folder.strip("/") == module
        if command.runs("go", "golangci-lint") and (
            (here and ("./..." in text or command.runs("golangci-lint"))) or "example" in text
        ):
            return text
    action = next((a.name for a in ci.using("golangci/golangci-lint-action")), None)
    return action if module == "" else None
