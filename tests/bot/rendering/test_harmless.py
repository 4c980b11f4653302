"""Whatever a repository holds, what comes out of it is text: rendered and searched for anything active."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.rendering.harmless import CAP, PROSE_CAP, block, clean, code, plain, prose

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What GitHub makes active after rendering, in text outside of code.
ACTIVE = re.compile(
    r"@[\w-]|#\d|\bGH-\d|://|\bwww\.|mailto:\S|xmpp:\S|:[a-z0-9_+-]+:|\b[0-9a-f]{7,}\b", re.IGNORECASE
)
HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
NASTY = (
    "@octo",
    "@octo/team",
    "#12",
    "GH-7",
    "octo/repo#3",
    "https://evil.example/x",
    "www.evil.example",
    "a@b.example",
    "![x](https://evil.example/p.png)",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<!-- x",
    "-->",
    "<details>",
    "</details>",
    "`",
    "```",
    "``",
    "\\",
    "|",
    "\\|",
    "| --- |",
    "\n",
    "\n\n",
    "    ",
    "# title",
    "- item",
    "1. item",
    "***",
    "> [!NOTE]",
    "---",
    "===",
    "~~x~~",
    "*x*",
    "__x__",
    "[x]: https://evil.example",
    "[^1]",
    "$x$",
    ":tada:",
    "&lt;img&gt;",
    "&#64;octo",
    "\u202egnp.exe",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "{{ x }}",
    "a",
    " ",
)
hostile = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=6)), max_size=8).map("".join)


class Seen(HTMLParser):
    """The tags of a page, and its text apart from that inside of code."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text: list[str] = []
        self.quoted: list[str] = []
        self._in_code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._in_code -= tag == "code"

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")

    def handle_data(self, data: str) -> None:
        (self.quoted if self._in_code else self.text).append(data)


def assert_harmless(markdown: str, allowed: set[str]) -> Seen:
    assert not HIDDEN.search(markdown.replace("\n", ""))
    seen = Seen(RENDERER.render(markdown))
    assert set(seen.tags) <= allowed
    assert not ACTIVE.search("".join(seen.text))
    return seen


@given(hostile)
@example("@octo")
@example("1. x")
def test_plain_text_is_one_paragraph(text: str) -> None:
    seen = assert_harmless(plain(text), {"p"})
    assert "".join(seen.text).strip().replace("\u200b", "") == clean(text)


@given(hostile)
def test_code_is_one_code_span(text: str) -> None:
    seen = assert_harmless(code(text), {"p", "code"})
    assert seen.tags.count("code") == (1 if clean(text) else 0)
    if clean(text):
        assert "".join(seen.quoted) == clean(text)


@given(hostile)
@example(f"{'deadbeef' * 5}``{'deadbeef' * 5}")  # what stands around an empty code must not run together
@example("`a``b`")
def test_prose_is_text_and_code(text: str) -> None:
    assert_harmless(prose(text), {"p", "code"})


@given(hostile)
def test_a_block_is_one_block(text: str) -> None:
    seen = assert_harmless(block(text, "python\n<b>"), {"pre", "code"})
    assert seen.tags == ["pre", "code"]


@given(hostile, st.sampled_from([plain, lambda t: code(t, cell=True), lambda t: prose(t, cell=True)]))
def test_a_cell_stays_one_cell(text: str, render: Callable[[str], str]) -> None:
    """Nothing can add a column or end the table."""
    html = RENDERER.render(f"| a | b |\n| --- | --- |\n| {render(text)} | end |\n")
    seen = Seen(html)
    assert set(seen.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "code"}
    assert seen.tags.count("td") == 2
    assert re.search(r"<td>end</td>\s*</tr>\s*</tbody>", html)


@given(hostile, hostile)
def test_text_around_is_untouched(first: str, second: str) -> None:
    """In a list, as the comment has it: two items stay two items."""
    seen = assert_harmless(f"- {code(first)} {prose(second)}\n- end", {"ul", "li", "code", "p"})
    assert seen.tags.count("li") == 2


@pytest.mark.parametrize(("render", "limit"), [(clean, CAP), (plain, CAP), (code, CAP), (prose, PROSE_CAP)])
def test_long_text_is_cut(render: Callable[[str], str], limit: int) -> None:
    """A cap holds for what is shown, and the cut is to be seen."""
    shown = render("x" * 100_000).strip("`")
    assert len(shown) == limit
    assert shown.endswith("…")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc", "a b c"),
        ("\u202eabc\u2066", "abc"),
        ("\x1b[31mred", "[31mred"),
        ("\ud800", "\ufffd"),
        ("e\u200d\u0301", "e\u200d\u0301"),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    """Control, bidirectional and invisible characters go; joiners and accents stay."""
    assert clean(text) == expected


def test_plain_reads_well() -> None:
    assert plain("tests run in 3 s (see a_b.py)") == r"tests run in 3 s (see a\_b.py)"
    assert code("a`b") == "``a`b``"
    assert code("`x`") == "`` `x` ``"
    assert code("") == "(empty)"
    assert prose("uses `a|b` and c") == "uses `a|b` and c"
    assert prose("one ` alone") == r"one \` alone"
