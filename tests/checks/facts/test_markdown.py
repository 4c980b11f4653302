"""Markdown as facts: what is read, on which line, under which words; and that no text hurts."""

from __future__ import annotations

import time

import pytest

from checks.facts import UnreadableFile
from checks.facts.markdown import CodeSpan, Fence, Form, Heading, Link, Markdown, Passage, slug_of

DOCUMENT = """---
title: front matter
---
# Orders {#orders}

Text with `a.py` and
`b.py`, a [guide](docs/guide.md "title") and ~~`gone.py` [old](old.md)~~.

## Status

Delivered:

- [x] `done.py`
  - nested `inner.py`
- [ ] `open.py`

1. first

   second paragraph of the item

| File | State |
|------|-------|
| `x.py` | done |
| [y](y.py) | open |

![logo](logo.png)

<a name="raw"></a> <img alt="x" src="img/raw.png">

<!-- <a href="hidden.md">no</a> -->

```bash {title="x"}
make test
```

    indented

## Status
"""


@pytest.fixture(scope="module")
def document() -> Markdown:
    return Markdown.extract(DOCUMENT)


def test_headings_have_lines_and_sections(document: Markdown) -> None:
    """Front matter keeps its lines and is no heading."""
    assert document.headings[:2] == (
        Heading(1, "Orders", 4, ("Orders",)),
        Heading(2, "Status", 9, ("Orders", "Status")),
    )
    assert document.title == "Orders"
    assert Markdown.extract("no heading").title == ""


def test_anchors_are_those_of_the_page(document: Markdown) -> None:
    """Repeated headings are numbered; explicit ids and HTML names count."""
    assert document.anchors() == {"orders", "status", "status-1", "raw"}
    assert slug_of("What's `new`, in 2.0?") == "whats-new-in-20"


def test_code_spans_have_their_own_lines(document: Markdown) -> None:
    """Struck-through text says nothing."""
    assert {(span.text, span.line) for span in document.code_spans} == {
        ("a.py", 6), ("b.py", 7), ("done.py", 13), ("inner.py", 14), ("open.py", 15), ("x.py", 23),
    }  # fmt: skip
    assert all(isinstance(span, CodeSpan) and not span.linked for span in document.code_spans)


def test_a_code_span_broken_over_lines_does_not_shift_the_next() -> None:
    """A break inside a span is no token of its own."""
    read = Markdown.extract("`a\nb` and `later.py`")
    assert [(span.text, span.line) for span in read.code_spans] == [("a b", 1), ("later.py", 2)]


def test_links_and_images(document: Markdown) -> None:
    """HTML counts, comments don't."""
    assert {(link.target, link.line, link.image) for link in document.links} == {
        ("docs/guide.md", 7, False), ("y.py", 24, False), ("logo.png", 26, True), ("img/raw.png", 28, True),
    }  # fmt: skip
    assert document.links[0] == Link("docs/guide.md", "guide", 7, 1)
    assert Markdown.extract("[`x.py`](x.py)").code_spans[0].linked


def test_items_know_box_and_lead(document: Markdown) -> None:
    """A nested item is led by its parent, the others by the paragraph before the list."""
    items = {p.text: p for p in document.passages if p.form is Form.ITEM}
    assert (items["done.py"].checked, items["done.py"].lead) == (True, "Delivered:")
    assert (items["open.py"].checked, items["open.py"].line) == (False, 15)
    assert items["nested inner.py"].lead == "done.py"
    second = next(p for p in document.passages if p.text.startswith("second paragraph"))
    assert (second.form, second.lead) == (Form.PARAGRAPH, "first")


def test_tables_keep_cells_and_columns(document: Markdown) -> None:
    table = document.tables[0]
    assert table.header == ("File", "State")
    assert [(row.cells, row.line) for row in table.rows] == [(("x.py", "done"), 23), (("y", "open"), 24)]
    assert (table.column("state"), table.column("owner")) == (1, None)
    assert document.passages[table.rows[0].passage].lead == "File | State"


def test_fences_have_the_line_of_their_content(document: Markdown) -> None:
    fence, indented = document.fences
    assert (fence.language, fence.lines()) == ("bash", [(33, "make test")])
    assert indented.text == "indented\n"
    assert Fence("", "x", 1).language == ""


def test_a_table_row_under_a_list_and_a_fence_in_an_item_are_led_by_the_item() -> None:
    read = Markdown.extract("- Run:\n\n  ```sh\n  make\n  ```\n")
    assert read.fences[0].lead == "Run:"


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, ">" * 200_000, "- " * 100_000, "[a](b `" * 40_000, "[a\n" * 60_000, "`" * 200_000, "[a]: b\n" * 30_000,
     "\n".join(" " * n + "- a" for n in range(600)), "<" * 200_000, "|" * 50_000 + "\n" + "|-" * 50_000],
    ids=["brackets", "quotes", "items", "links", "open", "ticks", "references", "nested", "angles", "columns"],
)  # fmt: skip
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    begun = time.process_time()
    Markdown.extract(text)
    assert time.process_time() - begun < 20


def test_too_many_blocks_are_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="too many"):
        Markdown.extract("- a\n" * 90_000)


def test_passages_are_cut() -> None:
    assert len(Markdown.extract("word " * 1_000).passages[0].text) <= 600
    assert Markdown.extract("x").passages == (Passage("x", 1, Form.PARAGRAPH),)
