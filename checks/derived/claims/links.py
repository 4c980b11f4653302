"""The relative links of the repository's documents, and which of them lead nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote

from checks.derived.claim_context import sentence_with, silent_words
from checks.derived.claims.claimed_paths import read_path
from checks.derived.documents import Document, Documents, Standing
from checks.derived.ignored import IgnoreRules
from checks.derived.tree_index import TreeIndex, join
from checks.facts.markdown import Link, Markdown
from checks.snapshot import Snapshot

_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#!|\{|<|\$)", re.IGNORECASE)
# Pages of a generated site are linked by the address they will have, which the tree doesn't show.
_SITE_FILES = (
    "mkdocs.yml",
    "mkdocs.yaml",
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "book.toml",
    "conf.py",
    "_config.yml",
    "hugo.toml",
    "config.toml",
)
_SITE_FOLDER = re.compile(r"(?:^|/)(?:website|web|site|content|_docs|\.vitepress|\.vuepress|pages)/")
_LINE = re.compile(r":\d+(?:[-:]\d+)?$")  # src/a.py:12, as editors write it


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link whose file (or anchor) is not there; `moved_to` where exactly one file of its name is elsewhere."""

    target: str
    document: Document
    line: int
    anchor: str = ""
    moved_to: str | None = None


@dataclass(frozen=True)
class Links:
    """How many relative links there are, and those that are broken, the first of each document and target."""

    count: int
    broken: tuple[BrokenLink, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        reader = _Reader(snapshot, snapshot.derived(TreeIndex), snapshot.derived(IgnoreRules))
        relative = [
            (document, link)
            for document in snapshot.derived(Documents).counted()
            for link in document.markdown.links
            if is_relative(link.target)
        ]
        broken: dict[tuple[str, str, str], BrokenLink] = {}
        for document, link in relative:
            if (found := reader.broken(document, link)) is not None:
                broken.setdefault((document.path, found.target, found.anchor), found)
        return cls(len(relative), tuple(broken.values()))

    def __len__(self) -> int:
        return self.count


def is_relative(target: str) -> bool:
    """Whether a link leads into this repository, from the document's own folder."""
    return bool(target) and not _SCHEME.match(target) and not target.startswith("/")


@dataclass(frozen=True)
class _Reader:
    snapshot: Snapshot
    index: TreeIndex
    ignored: IgnoreRules
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)  # by document, worked out once

    def broken(self, document: Document, link: Link) -> BrokenLink | None:
        raw, _, anchor = link.target.partition("#")
        path = _LINE.sub("", unquote(raw.partition("?")[0]))
        if not path:
            return self._broken_anchor(document, link, document.path, anchor)
        target = join(document.folder, path)
        if target is None or self._is_silent(document, link, path):
            return None
        if document.standing is Standing.AGENT and self.index.resolve(path, document.folder):
            return None  # agents read their instructions from the project's root
        if self.snapshot.exists(target):
            return self._broken_anchor(document, link, target, anchor)
        if self._is_of_a_site(document, path) or self.ignored.ignored(target):
            return None
        name = path.rstrip("/").rpartition("/")[2]
        moved = self.index.other_case(target) or self.index.moved_to(name)
        return BrokenLink(path, document, link.line, "", moved)

    def _is_silent(self, document: Document, link: Link, path: str) -> bool:
        """A made-up target, or words that say it isn't there."""
        if read_path(path, bare=True) is None:
            return True
        if link.passage is None:
            return False
        passage = document.markdown.passages[link.passage]
        around = sentence_with(passage.text, link.text).replace(link.text, " ")
        context = silent_words(around)
        return context is not None and context.value in {"missing", "planned", "external"}

    def _is_of_a_site(self, document: Document, path: str) -> bool:
        """Whether the link is resolved by a site generator, not by the tree."""
        if document.standing is Standing.README and "/" not in document.path:
            return False
        name = path.rstrip("/").rpartition("/")[2]
        if "." not in name or name.endswith((".html", ".htm")) or document.path.endswith(".mdx"):
            return True
        return bool(_SITE_FOLDER.search(document.path)) or any(
            f"{folder}/{file}".lstrip("/") in self.snapshot.paths
            for folder in ("", document.path.partition("/")[0])
            for file in _SITE_FILES
        )

    def _broken_anchor(self, document: Document, link: Link, target: str, anchor: str) -> BrokenLink | None:
        """An anchor that no heading of the target makes; compared without punctuation, on which renderers differ."""
        markdown = self.snapshot.get(target, Markdown)
        if not anchor or markdown is None or self._is_of_a_site(document, "x.md") or not markdown.headings:
            return None
        if target not in self.anchors:
            self.anchors[target] = frozenset(_plain(one) for one in markdown.anchors())
        if (plain := _plain(unquote(anchor))) in {"", "top", "readme"} or plain in self.anchors[target]:
            return None
        return BrokenLink(
            f"{target}#{anchor}" if target != document.path else f"#{anchor}", document, link.line, anchor
        )


def _plain(anchor: str) -> str:
    return re.sub(r"[\W_]+", "", anchor.lower())
