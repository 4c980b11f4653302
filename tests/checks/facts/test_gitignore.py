"""The patterns of a .gitignore, and what they say of a path."""

from __future__ import annotations

import pytest

from checks.facts import UnreadableFile
from checks.facts.gitignore import GitIgnore, IgnorePattern

RULES = GitIgnore.extract("# local\n*.log\n!keep.log\n/build/\n\nlocal/\n[\n!\n[z-a]\n\\\n")


def test_patterns_keep_their_lines() -> None:
    assert RULES.rules[:2] == (IgnorePattern("*.log", 2), IgnorePattern("!keep.log", 3))


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("a/x.log", True),
        ("keep.log", False),
        ("build/", True),
        ("src/build/", None),
        ("sub/local/", True),
        ("x.py", None),
    ],
)
def test_the_last_pattern_that_speaks_decides(path: str, ignored: bool | None) -> None:
    verdict = RULES.verdict(path)
    assert (verdict and verdict[0]) == ignored


def test_a_pattern_full_of_stars_is_matched_at_once() -> None:
    assert GitIgnore.extract("*a" * 60 + "b").verdict("a" * 3_000) is None


def test_a_huge_file_is_unreadable() -> None:
    with pytest.raises(UnreadableFile):
        GitIgnore.extract("x\n" * 6_000)


def test_patterns_that_cannot_be_read_are_passed_over() -> None:
    """Git does the same."""
    assert [rule.text for rule in RULES.rules] == ["*.log", "!keep.log", "/build/", "local/", "["]
