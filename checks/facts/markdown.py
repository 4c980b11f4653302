"""Markdown as facts: what a document says, where, and under which headings. Read with markdown-it, inline text bounded."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from checks.facts.kinds import facts


class Form(StrEnum):
    """What a passage of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # the first paragraph of a list item
    ROW = "row"  # a table's row, its cells joined with " | "


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `section` is the path of headings it ends, itself included."""

    level: int
    text: str
    line: int
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text with what stands around it: the headings above, and the words that lead up to it.

    `lead` is the enclosing list item, the paragraph before a list or table, or a table's header.
    `checked` is the state of a task's check box, None where there is no box.
    """

    text: str
    line: int
    form: Form
    section: tuple[str, ...] = ()
    lead: str = ""
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image; `passage` is the index of the passage that holds it, None in raw HTML."""

    target: str
    text: str
    line: int
    passage: int | None = None
    image: bool = False


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Inline code. `linked` when it is the text of a link."""

    text: str
    line: int
    passage: int
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced or indented block of code; `line` is that of its first line of content."""

    info: str
    text: str
    line: int
    section: tuple[str, ...] = ()
    lead: str = ""

    @property
    def language(self) -> str:
        """The first word of the info string, in lower case."""
        return re.split(r"[\s,{:]", self.info.strip().lower(), maxsplit=1)[0]

    def lines(self) -> list[tuple[int, str]]:
        """Each line of the content with its number."""
        return list(enumerate(self.text.splitlines(), self.line))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table's body."""

    cells: tuple[str, ...]
    line: int
    passage: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header and rows."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    section: tuple[str, ...] = ()
    lead: str = ""

    def column(self, *names: str) -> int | None:
        """The index of the first column whose header contains one of the words."""
        return next(
            (i for i, cell in enumerate(self.header) if any(name in cell.lower() for name in names)), None
        )


@facts("*.md", "*.markdown", "*.mdx", version=2, size_limit=400_000)
@dataclass(frozen=True, slots=True)
class Markdown:
    """A Markdown document."""

    headings: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    links: tuple[Link, ...] = ()
    code_spans: tuple[CodeSpan, ...] = ()
    fences: tuple[Fence, ...] = ()
    tables: tuple[Table, ...] = ()
    html_anchors: frozenset[str] = frozenset()

    @classmethod
    def extract(cls, text: str) -> Self:
        # Imported here: the reader needs these classes, and what only looks at facts needs no parser.
        from checks.facts.markdown_reader import read  # noqa: PLC0415

        return cls(**read(text))

    @property
    def title(self) -> str:
        """The first heading's text."""
        return self.headings[0].text if self.headings else ""

    def anchors(self) -> frozenset[str]:
        """The anchors that GitHub makes of the headings, and those written in HTML."""
        seen: Counter[str] = Counter()
        found = set(self.html_anchors)
        for heading in self.headings:
            slug = slug_of(heading.text)
            found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
        return frozenset(found)


def slug_of(heading: str) -> str:
    """The anchor that GitHub makes of a heading's text."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
