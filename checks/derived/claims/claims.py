"""What the repository's documents claim to be in its tree: paths, with what the words around make of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from checks.derived.claim_context import Context, context_of, context_of_block, silent_words
from checks.derived.claims.claimed_paths import ClaimedPath, Diagram, declares_file, read_diagrams, read_path
from checks.derived.documents import Document, Documents, Standing
from checks.derived.ignored import Ignored, IgnoreRules
from checks.derived.tree_index import TreeIndex, folders_up, join
from checks.facts.markdown import Fence
from checks.model import Evidence
from checks.snapshot import Snapshot


class Source(StrEnum):
    """How a document names a path."""

    SPAN = "span"
    DIAGRAM = "diagram"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class PathClaim:
    """A document names a path. `found` is where it stands in the tree, None if nowhere."""

    path: ClaimedPath
    document: Document
    line: int
    source: Source
    context: Context
    found: str | None
    expected: str  # where in the tree it would stand: what of it is there, then the rest

    @property
    def is_missing(self) -> bool:
        return self.found is None and self.context.asserts


@dataclass(frozen=True, slots=True)
class Unmet:
    """A document names a path that is not in the tree: where it was moved to, or what ignores it, if either is known."""

    claims: tuple[PathClaim, ...]  # by line; at least one
    moved_to: str | None
    ignored: Ignored | None

    @property
    def first(self) -> PathClaim:
        return self.claims[0]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the document names it, and where it was looked for."""
        document, path = self.first.document, self.first.path.path
        named = tuple(Evidence(f"names {path}", document.path, claim.line) for claim in self.claims[:5])
        bases = ", ".join(folder or "the root" for folder in folders_up(document.folder))
        return (
            *named,
            Evidence(f"looked for from {bases}, and for any path that ends with it", self.first.expected),
        )


