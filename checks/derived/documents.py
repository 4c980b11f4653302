"""Which documents speak for the repository: a README does, a changelog, a plan or a blog post does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from checks.facts.markdown import Markdown
from checks.facts.roles import Role
from checks.snapshot import Snapshot


class Standing(StrEnum):
    """What a document's words are worth as claims about the tree it stands in."""

    README = "readme"
    AGENT = "agent"  # AGENTS.md, CLAUDE.md and the like: what machines are told about the tree
    STATUS = "status"  # status, completion, readiness, verification
    GUIDE = "guide"  # how to set up, run, deploy, test
    PLAN = "plan"  # plans, reviews, reports of what is missing: they assert nothing
    HISTORY = "history"  # changelogs, release notes, blog posts, migration guides
    OTHER = "other"  # templates, prompts, fixtures, vendored documents


COUNTED = frozenset({Standing.README, Standing.AGENT, Standing.STATUS, Standing.GUIDE})

_NOT_OURS = frozenset({Role.VENDORED, Role.FIXTURE, Role.ARCHIVE, Role.GENERATED})
_HISTORY_FOLDER = re.compile(
    r"(?:^|/)(?:blogs?|_?posts?|news|changelogs?|releases?|release[-_]notes|history|migrations?|announcements?)/"
)
_HISTORY_NAME = re.compile(
    r"^(?:changelog|changes|history|news|release|whats[-_]?new|upgrad|migrat|breaking)|release[-_]?notes|(?:19|20)\d\d[-_]?[01]\d"
)
_PLAN_FOLDER = re.compile(
    r"(?:^|/)(?:plans?|planning|roadmaps?|proposals?|rfcs?|adrs?|decisions|research|specs?|designs?|design[-_]docs?|ideas|notes|drafts?|"
    r"reviews?|audits?|experiments?|new-archi|internal[-_]notes|superpowers|\.specify|openspec)/"
)
_PLAN_NAME = re.compile(
    r"plan|roadmap|todo|backlog|proposal|(?:^|[-_])(?:rfc|adr|spec|draft|prd)(?:[-_.\d]|$)|design|research|(?:^|[-_])gaps?(?:[-_]|$)|missing|"
    r"incomplete|issues?(?:[-_]|$)|review|audit|assessment|analysis|ideas|improvement|implementation[-_]guide|investigation|post-?mortem|"
    r"requirements|brainstorm|next[-_]steps|before[-_]after|(?:^|[-_])(?:fix|fixes|bugs?)(?:[-_]|$)"
)
_STATUS_NAME = re.compile(
    r"status|complet|readiness|production[-_]ready|checklist|verification|delivered|progress|summary|results?$|report$"
)
_STRONG_STATUS = re.compile(r"status|(?<!in)complet|checklist|verification")
_TEMPLATE = re.compile(
    r"template|(?:^|/)\.github/(?:issue|pull)|(?:^|/)\.(?:claude|cursor|codex|gemini|opencode|agents?)/(?!agents\.md|claude\.md)|"
    r"(?:^|/)(?:prompts?|skills?|commands)/|(?:^|/)skill\.md$"
)
_AGENT_NAMES = frozenset({"agents", "claude", "gemini", "copilot-instructions", "warp", "conventions"})
_GUIDE_FOLDER = re.compile(
    r"(?:^|/)(?:docs?|documentation|guides?|wiki|manual|handbook|runbooks?|content|website)/"
)


def standing_of(path: str, role: Role) -> Standing:
    """What the document at this path is, told from its name and folders."""
    lower = path.lower()
    stem = lower.rpartition("/")[2].rpartition(".")[0]
    if role in _NOT_OURS or _TEMPLATE.search(lower):
        return Standing.OTHER
    if _HISTORY_FOLDER.search(lower) or _HISTORY_NAME.search(stem):
        return Standing.HISTORY
    if _PLAN_FOLDER.search(lower):
        return Standing.PLAN
    if stem.startswith("readme"):
        return Standing.README
    if stem in _AGENT_NAMES:
        return Standing.AGENT
    if _PLAN_NAME.search(stem) and not _STRONG_STATUS.search(stem):
        return Standing.PLAN
    if _STATUS_NAME.search(stem):
        return Standing.STATUS
    return Standing.GUIDE if "/" not in path or _GUIDE_FOLDER.search(lower) else Standing.OTHER


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown document with its standing."""

    path: str
    markdown: Markdown
    standing: Standing

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Documents:
    """Every Markdown document of a tree."""

    all: tuple[Document, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(
            tuple(
                Document(path, markdown, standing_of(path, snapshot.role(path)))
                for path, markdown in snapshot.files(Markdown)
            )
        )

    def __len__(self) -> int:
        """How many documents speak for the tree."""
        return sum(1 for _ in self.counted())

    def counted(self) -> Iterator[Document]:
        """The documents whose claims count."""
        return (document for document in self.all if document.standing in COUNTED)
