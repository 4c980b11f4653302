"""Files that can't be read, and files that only look so."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CONFLICT = "<<<<<<< HEAD\n%s\n=======\n%s\n>>>>>>> feature\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.go", "package a\n" + CONFLICT % ("var a = 1", "var a = 2"), ["a.go"]),
        ("a.rs", CONFLICT % ("fn a() {}", "fn a() { b() }"), ["a.rs"]),
        ("a.ts", CONFLICT % ("let a = 1", "let a = 2"), ["a.ts"]),
        ("a.js", CONFLICT % ("let a = 1", "let a = 2"), ["a.js"]),
        ("a.py", 'TEXT = """\n' + CONFLICT % ("a", "b") + '"""\n', Outcome.PASSED),
        ("a.py", "a = (1\n", ["a.py"]),
        ("tests/test_a.py", "a = (1\n", ["test_a.py"]),
        ("tests/fixtures/a.py", "a = (1\n", Outcome.PASSED),
        # newer or older than the parser at hand, and other languages' errors prove nothing
        ("a.py", "type A = int\n", Outcome.PASSED),
        ("a.py", "print 'a'\n", Outcome.PASSED),
        ("a.py", "a = " + "-" * 8_000 + "1\nb = (\n", Outcome.PASSED),
        ("a.go", "package a\nfunc {\n", Outcome.PASSED),
        ("a.go", "package a\nfunc {\n=======\n", Outcome.PASSED),
    ],
)
def test_files(path: str, text: str, expected: list[str] | Outcome) -> None:
    assert said("source-file-does-not-parse", {path: text}) == expected
