"""Whether the coverage of the tests is measured in CI, what says that it should be, and whether a figure can fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci.test_suites import TestSuites
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.python_dependencies import PythonDependencies
from checks.facts.coverage_settings import CoverageSettings
from checks.facts.markdown import Markdown
from checks.facts.package_json import PackageJson
from checks.facts.pyproject import Pyproject
from checks.facts.pytest_settings import PytestSettings
from checks.facts.roles import Role
from checks.facts.setup_files import PytestIni, SetupCfg
from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL, Role.TEST})
_PACKAGES = re.compile(
    r"^(?:pytest-cov|coverage|slipcover|nyc|c8|@vitest/coverage-.*|vite-plugin-istanbul|jest-coverage.*)$"
)
_MEASURES = re.compile(r"(?<![a-z])cov(?![a-z])|coverage|coveralls|codecov|coverprofile|tarpaulin|grcov|\bkcov\b|\bnyc\b|\bc8\b|slipcover|sonar|-cover\b", re.IGNORECASE)  # fmt: skip
_SERVICES = re.compile(r"codecov|coveralls|sonar|codacy|codeclimate|deepsource|qlty", re.IGNORECASE)
_THRESHOLDS = re.compile(
    r"octocov|diff-?cover|fail[-_ ]?under|fail-on|threshold|min(?:imum)?[-_ ]?cov|go-test-coverage|check-coverage|coverage-action|coverage-comment|barecheck|"
    r"cov(?:erage)?[-_]?(?:min|gate|check|limit|delta|diff|ratchet)|undercover",
    re.IGNORECASE,
)
# Their thresholds stand in a program, which can't be read.
_BY_PROGRAM = re.compile(r"\b(?:jest|vitest|karma|nyc|c8|bun|deno)\b|(?:^|[ :/])(?:npm|pnpm|yarn|turbo|nx)\b")
_SHOWS = re.compile(r"codecov\.io|coveralls\.io|codeclimate\.com|sonarcloud\.io.*coverage|/coverage\.svg|badge/coverage", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoverageMark:
    """A place that says that coverage is measured here."""

    path: str
    line: int
    what: str


@dataclass(frozen=True)
class MeasuredCoverage:
    """For a repository whose tests CI runs. `is_judged` is None where a program decides it."""

    marks: tuple[CoverageMark, ...]
    measured_by: CoverageMark | None
    is_judged: bool | None
    silent: str | None  # the settings that tell a service of coverage to fail nothing
    tests_run: int

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        suites = snapshot.derived(TestSuites).all
        runs = sum(bool(suite.runs) for suite in suites)
        ci = snapshot.derived(ContinuousIntegration)
        settings = dict(snapshot.files(CoverageSettings))
        silent = next((path for path, found in settings.items() if found.gate is False), None)
        judged = (
            (silent is None and ci.mentions(_SERVICES))
            or ci.mentions(_THRESHOLDS)
            or any(found.gate is True for found in settings.values())
            or any(_has_threshold(found) for found in _options(snapshot))
        )
        by_program = any(_BY_PROGRAM.search(command.text) for command in ci.commands)
        return cls(
            tuple(_marks(snapshot)),
            _measured(snapshot, ci) if runs else None,
            True if judged else None if by_program else False,
            silent,
            runs,
        )


@dataclass(frozen=True)
class ConfiguredCoverage:
    """The marks of coverage in a repository whose tests CI runs."""

    count: int

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        coverage = snapshot.derived(MeasuredCoverage)
        return cls(len(coverage.marks) if coverage.tests_run else 0)


@dataclass(frozen=True)
class CoverageRuns:
    """The run that measures coverage in CI."""

    count: int

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(1 if snapshot.derived(MeasuredCoverage).measured_by else 0)


def _measured(snapshot: Snapshot, ci: ContinuousIntegration) -> CoverageMark | None:
    for command in ci.commands:
        if _MEASURES.search(command.text):
            return CoverageMark(command.path, command.line, f"`{command.text[:80]}`")
    for action in ci.actions:
        if _MEASURES.search(f"{action.reference.text} {' '.join(value for _, value in action.step.inputs)}"):
            return CoverageMark(action.path, action.reference.line, action.reference.name)
    if ci.mentions(_MEASURES):
        return CoverageMark(ci.configurations[0], 1, "a word of CI")
    for settings in _pytest(snapshot):
        if any(option.startswith("--cov") for option in settings.addopts) and next(
            ci.running("pytest", "tox", "nox"), None
        ):
            return CoverageMark(ci.configurations[0], 1, "pytest, whose settings hold --cov")
    return None


def _pytest(snapshot: Snapshot) -> Iterator[PytestSettings]:
    yield from (found.pytest for _, found in snapshot.files(Pyproject) if found.pytest)
    yield from (found.pytest for _, found in snapshot.files(SetupCfg) if found.pytest)
    yield from (found.pytest for _, found in snapshot.files(PytestIni) if found.pytest)


def _options(snapshot: Snapshot) -> Iterator[str]:
    """The texts that may hold a threshold: pytest's options, coverage.py's table."""
    for settings in _pytest(snapshot):
        yield from settings.addopts
    for _, pyproject in snapshot.files(Pyproject):
        coverage = pyproject.tool.get("coverage")
        report = coverage.get("report") if isinstance(coverage, dict) else None
        yield f"fail_under={report.get('fail_under', 0)}" if isinstance(report, dict) else ""


def _has_threshold(option: str) -> bool:
    return re.search(r"fail[-_]under=[1-9]", option) is not None


def _marks(snapshot: Snapshot) -> Iterator[CoverageMark]:
    found = (*_settings(snapshot), *_requirements(snapshot))
    yield from (mark for mark in found if snapshot.role(mark.path) in _OURS)
    for path, markdown in snapshot.files(Markdown):
        if path.lower() == "readme.md":
            shown = (link for link in markdown.links if _SHOWS.search(link.target))
            yield from (CoverageMark(path, link.line, "shows a figure of coverage") for link in shown)


def _settings(snapshot: Snapshot) -> Iterator[CoverageMark]:
    for path, _ in snapshot.files(CoverageSettings):
        yield CoverageMark(path, 1, "settings of a coverage tool")
    for path, pyproject in snapshot.files(Pyproject):
        if pyproject.has_tool("coverage"):
            tables = (line for key, line in pyproject.tables.items() if key.startswith("tool.coverage"))
            yield CoverageMark(path, min(tables, default=1), "[tool.coverage]")


def _requirements(snapshot: Snapshot) -> Iterator[CoverageMark]:
    for declared in snapshot.derived(PythonDependencies).declared.values():
        for one in declared:
            if _PACKAGES.match(one.requirement.name):
                yield CoverageMark(one.manifest, one.requirement.line, f"requires {one.requirement.name}")
    for path, package in snapshot.files(PackageJson):
        for dependency in package.dependencies:
            if _PACKAGES.match(dependency.name):
                yield CoverageMark(path, dependency.line, f"requires {dependency.name}")