@dataclass(frozen=True)
class Claims:
    """Every claim about a path that a document of standing makes, and the files that plans declare."""

    paths: tuple[PathClaim, ...]
    declarations: tuple[PathClaim, ...]
    unmet: tuple[Unmet, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        index, rules = snapshot.derived(TreeIndex), snapshot.derived(IgnoreRules)
        reader = _Reader(snapshot, index)
        documents = snapshot.derived(Documents)
        paths = tuple(claim for document in documents.counted() for claim in reader.read(document))
        plans = (document for document in documents.all if document.standing is Standing.PLAN)
        declared = tuple(claim for document in plans for claim in reader.declared(document))
        return cls(paths, declared, tuple(_unmet(paths, index, rules)))

    def __len__(self) -> int:
        return len(self.paths)


def _unmet(paths: tuple[PathClaim, ...], index: TreeIndex, rules: IgnoreRules) -> Iterator[Unmet]:
    """The claims that the tree doesn't bear out, one for each document and path."""
    grouped: dict[tuple[str, str], list[PathClaim]] = {}
    for claim in paths:
        if claim.is_missing:
            grouped.setdefault((claim.document.path, claim.path.path), []).append(claim)
    for claims in grouped.values():
        first = min(claims, key=lambda claim: claim.line)
        path = first.path.path + ("/" if first.path.folder else "")
        moved = index.moved_from(first.expected, folder=first.path.folder)
        if moved is not None and f"/{moved}".endswith(f"/{first.path.path}"):
            continue  # written short, from a folder that the words name
        ignored = next(
            (i for b in folders_up(first.document.folder) if (i := rules.ignored(join(b, path) or path))),
            None,
        )
        yield Unmet(tuple(sorted(claims, key=lambda claim: claim.line)), moved, ignored)


@dataclass(frozen=True)
class _Reader:
    snapshot: Snapshot
    index: TreeIndex

    def read(self, document: Document) -> Iterator[PathClaim]:
        yield from self._spans(document)
        for fence in document.markdown.fences:
            for diagram in read_diagrams(fence.text, fence.line):
                yield from self._branches(document, fence, diagram)

    def _spans(self, document: Document) -> Iterator[PathClaim]:
        # In a guide, the name above a block of code says what the reader is to call it.
        is_guide = document.standing is Standing.GUIDE
        leads = {fence.lead.strip() for fence in document.markdown.fences} if is_guide else frozenset[str]()
        for span in document.markdown.code_spans:
            passage = document.markdown.passages[span.passage]
            path = None if span.linked else read_path(span.text)
            if path is None or (passage.text.strip() == f"{span.text}:" and passage.text.strip() in leads):
                continue
            context = context_of(passage, span.text)
            found = self.index.resolve(path.path, document.folder)
            if found is not None or self._could_be_ours(path, document, context):
                yield PathClaim(
                    path, document, span.line, Source.SPAN, context, found, self._expected(path, document)
                )

    def declared(self, document: Document) -> Iterator[PathClaim]:
        """`**File: path**`: the files that a plan says are to be made."""
        for span in document.markdown.code_spans:
            passage = document.markdown.passages[span.passage]
            path = read_path(span.text, bare=True)
            if path is not None and path.is_file and declares_file(passage.text, span.text):
                found = self.index.resolve(path.path, document.folder)
                expected = self._expected(path, document)
                yield PathClaim(
                    path, document, span.line, Source.DECLARATION, Context.PLANNED, found, expected
                )

    def _expected(self, path: ClaimedPath, document: Document) -> str:
        """The longest beginning of the path that is there, and the rest of it."""
        parts = path.path.split("/")
        for count in range(len(parts) - 1, 0, -1):
            beginning = self.index.resolve("/".join(parts[:count]), document.folder)
            if beginning is not None:
                return "/".join([beginning, *parts[count:]])
        return path.path

    def _could_be_ours(self, path: ClaimedPath, document: Document, context: Context) -> bool:
        """Whether a path that is not there is meant to be in this tree: what is above it is there, or the words say it is done."""
        parent = path.path.rpartition("/")[0]
        first = path.path.split("/")[0]
        bases = folders_up(document.folder)
        if context is Context.DONE and path.is_file and document.standing is not Standing.GUIDE:
            return True
        if document.standing is Standing.GUIDE or not path.is_file:
            return bool(parent) and any(self._holds(join(base, parent), path) for base in bases)
        return any(join(base, first) in self.snapshot.folders for base in bases)

    def _holds(self, folder: str | None, path: ClaimedPath) -> bool:
        """Whether a folder is there, and holds such things: a name without extension needs folders beside it."""
        if not folder or folder not in self.snapshot.folders:
            return False
        return path.is_file or any(f.rpartition("/")[0] == folder for f in self.snapshot.folders)

    def _branches(self, document: Document, fence: Fence, diagram: Diagram) -> Iterator[PathClaim]:
        """The entries of a tree diagram, if it is one of this tree."""
        base = self._root_of(document, diagram)
        there = [self.snapshot.exists(f"{base}/{b.path}".lstrip("/")) for b in diagram.branches]
        if not _is_of_this_tree(diagram, base, there):
            return
        around = context_of_block(fence.section, fence.lead)
        missing: list[str] = []
        for branch, is_there in zip(diagram.branches, there, strict=True):
            path = f"{base}/{branch.path}".lstrip("/")
            if any(path.startswith(f"{folder}/") for folder in missing):
                continue
            if not is_there:
                missing.append(path)
            context = around if not around.asserts else silent_words(branch.words) or Context.REFERENCE
            found = path if is_there else None
            entry = ClaimedPath(path, branch.folder)
            yield PathClaim(entry, document, branch.line, Source.DIAGRAM, context, found, path)

    def _root_of(self, document: Document, diagram: Diagram) -> str:
        """The folder under which most of a diagram stands."""
        bases = folders_up(document.folder)
        named = [join(base, diagram.root) for base in bases] if diagram.root else []
        candidates = [base for base in (*named, *bases) if base is not None]
        return max(
            candidates,
            key=lambda base: sum(
                self.snapshot.exists(f"{base}/{b.path}".lstrip("/")) for b in diagram.branches
            ),
        )


def _is_of_this_tree(diagram: Diagram, base: str, there: list[bool]) -> bool:
    """At least half of a diagram stands in the tree, and not only names that every project has at its top."""
    specific = bool(diagram.root) and f"/{base}".endswith(f"/{diagram.root}")
    nested = any(
        is_there and "/" in branch.path for branch, is_there in zip(diagram.branches, there, strict=True)
    )
    return sum(there) > 2 and sum(there) * 2 >= len(there) and (specific or nested)
