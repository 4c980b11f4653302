"""Completion that a change announces: what the documents it touches newly say is done. A claim, proof of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from checks.facts.kinds import kinds
from checks.facts.markdown import Markdown
from checks.facts.roles import Role, role_of
from checks.model import Entry, Evidence

MOST = 3  # announcements; one line of a report has no room for more
LONGEST = 200  # characters of a passage; a longer one discusses rather than announces
_DONE = r"(?:completed?|done|finished|implemented)"
_ANNOUNCES = re.compile(
    rf"\b(?:100 ?%|fully|feature[- ]) ?(?:{_DONE}|ready|functional|operational)\b"
    r"|\bproduction[- ]read(?:y|iness:? (?:achieved|confirmed|yes))\b"
    r"|\bready (?:for|to go to) (?:production|launch|go-?live)\b"
    rf"|\bstatus\W{{1,6}}{_DONE}\b"
    rf"|\ball (?:\d{{1,4}} )?(?:phases|tasks|features|requirements|milestones|items|components)\b.{{0,40}}\b{_DONE}\b"
    r"|[✅✔☑🎉].{0,60}\bcompleted?\b|\bcompleted?\b.{0,20}[✅✔☑🎉]",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"\b(?:not|never|no|isn|aren|until|before|unless|once|when|if|whether|should|must|will|would|to be|to get|towards?|becom\w+|mak(?:e|ing)|"
    r"how to|goals?|aims?|wants?|plan\w*|almost|nearly|partial\w*|criteria|checklist|needs?|needed|requir\w+|can be|in progress)\b|[?☐❌]|n't",
    re.IGNORECASE,
)
_SAYS_NOTHING_OF_NOW = re.compile(
    r"changelog|changes|history|news|release|blog|plan|roadmap|todo|proposal|\brfc|\badr|spec|design|template|draft|prompt|review|example",
    re.IGNORECASE,
)
_NOT_OURS = frozenset({Role.VENDORED, Role.FIXTURE, Role.ARCHIVE, Role.GENERATED})


def announced(
    base: Iterable[Entry], head: Iterable[Entry], facts: Mapping[tuple[str, str], bytes]
) -> tuple[Evidence, ...]:
    """The first announcements, in the words of the documents, of those that the base doesn't hold already."""
    before = {entry.path: entry.blob for entry in base}
    found: list[Evidence] = []
    for entry in sorted(head, key=lambda e: e.path):
        if len(found) < MOST and before.get(entry.path) != entry.blob and _speaks(entry):
            known = set(_passages(before.get(entry.path), facts))
            new = (
                Evidence(text, entry.path, line)
                for text, line in _passages(entry.blob, facts).items()
                if text not in known
            )
            found += (said for said in new if _announces(said.note))
    return tuple(found[:MOST])


def _speaks(entry: Entry) -> bool:
    path = entry.path
    return path.lower().endswith(".md") and not (
        _SAYS_NOTHING_OF_NOW.search(path) or role_of(path) in _NOT_OURS
    )


def _passages(blob: str | None, facts: Mapping[tuple[str, str], bytes]) -> dict[str, int]:
    """The document's short passages, headings too, with their lines."""
    data = facts.get((blob, "markdown")) if blob else None
    read = kinds()["markdown"].read(data) if data is not None else None
    if not isinstance(read, Markdown):
        return {}
    return dict(_short(read))


def _short(markdown: Markdown) -> Iterator[tuple[str, int]]:
    said = [(p.text, p.line) for p in markdown.passages] + [(h.text, h.line) for h in markdown.headings]
    return ((text, line) for text, line in sorted(said, key=lambda one: one[1]) if len(text) <= LONGEST)


def _announces(text: str) -> bool:
    return bool(_ANNOUNCES.search(text)) and not _QUALIFIES.search(text)
