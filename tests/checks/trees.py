"""Small trees for tests: texts by path in, a snapshot or a report out, through the real extraction."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from bot.snapshots import engines
from checks import (
    Coverage,
    DependencyChanges,
    Entry,
    Policy,
    Report,
    Request,
    Review,
    Snapshot,
    Tree,
    audit,
    parse_policy,
    plan,
    plan_review,
    review,
)
from checks.registry import Check

# An example's file of this path is no file of the tree: it is what GitHub's dependency review answered.
DEPENDENCY_REVIEW = "api.github.com/dependency-review"
POLICY = ".github/gonogo.yml"  # the one that the repository of an example has
TODAY = dt.date(2026, 1, 1)
Files = Mapping[str, str | bytes]


def entries(files: Files) -> tuple[Entry, ...]:
    """The entries that git would list for these files."""
    return tuple(Entry(path, 0o100644, blob_id(data), len(_bytes(data))) for path, data in files.items())


def blob_id(data: str | bytes) -> str:
    """Git's id of a blob."""
    content = _bytes(data)
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def facts_of(requests: tuple[Request, ...], *trees: Files) -> dict[tuple[str, str], bytes]:
    """The facts that the requests ask for, extracted from these trees' files."""
    blobs = {blob_id(data): _bytes(data) for files in trees for data in files.values()}
    return {(r.blob, r.kind): engines.read(r.kind, blobs[r.blob]) for r in requests}


def snapshot(files: Files, policy: Policy | None = None) -> Snapshot:
    """A snapshot of these files."""
    files, answer = dict(files), files.get(DEPENDENCY_REVIEW)
    files.pop(DEPENDENCY_REVIEW, None)
    listed = entries(files)
    if policy is None and POLICY in files:
        policy = parse_policy(_bytes(files[POLICY]).decode(errors="replace")).policy
    known = DependencyChanges.parse(_bytes(answer)).after if answer is not None else None
    return Snapshot.build("0" * 40, listed, facts_of(plan(listed), files), policy=policy, dependencies=known)


def report(files: Files, *checks: Check, policy: Policy | None = None) -> Report:
    """What these checks (all, if none is named) say of the files."""
    return audit(snapshot(files, policy), TODAY, checks or None)


def reviewed(
    before: Files, after: Files, policy: Policy | None = None, coverage: Coverage | None = None
) -> Review:
    """What a change from one set of files to the other does."""
    base, head = Tree("a" * 40, entries(before)), Tree("b" * 40, entries(after))
    facts = facts_of(plan_review(base, head), before, after)
    return review(base, head, facts, policy or Policy(), TODAY, coverage)


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data
