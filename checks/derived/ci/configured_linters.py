"""Linters and type checkers that the tree sets up, and whether CI runs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar, Self

from checks.derived.ci.configuration_files import ConfigurationFiles
from checks.derived.ci_capability import Capability, place_of
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.security_scans import is_hook
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.roles import Role
from checks.model import Evidence
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

_WRAPPERS = (
    "super-linter/super-linter",
    "github/super-linter",
    "oxsecurity/megalinter",
    "trunk-io/trunk-action",
)
_OURS = frozenset({Role.SHIPPED, Role.TOOL})
_DEEPEST = 2
_SHOWN = 6


@dataclass(frozen=True)
class Linter:
    """A tool: the files that set it up, its table in pyproject.toml, its key in package.json, and what runs it."""

    name: str
    files: tuple[str, ...]
    table: str
    key: str
    runs: Capability


def _row(
    name: str, files: str, commands: str, *, table: str = "", key: str = "", actions: str = ""
) -> Linter:
    ran = tuple(command.replace("+", " ") for command in commands.split())
    return Linter(
        name, tuple(files.split()), table, key, Capability(name, ran, (*actions.split(), *_WRAPPERS))
    )


LINTERS = (
    _row("ruff", "ruff.toml .ruff.toml", "ruff", table="ruff", actions="astral-sh/ruff-action chartboost/ruff-action jpetrucciani/ruff-check"),
    _row("flake8", ".flake8", "flake8 pflake8", actions="py-actions/flake8 reviewdog/action-flake8"),
    _row("pylint", ".pylintrc pylintrc", "pylint", table="pylint"),
    _row("black", "", "black", table="black", actions="psf/black rickstaa/action-black"),
    _row("ESLint", ".eslintrc .eslintrc.* eslint.config.*", "eslint next+lint ng+lint xo standard vue-cli-service+lint expo+lint", key="eslintConfig", actions="reviewdog/action-eslint wearerequired/lint-action"),
    _row("Biome", "biome.json biome.jsonc", "biome", actions="biomejs/setup-biome"),
    _row("oxlint", ".oxlintrc.json oxlint.config.*", "oxlint vp"),
    _row("Stylelint", ".stylelintrc .stylelintrc.* stylelint.config.*", "stylelint", key="stylelint"),
    _row("Clippy", "clippy.toml .clippy.toml", "cargo+clippy", actions="giraffate/clippy-action actions-rs/clippy-check auguwu/clippy-action"),
    _row("rustfmt", "rustfmt.toml .rustfmt.toml", "cargo+fmt rustfmt", actions="actions-rust-lang/rustfmt"),
    _row("RuboCop", ".rubocop.yml", "rubocop standardrb", actions="reviewdog/action-rubocop"),
)  # fmt: skip
TYPE_CHECKERS = (
    _row("mypy", "mypy.ini .mypy.ini", "mypy dmypy", table="mypy", actions="jpetrucciani/mypy-check tsuyoshicho/action-mypy"),
    _row("pyright", "pyrightconfig.json", "pyright basedpyright", table="pyright", actions="jakebailey/pyright-action"),
    _row("basedpyright", "", "basedpyright pyright", table="basedpyright"),
    _row("pyre", ".pyre_configuration", "pyre", actions="facebook/pyre-action"),
    _row("ty", "ty.toml", "ty+check", table="ty"),
    _row("pyrefly", "pyrefly.toml", "pyrefly", table="pyrefly"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConfiguredLinter:
    """A tool with the place that sets it up. `run_by` is what runs it, nothing if nothing does."""

    name: str
    path: str
    line: int
    runs: Capability
    run_by: tuple[Evidence, ...]
    also: tuple[tuple[str, int], ...] = ()  # a few more places that set it up


@dataclass(frozen=True)
class ConfiguredLinters:
    """Every linter once, by its first configuration."""

    all: tuple[ConfiguredLinter, ...]
    table: ClassVar[tuple[Linter, ...]] = LINTERS
    policy_name: ClassVar[CapabilityName] = CapabilityName.LINT

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        found = []
        for tool in cls.table:
            places = tuple(islice(_places(snapshot, tool), _SHOWN))
            if places:
                runs = replace(tool.runs, policy_name=cls.policy_name)
                done = next(
                    runs.performed(ci), ".pre-commit-config.yaml" if is_hook(snapshot, runs) else None
                )
                run_by = place_of(done) if done else ()
                found.append(ConfiguredLinter(tool.name, *places[0], runs, run_by, places[1:]))
        return cls(tuple(found))


@dataclass(frozen=True)
class ConfiguredTypeCheckers(ConfiguredLinters):
    """Every type checker once."""

    table: ClassVar[tuple[Linter, ...]] = TYPE_CHECKERS
    policy_name: ClassVar[CapabilityName] = CapabilityName.TYPE_CHECK


def _places(snapshot: Snapshot, tool: Linter) -> Iterator[tuple[str, int]]:
    for path in snapshot.derived(ConfigurationFiles).matching(tool.files, _DEEPEST):
        yield path, 1
    for path, pyproject in snapshot.files(Pyproject) if tool.table else ():
        if pyproject.has_tool(tool.table) and snapshot.role(path) in _OURS:
            yield path, pyproject.line("tool", tool.table)
    for path, package in snapshot.files(PackageJson) if tool.key else ():
        if tool.key in package.keys and snapshot.role(path) in _OURS:
            yield path, 1
