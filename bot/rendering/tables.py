"""Tables and folded sections in GitHub's Markdown."""

from __future__ import annotations

from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; cells must be harmless already. Columns of numbers stand to the right."""
    found = [[str(cell) for cell in row] for row in rows]
    titles = list(heads)
    rules = ["---:" if _numeric(row[column] for row in found) else "---" for column in range(len(titles))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (titles, rules, *found))


def _numeric(cells: Iterable[str]) -> bool:
    texts = list(cells)
    return bool(texts) and all(text.replace(" %", "").isdecimal() or text in {"", "n/a"} for text in texts)


def folded(title: str, body: str) -> str:
    """A folded section; the empty lines let Markdown be read inside."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"
