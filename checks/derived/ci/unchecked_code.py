"""Languages of the shipped code that no linter looks at, and annotated Python that no type checker reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci.configured_linters import LINTERS, TYPE_CHECKERS, Linter
from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.one_off_edits import OneOffEdits
from checks.derived.python_dependencies import PythonDependencies
from checks.derived.security_scans import is_hook
from checks.derived.tree_index import folders_up
from checks.facts.makefile import Makefile
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.roles import Role
from checks.facts.setup_files import SetupCfg
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.source import Definition, Source
from checks.facts.task_runner import TaskFile
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

FEWEST = 3  # files: less is a script beside the product
_NOT_OURS = frozenset({Role.VENDORED, Role.FIXTURE, Role.ARCHIVE})


@dataclass(frozen=True)
class Toolbox:
    """What may look at the code of a language: `tools` set it up, `more` are further commands and packages."""

    language: str
    endings: tuple[str, ...]
    tools: tuple[Linter, ...]
    capability: Capability
    packages: re.Pattern[str]


_POLICY_NAMES = {"a linter": CapabilityName.LINT, "a type checker": CapabilityName.TYPE_CHECK}


def _toolbox(
    language: str, endings: str, kind: str, table: tuple[Linter, ...], names: str, more: str
) -> Toolbox:
    chosen = tuple(tool for tool in table if tool.name in names.split(","))
    commands = dict.fromkeys((*(c for tool in chosen for c in tool.runs.commands), *more.split()))
    actions = dict.fromkeys(action for tool in chosen for action in tool.runs.actions)
    known = "|".join(re.escape(command) for command in commands if " " not in command)
    packages = re.compile(rf"(?:^|[@/._-])(?:{known})(?:$|[/._-])")
    return Toolbox(
        language,
        tuple(endings.split()),
        chosen,
        Capability(kind, tuple(commands), tuple(actions), policy_name=_POLICY_NAMES[kind]),
        packages,
    )


# Go has `go vet` in every `go test`.
LINTED = (
    _toolbox("Python", ".py", "a linter", LINTERS, "ruff,flake8,pylint,black",
             "pycodestyle pyflakes pylama prospector yapf autopep8 wemake-python-styleguide isort"),
    _toolbox("JavaScript", ".js .jsx .mjs .cjs .ts .tsx .mts .vue .svelte", "a linter", LINTERS, "ESLint,Biome,oxlint,Stylelint",
             "tslint jshint prettier rome deno quick-lint-js ts-standard semistandard gts neostandard"),
    _toolbox("Rust", ".rs", "a linter", LINTERS, "Clippy,rustfmt", "clippy cargo-clippy dylint"),
)  # fmt: skip
TYPED = _toolbox("Python", ".py", "a type checker", TYPE_CHECKERS, "mypy,pyright,basedpyright,pyre,ty,pyrefly",
                 "pytype django-stubs zuban pytest-mypy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodeOfLanguage:
    """The shipped code of a language; `is_checked` when a tool of its box is set up, required or run anywhere."""

    toolbox: Toolbox
    files: tuple[str, ...]
    is_checked: bool


@dataclass(frozen=True)
class LintableCode:
    """The languages that have linters, as far as there is enough code."""

    all: tuple[CodeOfLanguage, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        spent = snapshot.derived(OneOffEdits).paths
        own = tuple(
            (path, source)
            for path, source in snapshot.shipped(Source)
            if source.definitions and path not in spent
        )
        found = ((box, tuple(_files(snapshot, box, (path for path, _ in own)))) for box in LINTED)
        enough = ((box, files) for box, files in found if len(files) >= FEWEST)
        return cls(tuple(CodeOfLanguage(box, files, _is_used(snapshot, box)) for box, files in enough))


@dataclass(frozen=True)
class TypedCode:
    """The Python files most of whose functions say their types."""

    code: CodeOfLanguage | None

    def __len__(self) -> int:
        return 1 if self.code else 0

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        own = ((path, source) for path, source in snapshot.shipped(Source) if path.endswith(".py"))
        functions = {path: [f for f in source.functions() if f.parameters] for path, source in own}
        annotated = tuple(path for path, found in functions.items() if found and all(map(_is_typed, found)))
        of = sum(1 for found in functions.values() if found)
        if len(annotated) < FEWEST or len(annotated) * 2 < of:
            return cls(None)
        return cls(CodeOfLanguage(TYPED, annotated, _is_used(snapshot, TYPED)))


def _is_typed(function: Definition) -> bool:
    return any(function.parameter_types)


def _files(snapshot: Snapshot, box: Toolbox, paths: Iterable[str]) -> Iterator[str]:
    """JavaScript without a manifest is what pages load, often somebody else's."""
    for path in paths:
        if path.endswith(box.endings) and (box.language != "JavaScript" or _has_manifest(snapshot, path)):
            yield path


def _has_manifest(snapshot: Snapshot, path: str) -> bool:
    return any(
        f"{folder}/package.json".lstrip("/") in snapshot.paths
        for folder in folders_up(path.rpartition("/")[0])
    )


def _is_used(snapshot: Snapshot, box: Toolbox) -> bool:
    return (
        _is_set_up(snapshot, box)
        or any(box.packages.search(name) for name in _required(snapshot))
        or box.capability.is_performed(snapshot.derived(ContinuousIntegration))
        or is_hook(snapshot, box.capability)
        or any(command.runs(*box.capability.commands) for command in _tasks(snapshot))
    )


def _is_set_up(snapshot: Snapshot, box: Toolbox) -> bool:
    globs = "|".join(re.escape(glob).replace(r"\*", "[^/]*") for tool in box.tools for glob in tool.files)
    named = re.compile(rf"(?:^|/)(?:{globs})$")
    tables = {tool.table for tool in box.tools if tool.table}
    return (
        any(named.search(path) for path in snapshot.paths if snapshot.role(path) not in _NOT_OURS)
        or any(found.has_tool(table) for _, found in snapshot.files(Pyproject) for table in tables)
        or any(
            section.partition("-")[0].removeprefix("tool:") in {*tables, "flake8"}
            and box.language == "Python"
            for _, found in snapshot.files(SetupCfg)
            for section in found.sections
        )
        or any(
            tool.key in found.keys
            for _, found in snapshot.files(PackageJson)
            for tool in box.tools
            if tool.key
        )
    )


def _required(snapshot: Snapshot) -> Iterator[str]:
    """The names of the packages that any manifest asks for."""
    for declared in snapshot.derived(PythonDependencies).declared.values():
        yield from (one.requirement.name for one in declared)
    for _, package in snapshot.files(PackageJson):
        yield from (dependency.name for dependency in package.dependencies)


def _tasks(snapshot: Snapshot) -> Iterator[ShellCommand]:
    """The commands that people run by a name of the tree's own."""
    for _, makefile in snapshot.files(Makefile):
        yield from (command for target in makefile.targets for command in target.commands)
    for _, tasks in snapshot.files(TaskFile):
        yield from (command for task in tasks.tasks for command in task.commands)
    for _, package in snapshot.files(PackageJson):
        for script in package.scripts:
            yield from shell_commands(script.command)
