"""The page's Markdown: what GitHub shows is shown, nothing else gets through as HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.page.emoji import drawn
from sandbox.page.markdown import render

ALLOWED = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|blockquote|pre|code|em|strong|s|hr|br|table|thead|tbody|tr|th|td|a|details|summary|sub|sup|kbd"
    r"|span|svg|path|circle|rect|ellipse)\b[^<>]*>"
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("| a |\n|---|\n| `x` |", "<td><code>x</code></td>"),
        ("| a |\n|--:|\n| 1 |", '<td align="right">1</td>'),
        (
            "<details open><summary>More</summary>\n\n**b**\n\n</details>",
            "<details open><summary>More</summary>",
        ),
        ("<sub>small</sub> a<br/>b", "<p><sub>small</sub> a<br>b</p>"),
        ("some <!-- hidden --> text", "<p>some  text</p>"),
        ("<!-- never closed\n\nstill hidden", ""),
        ("~~gone~~", "<s>gone</s>"),
        (
            "> [!WARNING]\n> hot",
            '<blockquote class="alert alert-warning">\n<p><strong class="alert-title">Warning</strong>',
        ),
        ("> [!OTHER]\n> x", "[!OTHER]"),
        ("> plain", "<blockquote>\n<p>plain</p>"),
        ("<details><summary>&lt;b&gt; &amp; c</summary></details>", "<summary>&lt;b&gt; &amp; c</summary>"),
        ("![a picture](https://example.com/x.png)", "<p>a picture</p>"),
        ("a ✅ b", '<span class="emoji"><svg'),
        ("`✅`", "<code>✅</code>"),
    ],
)
def test_what_is_shown(text: str, html: str) -> None:
    assert html in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<details onclick=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "<details><svg/onload=alert(1)></details>",
        "<sub onmouseover='alert(1)'>x</sub>",
        "<style>*{}</style>",
        "&lt;script&gt;",
        "<iframe src='//x'>",
    ],
)
def test_what_is_not_let_through(text: str) -> None:
    html = render(text)
    assert re.sub(ALLOWED, "", html).count("<") == 0
    assert not re.search(r"<[^>]*(?:\son\w+|javascript:)", html)


def test_tags_left_open_are_closed_and_stray_ends_are_dropped() -> None:
    html = render("</details></sub>\n\n<details><summary>x")
    assert html.count("<details") == html.count("</details>") == 1
    assert html.count("<summary>") == html.count("</summary>") == 1
    assert "</sub>" not in html


@given(st.text(alphabet="<>/&;!-'\"`[](){}|#*_~ab\n details summary script onload= ✅", max_size=200))
def test_only_known_tags_come_out(text: str) -> None:
    assert "<" not in re.sub(ALLOWED, "", render(text))


def test_a_title_is_escaped_before_it_is_drawn() -> None:
    assert "<b>" not in drawn("<b>⛔")
    assert "⛔" in drawn("⛔")
