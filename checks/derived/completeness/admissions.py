"""Comments in which an author says that what stands there is not the real thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.roles import Role
from checks.facts.source import Definition, DefinitionKind, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_VERB = r"(?:be|call|use|query|send|invoke|fetch|check|integrate|connect|run|come|parse|implement|perform|persist|store|talk|look)"
# The work is left out, and something else stands in its place.
STANDS_IN = re.compile(
    rf"\bwould (?:go|be (?:done|called|made|sent|implemented|performed|handled|inserted|fetched)) here\b"
    rf"|\bin (?:an? |the )?(?:real|actual|full)(?:[- ]world)? (?:implementation|scenario|system|app|application|deployment|code|life)\b"
    rf"[^.]{{0,40}}\b(?:would|should|might|could|you'd|we'd)\b"
    rf"|\bwould (?:\w+ )?{_VERB}\b[^.]{{0,60}}\bin (?:an? |the )?(?:real|actual|full)\b"
    rf"|\b(?:real|actual|full|proper) implementation (?:would|should|goes|will)\b"
    rf"|\b(?:stub|stubbed|dummy|mock|mocked|fake|simulated) (?:implementation|response|result|output|answer)s?\b(?!\s+(?:(?:for|in) (?:unit )?tests?|to (?:trigger|wake|unblock|force|flush)))"
    rf"|\b(?:stub|stubbed|mock|mocked|fake|simulated|(?:return|us|generat|provid|load|show|render)\w{{0,3}} (?:some )?dummy) data\b(?!\s+(?:for|in) (?:unit )?tests?)"
    rf"|\b(?:placeholder|stub) implementation\b|^[\s*]*(?:just )?simulat(?:e|ing) (?:the |an? )?(?:api|llm|model|network|processing|work|response|async)\b"
    rf"|^[\s*]*in production,? (?:this|we|you|it) would\b[^.]{{0,80}}",
    re.IGNORECASE | re.MULTILINE,
)
# It works, for less than it claims.
SIMPLIFIED = re.compile(
    r"\bsimpl(?:e|ified|istic)\b[^.\n]{0,60}\bin production,? (?:you |we |this )?(?:would|should|use)\b"
    r"|\bfor (?:demo|demonstration) purposes\b|^[\s*]*in production,? (?:you |we |this )?(?:use|should use|should be)\b"
    r"|\bwould be (?:\w+ )?more (?:sophisticated|comprehensive|elaborate|robust|advanced|accurate|complex)\b"
    r"|\bin production: |\bsimplified\b[^.]{0,80}\.?\s+(?:an? |the )?(?:real|actual|full|proper) implementation (?:would|should)\b",
    re.IGNORECASE | re.MULTILINE,
)
# What explains why a body does nothing.
LEFT_OUT = re.compile(
    r"\b(?:TODO|FIXME)\b|\bfor (?:the |a )?demo\b|\bplaceholder\b|\bstub(?:bed)?\b|\bnot (?:yet )?implemented\b|\bfor now\b"
    r"|\bin (?:a )?real\b|\bin production\b|\bwould (?:be|call|send)\b|\bimplement(?:ed)? later\b|\bcoming soon\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"platform|compil(?:e|ing)|\btests?\b|windows|wasm|feature is (?:off|disabled)", re.IGNORECASE
)
FUNCTIONS = (DefinitionKind.FUNCTION, DefinitionKind.METHOD)


@dataclass(frozen=True, slots=True)
class Admission:
    """One comment, adjacent lines together, with the function around it."""

    line: int
    text: str
    inside: str | None
    stands_in: bool
    simplified: bool


@dataclass(frozen=True)
class Admissions:
    """The admissions of shipped files, and of programs among the tests, by path."""

    by_path: dict[str, tuple[Admission, ...]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = {
            path: tuple(_admissions(source))
            for path, source in snapshot.files(Source)
            if _counts(snapshot, path, source)
        }
        return cls({path: admissions for path, admissions in found.items() if admissions})

    def within(self, path: str, first: int, last: int) -> tuple[Admission, ...]:
        """Those of a file that stand between two lines."""
        return tuple(a for a in self.by_path.get(path, ()) if first <= a.line <= last)


def _counts(snapshot: Snapshot, path: str, source: Source) -> bool:
    role = snapshot.role(path)
    if role is not Role.TEST:
        return role is Role.SHIPPED
    collected = any(d.name.rpartition(".")[2].startswith("test") for d in source.definitions)
    return source.runs_as_main and not collected


def _admissions(source: Source) -> Iterator[Admission]:
    functions = [d for d in source.definitions if d.kind in FUNCTIONS]
    for line, text in _grouped(source):
        if not LEFT_OUT.search(text) and not STANDS_IN.search(text) and not SIMPLIFIED.search(text):
            continue
        if source.in_test(line):
            continue
        real = not ELSEWHERE.search(text)
        yield Admission(
            line,
            " ".join(text.split())[:200],
            _around(functions, line),
            stands_in=real and STANDS_IN.search(text) is not None,
            simplified=real and SIMPLIFIED.search(text) is not None,
        )


def _grouped(source: Source) -> Iterator[tuple[int, str]]:
    """The comments, those on adjacent lines as one."""
    start, end, parts = 0, 0, list[str]()
    for comment in source.comments:
        if parts and comment.line > end + 1:
            yield start, "\n".join(parts)
            parts = []
        if not parts:
            start = comment.line
        parts.append(comment.text[:400])
        end = comment.line + comment.text.count("\n")
    if parts:
        yield start, "\n".join(parts)


def _around(functions: list[Definition], line: int) -> str | None:
    """The innermost function around the line; a comment right above one belongs to it."""
    inside = [d for d in functions if d.line <= line <= d.end_line]
    return max(inside, key=lambda d: d.line).name if inside else None
