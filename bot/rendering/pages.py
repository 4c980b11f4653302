"""The page of a check as HTML, as GET /checks/<id> serves it: the version that ran, whatever is published elsewhere."""

from __future__ import annotations

from html import escape

from markdown_it import MarkdownIt

from checks import Check, page

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
pre { padding: .8rem; overflow-x: auto; border: 1px solid #8884; border-radius: 6px; background: #8881; }
code { font: .9em ui-monospace, monospace; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2rem; }
"""


def check_page(check: Check) -> str:
    """A complete page without scripts."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(page(check))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(check.title)} · gonogo</title><style>{_STYLE}</style></head>\n<body>{body}</body></html>\n"
    )
