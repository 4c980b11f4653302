"""What a change's documents newly claim to be complete."""

from __future__ import annotations

import pytest

from checks import Entry, extract
from checks.announced import MOST, announced

Files = dict[str, str]


def said(base: Files, head: Files) -> list[tuple[str | None, int | None, str]]:
    """What the change announces: path, line, words."""
    contents = {f"blob of {text}": text for files in (base, head) for text in files.values()}
    facts = {(blob, "markdown"): extract("markdown", text.encode()) for blob, text in contents.items()}
    before, after = (
        tuple(Entry(path, 0o100644, f"blob of {text}", len(text)) for path, text in files.items())
        for files in (base, head)
    )
    return [(one.path, one.line, one.note) for one in announced(before, after, facts)]


@pytest.mark.parametrize(
    "text",
    [
        "Status: complete",
        "**Status:** Completed",
        "All phases are now complete.",
        "✅ Phase 3 complete",
        "The service is production-ready.",
        "Ready for production",
        "Implementation 100% complete",
        "Fully implemented",
        "- All 12 tasks completed",
    ],
)
def test_an_announcement(text: str) -> None:
    """In a paragraph, an item or a heading."""
    assert [
        (path, line) for path, line, _ in said({}, {"docs/STATUS.md": f"# Where we are\n\n{text}\n"})
    ] == [("docs/STATUS.md", 3)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/STATUS.md", "The service is not production-ready."),
        ("docs/STATUS.md", "When all tasks are completed, tag a release."),
        ("docs/STATUS.md", "How to become production-ready"),
        ("docs/STATUS.md", "The download is complete once the hash was compared."),
        ("docs/STATUS.md", f"Status: complete. {'It goes on. ' * 30}"),
        ("CHANGELOG.md", "All tasks are completed."),
        ("docs/plan.md", "Status: complete"),
        ("vendor/lib/README.md", "Production-ready."),
        ("status.txt", "Status: complete"),
    ],
)
def test_none(path: str, text: str) -> None:
    assert said({}, {path: text}) == []


def test_what_was_said_before_is_not_announced_again() -> None:
    """An edit elsewhere in the document, or a move of the line, says nothing new."""
    before = {"README.md": "Production-ready.\n"}
    assert said(before, before) == []
    assert said(before, {"README.md": "A sentence.\n\nProduction-ready.\n"}) == []
    assert said(before, {"README.md": "Production-ready.\n\nStatus: complete\n"}) == [
        ("README.md", 3, "Status: complete")
    ]


def test_there_are_few() -> None:
    """One line of a report has room for the first."""
    many = "".join(f"- Phase {number}: status: done\n" for number in range(9))
    assert len(said({}, {"A.md": many, "B.md": many})) == MOST


def test_a_document_that_cannot_be_read_announces_nothing() -> None:
    entries = (Entry("A.md", 0o100644, "b", 1), Entry("B.md", 0o100644, "c", 1))
    assert announced((), entries, {("b", "markdown"): extract("markdown", b"\0")}) == ()
