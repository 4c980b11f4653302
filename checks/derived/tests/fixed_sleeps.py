"""Tests that wait a fixed time for something to have happened."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.test_folders import role_in
from checks.derived.tree_paths import is_hidden
from checks.facts.go_tests import GoTests
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.typescript_source import TsxSource, TypeScriptSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checks.facts.source import Call, Source
    from checks.snapshot import Snapshot

_LEAST = 0.5  # seconds of one wait
_TEST_FILE = re.compile(r"\.(?:test|spec|cy|e2e)\.[cm]?[jt]sx?$")
_RUST_TEST = re.compile(r"^(?:\w+::)*(?:test|rstest|test_case)\b(?!\s*\()|^(?:\w+::)+test\b")
_FAKE = re.compile(r"\b(?:useFakeTimers|install(?:Timers)?|FakeTime|time::(?:pause|advance))$")
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
    """A Rust file that ships may hold tests too."""
    role = role_in(snapshot, path)
    return not is_hidden(path) and (role is Role.TEST or (role is Role.SHIPPED and path.endswith(".rs")))


def _waits(snapshot: Snapshot) -> Iterator[tuple[str, tuple[tuple[float, int], ...]]]:
    for path, python in snapshot.files(PythonTests):
        yield path, _long(one for test in python.tests for one in test.sleeps)
    for path, go in snapshot.files(GoTests):
        yield path, _long(one for test in go.tests for one in test.sleeps)
    for language in (JavaScriptSource, TypeScriptSource, TsxSource):
        for path, source in snapshot.files(language):
            if _TEST_FILE.search(path):
                yield path, _long([*_of_browser(source), *_of_clock(source)])
    for path, rust in snapshot.files(RustSource):
        if any(_RUST_TEST.match(mark) for one in rust.definitions for mark in one.decorators):
            yield path, _long(_of_rust(rust))


def _long(waits: Iterable[tuple[float, int]]) -> tuple[tuple[float, int], ...]:
    return tuple((seconds, line) for seconds, line in waits if seconds >= _LEAST)


def _of_clock(source: Source) -> tuple[tuple[float, int], ...]:
    """None where the clock is a fake."""
    return () if any(_FAKE.search(call.callee) for call in source.calls) else source.waits


def _of_rust(source: Source) -> Iterator[tuple[float, int]]:
    """Those of functions that are tests, unless the runtime's clock is stopped."""
    if any(_FAKE.search(call.callee) for call in source.calls):
        return
    tests = sorted(
        (one.line, one.end_line)
        for one in source.definitions
        if any(_RUST_TEST.match(mark) for mark in one.decorators)
        and not any("paused" in mark for mark in one.decorators)
    )
    for seconds, line in source.waits:
        at = bisect_right(tests, (line, 1 << 30)) - 1
        if at >= 0 and line <= tests[at][1]:
            yield seconds, line


def _of_browser(source: Source) -> Iterator[tuple[float, int]]:
    for call in source.calls:
        if _WAITS.search(call.callee) and (milliseconds := _number(call)):
            yield milliseconds / 1000, call.line


def _number(call: Call) -> int:
    text = call.arguments[0].text.replace("_", "") if call.arguments else ""
    return int(text[:9]) if text.isascii() and text.isdigit() else 0
