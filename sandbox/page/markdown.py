"""GitHub's Markdown as far as comments and checks use it: tables, alerts, a few HTML tags; everything else is escaped."""

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from sandbox.page.emoji import drawn

PAIRED = frozenset({"details", "summary", "sub", "sup", "kbd", "strong", "em", "code"})
TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\s[^<>]*)?)/?>"
    r"|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});|[<>&]|[^<>&]+",
    re.DOTALL,
)
ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*")


class _Html:
    """Lets through allowed tags without attributes (but `open`), and closes what is left open."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def filter(self, text: str) -> str:
        return "".join(self._piece(match) for match in TAG.finditer(text))

    def _piece(self, match: re.Match[str]) -> str:
        text = match.group()
        if text.startswith("<!--"):
            return ""
        if text[0] not in "<>" and len(text) > 1:
            return text if text[0] == "&" else str(drawn(text))
        name = (match.group("name") or "").lower()
        if name == "br":
            return "<br>"
        if name not in PAIRED:
            return escapeHtml(text)
        if match.group("end"):
            if not self._open[name]:
                return ""
            self._open[name] -= 1
            return f"</{name}>"
        self._open[name] += 1
        opened = name == "details" and match.group("rest").split() == ["open"]
        return f"<{name}{' open' if opened else ''}>"

    def closing(self) -> str:
        return "".join(f"</{name}>" * count for name, count in self._open.items())


class _Renderer(RendererHTML):
    def text(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        return str(drawn(tokens[idx].content))

    def html_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        return str(env["html"].filter(tokens[idx].content))

    def html_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: EnvType) -> str:
        return str(env["html"].filter(tokens[idx].content))

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Its text: nothing is fetched from elsewhere."""
        return escapeHtml(self.renderInlineAsText(tokens[idx].children or [], options, env))


def _alerts(state: StateCore) -> None:
    """`> [!NOTE]` becomes a box with a title."""
    tokens = state.tokens
    for at, token in enumerate(tokens[:-2]):
        inline = tokens[at + 2]
        if token.type != "blockquote_open" or inline.type != "inline":
            continue
        match = ALERT.match(inline.content)
        if match is None or not inline.children:
            continue
        kind = match.group(1).lower()
        token.attrSet("class", f"alert alert-{kind}")
        inline.children[0].content = inline.children[0].content.removeprefix(f"[!{match.group(1)}]")
        title = Token("alert_title", "", 0, content=kind.capitalize())
        inline.children.insert(0, title)


def _alignment(state: StateCore) -> None:
    """Columns are aligned by attribute, as on GitHub: the page's policy refuses styles written inline."""
    for token in state.tokens:
        if style := token.attrs.pop("style", None):
            token.attrSet("align", str(style).removeprefix("text-align:"))


def _alert_title(
    _self: object, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType
) -> str:
    return f'<strong class="alert-title">{escapeHtml(tokens[idx].content)}</strong>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}, renderer_cls=_Renderer).enable(
        ["table", "strikethrough"]
    )
    parser.core.ruler.after("inline", "alerts", _alerts)
    parser.core.ruler.after("inline", "alignment", _alignment)
    parser.add_render_rule("alert_title", _alert_title)
    return parser


PARSER = _parser()


def render(text: str) -> Markup:
    html = _Html()
    body = PARSER.render(text, {"html": html})
    return Markup(body + html.closing())  # noqa: S704 - filtered above; markdown-it escapes the rest
