"""Tests of JavaScript and TypeScript that Jest's or Vitest's configuration leaves out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from checks.derived.resolution.ecmascript import ecmascript_sources
from checks.derived.test_folders import role_in
from checks.derived.tests.test_commands import LeftOut
from checks.derived.tests.test_globs import found_by, matches
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.roles import Role
from checks.facts.test_runner import TestRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.derived.tests.test_commands import TestCommands
    from checks.facts.source import Source
    from checks.snapshot import Snapshot

_TEST_FILE = re.compile(r"\.(?:test|spec)\.[cm]?[jt]sx?$")
_VITEST = re.compile(r"(?:^|/)vite(?:st)?[^/]*$")
_TESTS = re.compile(r"^(?:it|test|describe)(?:\.(?:each|only|skip|concurrent)(?:\(.*\))?)?$")
_OTHER_RUNNERS = re.compile(
    r"^(?:@playwright/|playwright|cypress|node:test$|bun:test$|mocha|ava$|tap$|uvu|tape$|qunit|jasmine|@wdio/|detox|k6|@angular/|@storybook/|testcafe|nightwatch)"
)
_APART = frozenset({Role.EXAMPLE, Role.FIXTURE, Role.ARCHIVE, Role.VENDORED, Role.GENERATED})

Configured = tuple[str, str, TestRunner]  # folder that its paths start in, file, what it says


def node_tests(snapshot: Snapshot, run: TestCommands) -> Iterator[LeftOut | None]:
    """Every test file below a configuration that says which files are tests, with itself where all leave it out."""
    runners: dict[str, list[Configured]] = defaultdict(list)
    for file, runner in snapshot.files(TestRunner):
        if runner.is_runner:
            folder = file.rpartition("/")[0]
            runners[folder].append((folder, file, runner))
    if not runners:
        return
    for path, source in ecmascript_sources(snapshot).items():
        above = [one for folder in parents(path) for one in runners.get(folder, ())]
        if not above or not _is_test(snapshot, path, source) or any(one[2].is_open for one in above):
            continue
        taken = [_takes(one, path) for one in above]
        taken += [_takes((_started_in(snapshot, file), file, runner), path) for _, file, runner in above]
        if None in taken:
            continue
        folder, file, runner = above[0]
        if any(taken) or run.reaches(path, folder):
            yield None
        else:
            yield LeftOut(path.rpartition("/")[0], (path,), file, runner.line, _says(runner))


def _started_in(snapshot: Snapshot, file: str) -> str:
    """Where a script starts the runner: Vitest counts its paths from there, wherever the configuration is."""
    above = [*parents(file)]
    packages = (folder for folder in above if f"{folder}/package.json".lstrip("/") in snapshot.paths)
    return next(packages, above[0]) if _VITEST.search(file) else above[0]


def _is_test(snapshot: Snapshot, path: str, source: Source) -> bool:
    return (
        _TEST_FILE.search(path) is not None
        and role_in(snapshot, path) is Role.TEST
        and not is_hidden(path)
        and not any(_OTHER_RUNNERS.match(one.module) for one in source.imports)
        and any(_TESTS.match(call.callee) for call in source.calls)
        and not any(snapshot.role(f"{folder}/module.ts") in _APART for folder in parents(path) if folder)
    )


def _takes(configured: Configured, path: str) -> bool | None:
    """Whether a configuration takes the file for a test; None where that can't be told."""
    folder, _, runner = configured
    inner = path[len(folder) :].lstrip("/")
    roots = [_inner(root) for root in runner.roots or ()]
    if runner.roots and not any(root == "" or inner.startswith(f"{root}/") for root in roots):
        return False
    found: list[bool | None] = [
        matches(_inner(glob), inner) or matches(glob, f"/{inner}") for glob in runner.include or ()
    ]
    found += [found_by(expression.replace("<rootDir>", ""), f"/{inner}") for expression in runner.regex or ()]
    if None in found:
        return None
    return any(found) or not found


def _inner(written: str) -> str:
    """A path or pattern below the configuration's folder, as written without it."""
    return (
        written.replace("<rootDir>", "").lstrip("./").rstrip("/") if not written.startswith("**") else written
    )


def _says(runner: TestRunner) -> str:
    parts = {"include": runner.include, "testRegex": runner.regex, "roots": runner.roots}
    return "; ".join(f"{name} = {', '.join(values)}" for name, values in parts.items() if values)
