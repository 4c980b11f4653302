"""Reads a Markdown text token by token into the shapes of `markdown.py`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from checks.facts.kinds import UnreadableFile
from checks.facts.markdown import CodeSpan, Fence, Form, Heading, Link, Markdown, Passage, Row, Table

INLINE_LIMIT = 8_000  # characters of one block's inline text: beyond it, markdown-it's inline rules get slow
TEXT_LIMIT = 600  # characters of a passage that are kept
FENCE_LIMIT = 20_000  # characters of a block of code that are kept
TOKEN_LIMIT = 400_000  # block tokens: a document with more is made to hurt

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?=\n|\Z)", re.DOTALL)
_HTML_TARGET = re.compile(
    r"""<(a|img)\b[^>]{0,300}?\s(?:href|src)\s*=\s*["']([^"'\s>]{1,500})["']""", re.IGNORECASE
)
_HTML_ANCHOR = re.compile(
    r"""<\w+\b[^>]{0,300}?\b(?:id|name)\s*=\s*["']([^"'\s>]{1,200})["']""", re.IGNORECASE
)
_BOX = re.compile(r"\[([ xX])\]\s+")
_CUSTOM_ANCHOR = re.compile(r"\s*\{\s*#([\w-]+)[^}]*\}\s*$")


def _parser() -> MarkdownIt:
    """CommonMark with GitHub's tables and strike-through; blocks only, inline text is parsed bounded."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_PARSER = _parser()


def read(text: str) -> dict[str, Any]:
    """The fields of `Markdown` out of a text."""
    source = _FRONT_MATTER.sub(lambda match: "\n" * match.group().count("\n"), text, count=1)
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(source, env)
    if len(tokens) > TOKEN_LIMIT:
        raise UnreadableFile(f"{len(tokens)} blocks: too many to be read")
    reader = _Reader(source.split("\n"), env)
    for token in tokens:
        reader.take(token)
    return reader.result()


