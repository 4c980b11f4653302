"""Text from a repository made harmless: no markup, link, mention, reference or image can come out of it.

Everything that isn't ours passes through here: file names, messages, subjects, quotes, branch names, settings.
Prefer `code`: nothing is active inside it. `plain` is for running text, `prose` for text with `code` in it.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

CAP = 200  # characters of one piece of untrusted text
PROSE_CAP = 600  # a message that a check made around such pieces
BREAK = "\u200b"  # a zero-width space: splits what GitHub would link after rendering
CUT = "…"
# Joiners change how emoji and some scripts look; every other format character can hide or reorder text.
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN = frozenset({"Cf", "Co"})
_LEGACY = re.compile(
    r"[\u115f\u1160\u3164\uffa0\u2800\ufe00-\ufe0f\ufffe\uffff\U000e0100-\U000e01ef]"
)  # look like nothing
_MARKUP = re.compile(r"[\\`*_\[\]|~$#!{}^]")
_LINE_START = re.compile(r"^([-+=>:]|\d+(?=[.)]))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_AUTOLINKS = (
    re.compile("@"),  # mentions, teams, addresses of mail; alone too, for what may follow
    re.compile(r"#(?=\d|$)"),
    re.compile(r"\bGH-(?=\d)", re.IGNORECASE),
    re.compile(r":(?=//|[a-z0-9_+-]+:)", re.IGNORECASE),  # schemes and :emoji:
    re.compile(r"\b(?:mailto|xmpp):(?=\S)", re.IGNORECASE),
    re.compile(r"www(?=\.)", re.IGNORECASE),
)
_COMMIT_ID = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)


class _Visible(dict[int, str]):
    """What each character is shown as, worked out once."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        category = unicodedata.category(character)
        if category in {"Cc", "Zl", "Zp"}:
            shown = " " if character in "\t\n\r\v\f\x85\u2028\u2029" else ""
        elif category == "Cs":
            shown = "\ufffd"
        else:
            shown = "" if category in _HIDDEN and character not in _JOINERS else character
        return self.setdefault(point, shown)


_VISIBLE = _Visible()


def clean(text: str, limit: int = CAP) -> str:
    """One line without control, bidirectional or invisible characters, at most so long. For plain text places."""
    visible = text[: limit * 4].translate(_VISIBLE)
    line = " ".join(_LEGACY.sub("", visible).split())
    return line if len(line) <= limit and len(text) <= limit * 4 else line[: limit - 1].rstrip() + CUT


def plain(text: str, limit: int = CAP) -> str:
    """Running text for Markdown, in which nothing is active."""
    broken = clean(text, limit)
    for pattern in _AUTOLINKS:
        broken = pattern.sub(lambda found: found[0] + BREAK, broken)
    broken = _COMMIT_ID.sub(lambda found: re.sub(".{6}(?=.)", rf"\g<0>{BREAK}", found[0]), broken)
    escaped = _MARKUP.sub(r"\\\g<0>", re.sub("[&<>]", lambda found: _ENTITIES[found[0]], broken))
    return _LINE_START.sub(_escaped_start, escaped)


def code(text: str, limit: int = CAP, *, cell: bool = False) -> str:
    """A code span for Markdown; `cell` where it stands in a table."""
    line = clean(text, limit)
    if not line:
        return "(empty)"
    if cell:  # a table is split at its bars before code is looked for; a backslash must not undo our own
        line = line.replace("\\|", "\\ |").replace("|", "\\|")
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def prose(text: str, limit: int = PROSE_CAP, *, cell: bool = False) -> str:
    """A sentence of a check: what stands between single backticks becomes code, the rest plain."""
    parts = clean(text, limit).split("`")
    if len(parts) % 2 == 0:  # a backtick without its partner
        parts[-2:] = [f"{parts[-2]}`{parts[-1]}"]
    last = len(parts) - 1
    rendered = (
        code(part, limit, cell=cell)
        if number % 2 and part.strip()
        else _spaced(part, limit)
        or (BREAK if 0 < number < last else "")  # its neighbours are not to run together
        for number, part in enumerate(parts)
    )
    return "".join(rendered).strip()


def block(text: str, language: str = "", limit: int = 2_000) -> str:
    """A fenced code block; keeps lines."""
    lines = [clean(line, CAP) for line in text[:limit].split("\n")]
    body = "\n".join(lines) + (f"\n{CUT}" if len(text) > limit else "")
    fence = "`" * max(3, _longest_run(body) + 1)
    return f"{fence}{re.sub('[^a-z0-9]', '', language)}\n{body}\n{fence}"


def address(base: str, *parts: str) -> str:
    """An address below one of ours, with every part percent-encoded."""
    return "/".join((base.rstrip("/"), *(_quoted(part) for part in parts)))


def link(label: str, target: str | None) -> str:
    """A link whose label is already harmless and whose target was made by `address`."""
    return f"[{label}]({target})" if target else label


def _spaced(part: str, limit: int) -> str:
    """A plain part of prose with the spaces that part it from code, which `plain` trims."""
    before = " " if part[:1].isspace() else ""
    after = " " if part[-1:].isspace() and part.strip() else ""
    return f"{before}{plain(part, limit)}{after}"


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _quoted(part: str) -> str:
    return "/".join(quote(name, safe="~-._", errors="replace") for name in part.split("/"))
