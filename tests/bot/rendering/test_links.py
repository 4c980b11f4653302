"""Links go where they say, or aren't there."""

from __future__ import annotations

import pytest

from bot.rendering.links import LONGEST, Links, Places
from tests.bot.rendering.samples import HEAD, HEAD_REPORT, LINKS

HERE = f"https://github.com/octo/service/blob/{HEAD}"


@pytest.mark.parametrize(
    ("path", "line", "address"),
    [
        ("a/b.py", 3, f"{HERE}/a/b.py#L3"),
        ("a/b.py", None, f"{HERE}/a/b.py"),
        ("a b/(c)#d?<e>.py", 1, f"{HERE}/a%20b/%28c%29%23d%3F%3Ce%3E.py#L1"),
        ("größe.md", None, f"{HERE}/gr%C3%B6%C3%9Fe.md"),
        ("a/../../../evil/repo", None, None),
        ("./a", None, None),
        ("a//b", None, None),
        ("a\u202eb.py", None, None),
        ("a\nb.py", None, None),
        ("x" * LONGEST, None, None),
    ],
)
def test_places(path: str, line: int | None, address: str | None) -> None:
    """Every part is encoded; a path that a browser would walk elsewhere, or that looks like another, has no link."""
    assert LINKS.place(HEAD, path, line) == address


def test_commits_and_pages() -> None:
    assert LINKS.commit(HEAD) == f"https://github.com/octo/service/commit/{HEAD}"
    assert LINKS.page("no-ci") == "https://gonogo.example/checks/no-ci"


def test_nothing_known_is_nothing_linked() -> None:
    nowhere = Links()
    assert (nowhere.place(HEAD, "a", 1), nowhere.commit(HEAD), nowhere.page("no-ci")) == (None, None, None)


@pytest.mark.parametrize(
    ("path", "linked"),
    [
        ("app/billing.py", True),
        ("app", True),
        (".github/workflows", True),
        ("app/gone.py", False),
        ("ap", False),
    ],
)
def test_only_what_is_there_is_linked(path: str, *, linked: bool) -> None:
    """Evidence may name what was looked for and not found."""
    assert (Places.of(HEAD_REPORT, LINKS).address(path, 1) is not None) is linked
