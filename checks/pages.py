"""A check's documentation: its page, and the examples in it, which are its tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from checks.registry import Check

MARK = re.compile(r"\s*← gap\s*$")
# Readers who have never pinned an action take the number for a password.
_PINNED = re.compile(r"@[0-9a-f]{40} # v\d")
_ABOUT_PINS = (
    "The long number after an action's `@` is the commit behind the tag in the comment: a tag can be moved, a commit can't. "
    "Dependabot and Renovate keep both current.\n\n"
)
SECTIONS = ("Fix", "Gap", "No gap")


@dataclass(frozen=True, slots=True)
class Example:
    """One small tree of a page: its files by path, and the places that are marked as gaps."""

    section: str
    title: str
    files: dict[str, str]
    marks: frozenset[tuple[str, int]]


def page(check: Check) -> str:
    """The check's page as Markdown: its documentation under what the registry knows of it."""
    low, high = check.effort
    facts = [
        f"`{check.id}`",
        f"area **{check.area}**",
        f"severity **{check.severity}**",
        f"blocks **{check.blocks}**",
        f"about {low:g} to {high:g} hours to fix (an estimate)",
    ]
    if check.on_trial:
        facts.append("**on trial**: shown, never counted")
    title, _, rest = check.documentation.partition("\n")
    fix, gap, examples_of_it = rest.rstrip().partition("## Gap\n")
    pins = _ABOUT_PINS if _PINNED.search(fix) else ""
    return _paths_shown(f"# {title}\n\n{' · '.join(facts)}\n{fix}{pins}{gap}{examples_of_it}\n")


def _paths_shown(text: str) -> str:
    """The page with each fence's path above it: a reader sees nothing of the info string but the language's colours."""
    lines = text.split("\n")
    for token in MarkdownIt().parse(text):
        if token.type == "fence" and token.map and len(words := token.info.split(maxsplit=1)) == 2:
            number = token.map[0]
            above = "" if not lines[number - 1] else "\n"
            lines[number] = f"{above}`{words[1]}`:\n\n{token.markup}{words[0]}"
    return "\n".join(lines)


def sections(check: Check) -> tuple[str, ...]:
    """The second-level headings of the page, in order."""
    return tuple(title for level, title, _ in _headings(check) if level == "h2")


def examples(check: Check) -> tuple[Example, ...]:
    """Every example of the page. A third-level heading begins another tree within its section."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    section, title = "", ""
    for token, content in _blocks(check):
        if token == "h2":  # noqa: S105 - an HTML tag
            section, title = content, ""
        elif token == "h3":  # noqa: S105
            title = content
        elif section in SECTIONS[1:]:
            path, _, text = content.partition("\n")
            found.setdefault((section, title), []).append((path, text))
    return tuple(_example(section, title, files) for (section, title), files in found.items())


def _example(section: str, title: str, files: list[tuple[str, str]]) -> Example:
    marks = {
        (path, number)
        for path, text in files
        for number, line in enumerate(text.split("\n"), 1)
        if MARK.search(line)
    }
    clean = {path: "\n".join(MARK.sub("", line) for line in text.split("\n")) for path, text in files}
    return Example(section, title, clean, frozenset(marks))


def _headings(check: Check) -> Iterator[tuple[str, str, int]]:
    tokens = MarkdownIt().parse(check.documentation)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token.tag, tokens[number + 1].content, number


def _blocks(check: Check) -> Iterator[tuple[str, str]]:
    """Headings as (tag, text) and fences with a path as ("fence", path + newline + content), in order."""
    tokens = MarkdownIt().parse(check.documentation)
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token.tag, tokens[number + 1].content
        elif token.type == "fence" and len(words := token.info.split(maxsplit=1)) == 2:
            yield "fence", f"{words[1]}\n{token.content}"
