"""The patterns by which Jest and Vitest find tests, as regular expressions in linear time."""

from __future__ import annotations

import re
from functools import lru_cache

import re2

_CLOSERS = {"?": ")?", "*": ")*", "+": ")+", "@": ")"}
_LONGEST = 300


@lru_cache(maxsize=200_000)
def matches(glob: str, path: str) -> bool | None:
    """Whether a path matches; None where the pattern can't be read."""
    compiled = _compiled(glob)
    return compiled.fullmatch(path) is not None if compiled is not None else None


def found_by(expression: str, path: str) -> bool | None:
    """Whether a regular expression is found in the path; None where it can't be read."""
    compiled = _expression(expression) if len(expression) <= _LONGEST else None
    return compiled.search(path) is not None if compiled is not None else None


def _compiled(glob: str) -> re2._Regexp | None:
    text = _regex(glob) if len(glob) <= _LONGEST else None
    return _expression(text) if text is not None else None


@lru_cache(maxsize=2_000)
def _expression(text: str) -> re2._Regexp | None:
    quiet = re2.Options()
    quiet.log_errors = False
    try:
        return re2.compile(text, quiet)
    except re2.error:
        return None


def _regex(glob: str) -> str | None:
    """None for what takes something back (`!(a)`, `!a`)."""
    out: list[str] = []
    closers: list[str] = []
    at = 0
    while at < len(glob):
        letter, following = glob[at], glob[at + 1 : at + 2]
        if letter == "!":
            return None
        if letter in _CLOSERS and following == "(":
            out.append("(?:")
            closers.append(_CLOSERS[letter])
            at += 1
        elif glob.startswith("**/", at):
            out.append("(?:.*/)?")
            at += 2
        elif glob.startswith("**", at):
            out.append(".*")
            at += 1
        elif letter == "[" and "]" in glob[at + 1 :]:
            end = glob.index("]", at + 1)
            out.append(f"[{glob[at + 1 : end]}]")
            at = end
        elif letter == "{":
            out.append("(?:")
            closers.append(")")
        elif letter in ")}" and closers:
            out.append(closers.pop())
        elif letter in ",|" and closers:
            out.append("|")
        else:
            out.append({"*": "[^/]*", "?": "[^/]"}.get(letter) or re.escape(letter))
        at += 1
    return "".join(out)
