"""Emoji as small drawings, so that the page looks the same on machines without an emoji font. The character stays in the text."""

import re

from markupsafe import Markup, escape

_DISC = '<circle cx="8" cy="8" r="7" fill="{}"/>'
_FACE = '<circle cx="8" cy="8" r="7" fill="#fc3"/><circle cx="5.6" cy="6.5" r="1"/><circle cx="10.4" cy="6.5" r="1"/>'
_MOUTH = '<path d="{}" fill="none" stroke="#000" stroke-width="1.2"/>'
_THUMB = "M1 7h3v7H1zM5 7l3-6c2 0 2 1 1.5 5H14l-1.5 8H5z"
DRAWINGS = {
    "✅": '<rect x="1" y="1" width="14" height="14" rx="3" fill="#2da44e"/>'
    '<path d="M4 8.5 7 11.5 12.5 5" fill="none" stroke="#fff" stroke-width="2"/>',
    "❌": '<path d="M3 3l10 10M13 3 3 13" stroke="#d1242f" stroke-width="3"/>',
    "⛔": _DISC.format("#d1242f") + '<path d="M4 8h8" stroke="#fff" stroke-width="3"/>',
    "⚠": '<path d="M8 1 15.5 15H.5z" fill="#e3a008"/><path d="M8 6v4.5M8 12v1.6" stroke="#000" stroke-width="1.6"/>',
    "💥": '<path d="M8 0l2 4 4-2-1 4 3 2-3 2 1 4-4-2-2 4-2-4-4 2 1-4-3-2 3-2-1-4 4 2z" fill="#fb8500"/>',
    "❔": _DISC.format("#8b949e")
    + '<path d="M6 6q0-2 2-2t2 2-2 2.6M8 11v1.4" fill="none" stroke="#fff" stroke-width="1.5"/>',
    "🔴": _DISC.format("#d1242f"),
    "🟠": _DISC.format("#fb8500"),
    "🟡": _DISC.format("#e8c500"),
    "🟢": _DISC.format("#2da44e"),
    "⚪": _DISC.format("#c9d1d9"),
    "👍": f'<path d="{_THUMB}" fill="#fc3"/>',
    "👎": f'<path d="{_THUMB}" fill="#fc3" transform="rotate(180 8 8)"/>',
    "👀": '<ellipse cx="4" cy="8" rx="3.2" ry="5" fill="#fff" stroke="#555"/>'
    '<ellipse cx="12" cy="8" rx="3.2" ry="5" fill="#fff" stroke="#555"/><circle cx="3" cy="9" r="1.7"/><circle cx="11" cy="9" r="1.7"/>',
    "😄": _FACE + _MOUTH.format("M4.5 9.5q3.5 4 7 0"),
    "😕": _FACE + _MOUTH.format("M5 12l6-1.5"),
    "❤": '<path d="M8 14 1.5 7.5a3.6 3.6 0 0 1 6.5-4 3.6 3.6 0 0 1 6.5 4z" fill="#d1242f"/>',
    "🎉": '<path d="M2 14 5 5l6 6z" fill="#8250df"/><circle cx="10" cy="3" r="1.3" fill="#fb8500"/><circle cx="13" cy="7" r="1.3" fill="#2da44e"/>',
    "🚀": '<path d="M14 2C9 2 6 6 5 9l2 2c3-1 7-4 7-9zM5 9l-3 1 2 4 3-3" fill="#57606a"/>',
}
KNOWN = re.compile("(" + "|".join(DRAWINGS) + ")\ufe0f?")


def drawn(text: str) -> Markup:
    """The text, escaped, with a drawing over each known emoji."""
    escaped = str(escape(text))
    return Markup(KNOWN.sub(_drawing, escaped))  # noqa: S704 - escaped before, the drawings are ours


def _drawing(match: re.Match[str]) -> str:
    drawing = DRAWINGS[match.group(1)]
    return f'<span class="emoji"><svg viewBox="0 0 16 16" aria-hidden="true">{drawing}</svg>{match.group()}</span>'
