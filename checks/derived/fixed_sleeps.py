"""Tests that wait a fixed time for something to have happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden
from checks.facts.go_tests import GoTests
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.typescript_source import TypeScriptSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Call, Source
    from checks.snapshot import Snapshot

_LEAST = 0.5  # seconds of one wait
_TEST_FILE = re.compile(r"\.(?:test|spec|cy|e2e)\.[cm]?[jt]sx?$")
_WAITS = re.compile(r"(?:^|\.)waitForTimeout$|^cy\.wait$")


@dataclass(frozen=True, slots=True)
class FixedSleeps:
    """The waits of each file of tests: seconds and line; and how many files were looked at."""

    files: dict[str, tuple[tuple[float, int], ...]]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        waits = {path: found for path, found in _waits(snapshot) if _is_test(snapshot, path)}
        return cls({path: found for path, found in sorted(waits.items()) if found}, len(waits))


def _is_test(snapshot: Snapshot, path: str) -> bool:
    return role_in(snapshot, path) is Role.TEST and not is_hidden(path)


def _waits(snapshot: Snapshot) -> Iterator[tuple[str, tuple[tuple[float, int], ...]]]:
    for path, python in snapshot.files(PythonTests):
        yield path, _long(one for test in python.tests for one in test.sleeps)
    for path, go in snapshot.files(GoTests):
        yield path, _long(one for test in go.tests for one in test.sleeps)
    for language in (JavaScriptSource, TypeScriptSource):
        for path, source in snapshot.files(language):
            if _TEST_FILE.search(path):
                yield path, _long(_of_browser(source))


def _long(waits: Iterator[tuple[float, int]]) -> tuple[tuple[float, int], ...]:
    return tuple((seconds, line) for seconds, line in waits if seconds >= _LEAST)


def _of_browser(source: Source) -> Iterator[tuple[float, int]]:
    for call in source.calls:
        if _WAITS.search(call.callee) and (milliseconds := _number(call)):
            yield milliseconds / 1000, call.line


def _number(call: Call) -> int:
    text = call.arguments[0].text.replace("_", "") if call.arguments else ""
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
