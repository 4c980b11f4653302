"""Advisories that an audit tool is told to pass over: cargo-deny, cargo-audit, osv-scanner, Trivy, Grype, Snyk, better-npm-audit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_ID = re.compile(
    r"\b(?:RUSTSEC-\d{4}-\d{4}|CVE-\d{4}-\d{3,}|GHSA(?:-[0-9a-z]{4}){3}|GO-\d{4}-\d+|PYSEC-\d{4}-\d+|SNYK-[A-Z]+-[A-Z0-9]+-\d+|AVD-[A-Z]+-\d+|OSV-\d{4}-\d+)\b"
)
_COMMENT = re.compile(r"(?:^|\s)(?:#|//)\s?(.*)$")
_REASON = re.compile(
    r"\b(?:reason|statement|notes?|description|justification|comment)\b[\"']?\s*[:=]\s*[\"']?([^\"'}\n]*)",
    re.IGNORECASE,
)
_EXPIRY = re.compile(
    r"(?:\bexp|expires?|expir(?:y|ation)|expired_?at|ignore_?until|until|review_?by|revisit|deadline)\b[\"']?\s*[:=]?\s*[\"']?(?P<date>(?:19|20)\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
_KEY = re.compile(r"^\s*(?:-\s+)?[\w\"'-]+\s*[:=]\s*[\"'\w]")
_OPENS = re.compile(r"^\s*(?:\[\[?[\w.]+\]\]?|[\[{(]|-\s*)\s*$")
_LONGEST = 12  # lines of an entry
_WORDS = 2  # fewer words than this are no reason


@dataclass(frozen=True, slots=True)
class AdvisoryException:
    """An advisory that is passed over, with the words that say why and the date until when."""

    id: str
    line: int
    reason: str = ""
    until: str | None = None


@facts(
    "deny.toml",
    ".deny.toml",
    "audit.toml",
    "osv-scanner.toml",
    ".trivyignore",
    ".trivyignore.yaml",
    ".trivyignore.yml",
    ".grype.yaml",
    ".grype.yml",
    ".snyk",
    ".nsprc",
    "audit-ci.json",
    "audit-ci.jsonc",
    ".pip-audit-ignore",
    version=1,
)
@dataclass(frozen=True, slots=True)
class AdvisoryExceptions:
    """The exceptions in order. These files hold advisory ids for no other end."""

    exceptions: tuple[AdvisoryException, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(tuple(_exceptions(text.split("\n"))))


def _exceptions(lines: list[str]) -> Iterator[AdvisoryException]:
    comments: list[str] = []
    named: set[str] = set()
    for number, line in enumerate(lines):
        code, comment = _COMMENT.sub("", line), _COMMENT.search(line)
        ids = [match.group() for match in _ID.finditer(code)]
        if ids:
            entry = "\n".join(_entry(lines, number))
            said = [*comments, *_REASON.findall(entry), comment.group(1) if comment else ""]
            until = _EXPIRY.search("\n".join((*comments, entry)))
            for found in ids:
                if found not in named:
                    named.add(found)
                    date = until.group("date") if until else None
                    yield AdvisoryException(found, number + 1, _reason(said, found), date)
        if code.strip() and not _OPENS.match(code):
            comments = []
        elif comment and not code.strip():
            comments = [*comments, comment.group(1)]


def _entry(lines: list[str], number: int) -> Iterator[str]:
    """The line with the id, and the keys around it that belong to the same entry."""
    is_key = _KEY.match(lines[number]) is not None
    first = number
    while is_key and first and number - first < _LONGEST and _is_beside(lines[first - 1], lines[number]):
        first -= 1
        if lines[first].lstrip().startswith("-"):
            break
    yield from lines[first : number + 1]
    for line in lines[number + 1 : number + _LONGEST]:
        deeper = _indent(line) > _indent(lines[number]) and line.strip()
        beside = is_key and _is_beside(line, lines[number]) and not line.lstrip().startswith("-")
        if _ID.search(line) or not (deeper or beside):
            return
        yield line


def _is_beside(line: str, of: str) -> bool:
    """Whether a line is a key of the same table as another."""
    inner = _indent(of) + 2 if of.lstrip().startswith("- ") else _indent(of)
    own = _indent(line) + 2 if line.lstrip().startswith("- ") else _indent(line)
    return _KEY.match(line) is not None and inner == own and not _ID.search(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _reason(said: list[str], advisory: str) -> str:
    text = " ".join(" ".join(said).replace(advisory, "").split())
    return text[:200] if len(re.findall(r"[A-Za-z]{2,}", text)) >= _WORDS else ""
