"""Which languages' tests the tree holds, and whether CI runs each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_check_commands import TESTS, judged
from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration
from checks.derived.tests.cluster_tests import ClusterTests
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.snapshot import Snapshot

_PATTERNS = {
    "Python": re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$"),
    "Go": re.compile(r"_test\.go$"),
    "JavaScript": re.compile(r"\.(?:test|spec)\.[cm]?[jt]sx?$"),
}
_END_TO_END = re.compile(r"(?:^|/)[\w.-]*(?:e2e|end[-_]to[-_]end|playwright|cypress)[\w.-]*/", re.IGNORECASE)
_TESTS = frozenset({Role.TEST, Role.SHIPPED, Role.TOOL})
# A command that may well run tests, in a way that isn't known here: `cargo xtask ci`, `./dev test`, `python run_tests.py`.
_MAYBE = re.compile(
    r"(?<![a-z])(?:tests?|ci|check|verify|coverage|xtask)(?![a-z])|run[_-]?tests?", re.IGNORECASE
)
_NOT_TESTS = frozenset({"echo", "printf", "test", "[", "[[", "cd", "mkdir", "rm", "cp", "mv", "cat", "ls", "curl", "wget", "git", "gh", "docker", "pip", "apt-get", "apt",
                        "export", "set", "source", ".", "tar", "unzip", "sed", "grep", "awk", "chmod", "brew", "rustup", "if", "cmake", "jq", "touch", "find", "ruff",
                        "black", "mypy", "flake8", "eslint", "prettier", "golangci-lint", "diff", "cmp", "aws", "gcloud", "kubectl", "helm", "codecov", "zip", "ln"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TestSuite:
    """The tests of a language. `maybe` is a command of CI that may run them in a way that isn't known."""

    __test__ = False
    language: str
    files: tuple[str, ...]
    runs: tuple[CiCommand | CiAction | str, ...]  # on changes
    other_runs: tuple[CiCommand, ...]  # by hand, on a schedule, on tags
    maybe: CiCommand | None

    @property
    def is_end_to_end(self) -> bool:
        """Whether all of them drive the whole product: slow, and often left to a person on purpose."""
        return all(map(_END_TO_END.search, self.files))


@dataclass(frozen=True)
class TestSuites:
    """One for each language that has tests, where there is CI: none at all is a gap of its own."""

    __test__ = False
    all: tuple[TestSuite, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        if not len(ci):
            return cls(())
        found = {language: tuple(_files(snapshot, language)) for language in TESTS}
        return cls(tuple(_suite(language, files, ci) for language, files in found.items() if files))


def _files(snapshot: Snapshot, language: str) -> Iterator[str]:
    if language == "Rust":
        for path, source in snapshot.files(RustSource):
            if snapshot.role(path) in _TESTS and source.test_lines:
                yield path
        return
    cluster = snapshot.derived(ClusterTests)
    for path in sorted(snapshot.paths):
        if _PATTERNS[language].search(path) and snapshot.role(path) in _TESTS and not cluster.holds(path):
            yield path


def _suite(language: str, files: tuple[str, ...], ci: ContinuousIntegration) -> TestSuite:
    capability = TESTS[language]
    performed = tuple(capability.performed(ci))
    on_changes = tuple(run for run in performed if isinstance(run, str) or run.origin.on_changes)
    others = tuple(run for run in performed if isinstance(run, CiCommand) and not run.origin.on_changes)
    maybe = next((command for command in ci.commands if _may_test(command)), None)
    return TestSuite(language, files, on_changes, others, maybe)


def _may_test(command: CiCommand) -> bool:
    known = command.command.program in _NOT_TESTS or command.calls or judged(command.command) is not None
    return (
        not known and command.origin.on_changes and _MAYBE.search(" ".join(command.command.words)) is not None
    )
