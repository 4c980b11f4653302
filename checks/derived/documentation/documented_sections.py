"""Which subjects the documentation treats, and which it owes: that depends on what the repository is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.documents import Documents, Standing
from checks.derived.example_variables import READ_BY_OTHERS
from checks.derived.procedures import Procedures
from checks.derived.project_kind import Project, ProjectKind
from checks.facts.environment_example import EnvironmentExample
from checks.facts.markdown import Markdown
from checks.facts.source import Source
from checks.facts.upper_words import UpperWords
from checks.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of documentation, the words of headings and file names that treat it, and whether it weighs.

    One that doesn't count is named beside others, and no gap by itself.
    """

    name: str
    words: re.Pattern[str]
    weighs: bool
    counts: bool = True


def _subject(name: str, words: str, *, weighs: bool = False, counts: bool = True) -> Subject:
    return Subject(name, re.compile(words), weighs, counts)


_CONFIGURATION = "configuration reference"
_API = "API reference"
_TESTING = _subject("running the tests", r"test|contribut|develop|hacking|building", counts=False)
_INSTALLATION = _subject(
    "installation", r"install|set ?up|getting started|quick ?start|download|build|docker", weighs=True
)
SUBJECTS = {
    ProjectKind.SERVICE: (
        _subject("deployment", r"deploy|install|self[- ]?host|docker|kubernetes|\bk8s\b|helm|production|hosting|compose|set ?up|getting started|quick ?start", weighs=True),
        _subject(_CONFIGURATION, r"config|environment|\benv\b|settings?\b|options|parameters|variables", weighs=True),
        _subject("troubleshooting", r"troubleshoot|faq|frequently asked|problems?\b|common (?:issues|errors)|known issues|debug|diagnos|gotchas|help\b"),
        _subject("security", r"securit|harden|threat|auth|permissions|secrets"),
        _subject("architecture", r"architect|how it works|design|overview|components|concepts|structure|internals|under the hood|diagram|layout"),
        _TESTING,
    ),
    ProjectKind.COMMAND_LINE: (
        _INSTALLATION,
        _subject("usage", r"usage|\buse\b|using|commands?|options|getting started|quick ?start|examples?|how to|guide|tutorial|run|cli", weighs=True),
        _TESTING,
    ),
    ProjectKind.LIBRARY: (
        _INSTALLATION,
        _subject("usage", r"usage|\buse\b|using|examples?|how to|guide|tutorial|getting started|quick ?start", weighs=True),
        _subject(_API, r"\bapi\b|reference|methods?\b|functions?\b|modules?\b|classes|options|interface", counts=False),
        _TESTING,
    ),
}  # fmt: skip
_ELSEWHERE = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:docs?|documentation|wiki|manual|handbook|guide|help|developers?)\.|readthedocs|\.github\.io|gitbook|"
    r"^https?://(?!github\.com)[^/]+/(?:[\w-]+/)*(?:docs?|documentation|wiki|manual|guide)(?:[/.#]|$)|/wiki(?:/|$)"
)
_SAYS_DOCUMENTATION = re.compile(r"\b(?:docs|documentation|wiki|manual|handbook|website)\b", re.IGNORECASE)
_OTHER_FORMATS = (".rst", ".adoc", ".org")
_UPPER = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")
_MOST_UNTOLD = 10  # variables that may stay untold


@dataclass(frozen=True)
class DocumentedSections:
    """What is missing, with why; `elsewhere` is a place outside of what can be read that may have it."""

    missing: tuple[Subject, ...]
    kinds: tuple[ProjectKind, ...]
    untold: tuple[str, ...]  # variables that a service reads and that are named nowhere
    elsewhere: str | None
    documents: int

    def __len__(self) -> int:
        return len(self.kinds)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        project = snapshot.derived(Project)
        service = bool(project.of_kind(ProjectKind.SERVICE))
        # The tools beside a service are its own affair.
        command = not service and any(one.folder == "" for one in project.of_kind(ProjectKind.COMMAND_LINE))
        library = any(one.folder == "" for one in project.of_kind(ProjectKind.LIBRARY))
        kinds = (
            (ProjectKind.SERVICE,)
            if service
            else (ProjectKind.COMMAND_LINE,)
            if command
            else (ProjectKind.LIBRARY,)
            if library
            else ()
        )
        procedures = snapshot.derived(Procedures)
        untold = tuple(_untold(snapshot)) if service else ()
        owed = [subject for kind in kinds for subject in SUBJECTS[kind]]
        missing = tuple(
            subject
            for subject in owed
            if (subject.name == _CONFIGURATION and untold)
            or not (next(procedures.about(subject.words), None) or _is_told(snapshot, subject))
        )
        return cls(missing, kinds, untold, documentation_elsewhere(snapshot), procedures.documents)


def _is_told(snapshot: Snapshot, subject: Subject) -> bool:
    """A file of variables with examples is a reference of the configuration; code in the README shows the usage."""
    if subject.name == _CONFIGURATION:
        return any(snapshot.files(EnvironmentExample))
    if subject.name == _API:  # pkg.go.dev and docs.rs make one of every published module and crate
        return "go.mod" in snapshot.paths or "Cargo.toml" in snapshot.paths
    readme = snapshot.get("README.md", Markdown)
    return subject.name in ("installation", "usage") and readme is not None and bool(readme.fences)


def documentation_elsewhere(snapshot: Snapshot) -> str | None:
    """Documentation that can't be read: a site that the README links, documents in other formats."""
    for path, markdown in snapshot.files(Markdown):
        for link in (
            markdown.links if path.lower() in ("readme.md", "docs/readme.md", ".github/readme.md") else ()
        ):
            named = _SAYS_DOCUMENTATION.search(link.text) and link.target.startswith("http")
            if _ELSEWHERE.search(link.target) or named:
                return link.target
    return next((path for path in sorted(snapshot.paths) if path.endswith(_OTHER_FORMATS)), None)


def _untold(snapshot: Snapshot) -> Iterator[str]:
    """The variables that the code reads and nothing tells of, where that is most of them."""
    read = {
        one.name
        for _, source in snapshot.shipped(Source)
        for one in source.environment
        if one.name.isupper() and not READ_BY_OTHERS.match(one.name)
    }
    told = frozenset(_told(snapshot)) if len(read) > _MOST_UNTOLD else read
    untold = sorted(read - told)
    if len(untold) > _MOST_UNTOLD and len(untold) * 2 > len(read):
        yield from untold


def _told(snapshot: Snapshot) -> Iterator[str]:
    for document in snapshot.derived(Documents).all:
        if document.standing not in (Standing.PLAN, Standing.HISTORY):
            markdown = document.markdown
            texts = [passage.text for passage in markdown.passages] + [
                fence.text for fence in markdown.fences
            ]
            yield from (word for text in texts for word in _UPPER.findall(text))
    for _, example in snapshot.files(EnvironmentExample):
        yield from (variable.name for variable in example.variables)
    for _, file in snapshot.files(UpperWords):
        yield from file.words