@dataclass
class _Inline:
    """What the inline text of one block holds."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    spans: list[CodeSpan] = field(default_factory=list)


@dataclass
class _OpenTable:
    line: int
    section: tuple[str, ...]
    lead: str
    header: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cells: list[_Inline] = field(default_factory=list)
    in_head: bool = True


@dataclass
class _Reader:
    """Walks the block tokens in order, keeping what stands around them."""

    source: list[str]
    env: dict[str, Any]
    found: dict[str, list[Any]] = field(
        default_factory=lambda: {
            n: [] for n in ("headings", "passages", "links", "code_spans", "fences", "tables")
        }
    )
    anchors: set[str] = field(default_factory=set)
    path: list[tuple[int, str]] = field(default_factory=list)  # open headings: level and text
    items: list[str] = field(default_factory=list)  # the open list items' first texts
    item_is_new: bool = False
    last: str = ""  # the last paragraph outside lists, until the next heading
    table: _OpenTable | None = None
    heading: int = 0  # level of the open heading

    def take(self, token: Token) -> None:
        handler = getattr(self, f"_on_{token.type}", None)
        if handler is not None:
            handler(token)

    def result(self) -> dict[str, Any]:
        names = Markdown.__dataclass_fields__.keys() & self.found.keys()
        return {name: tuple(self.found[name]) for name in names} | {"html_anchors": frozenset(self.anchors)}

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.path)

    @property
    def lead(self) -> str:
        """The words that lead up to what comes now."""
        parents = self.items[:-1] if self.item_is_new else self.items
        return next((text for text in reversed(parents) if text), self.last)

    def _on_heading_open(self, token: Token) -> None:
        self.heading = int(token.tag[1])

    def _on_heading_close(self, _token: Token) -> None:
        self.heading = 0

    def _on_list_item_open(self, _token: Token) -> None:
        self.items.append("")
        self.item_is_new = True

    def _on_list_item_close(self, _token: Token) -> None:
        self.items.pop()
        self.item_is_new = False

    def _on_inline(self, token: Token) -> None:
        line = (token.map[0] if token.map else 0) + 1
        inline = self._parse(token.content, line)
        if self.heading:
            self._add_heading(inline, line)
        elif self.table is not None:
            self.table.cells.append(inline)
        elif self.item_is_new:
            self._add_item(inline, line)
        else:
            self._add(inline, line, Form.PARAGRAPH, self.lead)
            if not self.items:
                self.last = inline.text[:TEXT_LIMIT]

    def _add_heading(self, inline: _Inline, line: int) -> None:
        if custom := _CUSTOM_ANCHOR.search(inline.text):
            self.anchors.add(custom.group(1))
            inline.text = inline.text[: custom.start()]
        text = inline.text[:TEXT_LIMIT].strip()
        self.path = [(level, name) for level, name in self.path if level < self.heading]
        self._add(inline, line, Form.HEADING, "")
        self.path.append((self.heading, text))
        self.found["headings"].append(Heading(self.heading, text, line, self.section))
        self.last = ""

    def _add_item(self, inline: _Inline, line: int) -> None:
        lead = self.lead
        box = _BOX.match(inline.text)
        checked = None if box is None else box.group(1) != " "
        text = inline.text[box.end() :] if box else inline.text
        inline.text = text
        self._add(inline, line, Form.ITEM, lead, checked)
        self.items[-1] = text[:TEXT_LIMIT]
        self.item_is_new = False

    def _add(self, inline: _Inline, line: int, form: Form, lead: str, checked: bool | None = None) -> int:
        index = len(self.found["passages"])
        text = inline.text[:TEXT_LIMIT].strip()
        self.found["passages"].append(Passage(text, line, form, self.section, lead, checked))
        self._keep(inline, index)
        return index

    def _keep(self, inline: _Inline, index: int) -> None:
        self.found["links"] += [Link(x.target, x.text, x.line, index, x.image) for x in inline.links]
        self.found["code_spans"] += [CodeSpan(x.text, x.line, index, x.linked) for x in inline.spans]

    def _on_table_open(self, token: Token) -> None:
        self.table = _OpenTable((token.map[0] if token.map else 0) + 1, self.section, self.lead)

    def _on_thead_close(self, _token: Token) -> None:
        assert self.table is not None
        self.table.in_head = False

    def _on_tr_close(self, _token: Token) -> None:
        table = self.table
        assert table is not None
        cells, table.cells = table.cells, []
        texts = [cell.text.strip()[:TEXT_LIMIT] for cell in cells]
        if table.in_head:
            table.header = texts
            return
        line = table.line + 2 + len(table.rows)
        whole = _Inline(
            " | ".join(texts), [x for c in cells for x in c.links], [x for c in cells for x in c.spans]
        )
        index = self._add(whole, line, Form.ROW, " | ".join(table.header))
        table.rows.append(Row(tuple(texts), line, index))

    def _on_table_close(self, _token: Token) -> None:
        table, self.table = self.table, None
        assert table is not None
        self.found["tables"].append(
            Table(tuple(table.header), tuple(table.rows), table.line, table.section, table.lead)
        )

    def _on_fence(self, token: Token) -> None:
        line = (token.map[0] if token.map else 0) + 2
        self.found["fences"].append(
            Fence(token.info[:200], token.content[:FENCE_LIMIT], line, self.section, self._fence_lead())
        )

    def _on_code_block(self, token: Token) -> None:
        line = (token.map[0] if token.map else 0) + 1
        self.found["fences"].append(
            Fence("", token.content[:FENCE_LIMIT], line, self.section, self._fence_lead())
        )

    def _fence_lead(self) -> str:
        return next((text for text in reversed(self.items) if text), self.last)

    def _on_html_block(self, token: Token) -> None:
        start = (token.map[0] if token.map else 0) + 1
        self._html(token.content, start, self.found["links"])

    def _html(self, content: str, line: int, links: list[Link]) -> None:
        if content.lstrip().startswith("<!--"):
            return
        for match in _HTML_TARGET.finditer(content[: INLINE_LIMIT * 4]):
            at = line + content.count("\n", 0, match.start())
            links.append(Link(match.group(2), "", at, None, match.group(1).lower() == "img"))
        self.anchors.update(match.group(1) for match in _HTML_ANCHOR.finditer(content[: INLINE_LIMIT * 4]))

    def _parse(self, content: str, line: int) -> _Inline:
        """The inline text of a block, with the line of each link and span."""
        children: list[Token] = []
        _PARSER.inline.parse(content[:INLINE_LIMIT], _PARSER, self.env, children)
        inline, struck, open_link = _Inline(), 0, -1
        for child in children:
            struck += (child.type == "s_open") - (child.type == "s_close")
            if child.type in {"softbreak", "hardbreak"}:
                inline.text += " "
                line += 1
            elif child.type == "link_open" and not struck:
                inline.links.append(Link(str(child.attrs.get("href", "")), "", line))
                open_link = len(inline.text)
            elif child.type == "link_close" and open_link >= 0:
                last = inline.links[-1]
                inline.links[-1] = Link(last.target, inline.text[open_link:][:TEXT_LIMIT], last.line)
                open_link = -1
            elif child.type == "image" and not struck:
                inline.links.insert(
                    0, Link(str(child.attrs.get("src", "")), child.content[:TEXT_LIMIT], line, image=True)
                )
            elif child.type == "code_inline" and not struck:
                inline.text += child.content
                at = self._line_of(child.content, line)
                inline.spans.append(CodeSpan(child.content[:TEXT_LIMIT], at, 0, linked=open_link >= 0))
            elif child.type == "html_inline":
                self._html(child.content, line, inline.links)
            elif child.type in {"text", "text_special"} and not struck:
                inline.text += child.content
        return inline

    def _line_of(self, fragment: str, line: int) -> int:
        """The line of a span: a break inside an earlier span is no token, so the source is asked."""
        near = range(line, min(line + 3, len(self.source) + 1))
        return next((number for number in near if fragment in self.source[number - 1]), line)
