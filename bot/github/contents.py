"""What is in a repository: the merge base of two commits, trees, blobs, archives, one file."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.calls import RAW
from bot.github.errors import NotFound, ServerError
from bot.github.graphql import Problem
from bot.github.models import BlobText, FileContent
from bot.github.walk import Listing, Walk
from checks import Tree

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from bot.github.client import Client
    from bot.github.models import Repository

REPOSITORY = "/repos/{owner}/{name}"
OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
MOST_IN_QUERY = 100


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as far as we need it."""

    sha: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two commits compared: only where they parted is of use, the file list ends at 300."""

    merge_base_commit: Commit


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One path as the contents API shows it."""

    type: str
    sha: str
    size: int = 0
    encoding: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class BlobTexts:
    """The answer to a query of blobs by alias."""

    data: BlobData | None = None
    errors: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class BlobData:
    """The repository in such an answer."""

    repository: dict[str, BlobText | None] | None = None


COMPARISON = TypeAdapter(Comparison)
LISTING = TypeAdapter(Listing)
FILE = TypeAdapter(StoredFile | list[object])
BLOB_TEXTS = TypeAdapter(BlobTexts)


class Contents:
    """The objects of a repository. Bytes are handed on as GitHub gives them: whoever takes them verifies them."""

    def __init__(self, client: Client, repository: Repository) -> None:
        self._client = client
        self._owner = repository.owner
        self._name = repository.name

    async def merge_base(self, base: str, head: str) -> str | None:
        """The commit where two commits parted; None when they have no common history."""
        path = f"{REPOSITORY}/compare/{{base}}...{{head}}?per_page=1"
        try:
            comparison = await self._client.get(
                COMPARISON, path, owner=self._owner, name=self._name, base=base, head=head
            )
        except NotFound as error:
            if "common ancestor" in str(error).lower():
                return None
            raise
        return comparison.merge_base_commit.sha

    async def tree(self, commit: str) -> Tree:
        """All files of a commit."""
        walk = Walk(self._listing)
        await walk.run(commit)
        return Tree(commit, tuple(walk.entries), walk.truncated)

    async def blob(self, sha: str, limit: int) -> bytes:
        """A blob's bytes; more than `limit` of them is a ServerError."""
        path = f"{REPOSITORY}/git/blobs/{{sha}}"
        return await self._client.raw(path, RAW, limit, owner=self._owner, name=self._name, sha=sha)

    async def blob_texts(self, shas: Sequence[str]) -> dict[str, BlobText]:
        """Up to 100 blobs in one GraphQL query. Binary, cut or unknown ones are missing or have no text."""
        wanted = [sha for sha in shas[:MOST_IN_QUERY] if OBJECT_ID.fullmatch(sha)]
        objects = " ".join(
            f'b{index}: object(oid: "{sha}") {{ ... on Blob {{ text isTruncated }} }}'
            for index, sha in enumerate(wanted)
        )
        query = f"query($owner: String!, $name: String!) {{ repository(owner: $owner, name: $name) {{ {objects} }} }}"
        answer = await self._client.graphql(BLOB_TEXTS, query, {"owner": self._owner, "name": self._name})
        found = (answer.data.repository if answer.data else None) or {}
        return {sha: text for index, sha in enumerate(wanted) if (text := found.get(f"b{index}"))}

    def archive(self, commit: str) -> AsyncGenerator[bytes, None]:
        """The commit as a gzipped tar, piece by piece: what `git archive` makes of it, which need not be the tree."""
        path = f"{REPOSITORY}/tarball/{{commit}}"
        return self._client.stream(path, owner=self._owner, name=self._name, commit=commit)

    async def file(self, path: str, ref: str) -> FileContent | None:
        """One file at a ref; None when there is none, or a directory or submodule instead."""
        template = f"{REPOSITORY}/contents{{/segments*}}{{?ref}}"
        try:
            stored = await self._client.get(
                FILE,
                template,
                conditional=True,
                owner=self._owner,
                name=self._name,
                segments=path.split("/"),
                ref=ref,
            )
        except NotFound:
            return None
        if isinstance(stored, list) or stored.type != "file":
            return None
        return FileContent(stored.sha, stored.size, _decoded(stored))

    async def _listing(self, tree: str, recursive: bool) -> Listing:
        path = f"{REPOSITORY}/git/trees/{{tree}}{{?recursive}}"
        flag = "1" if recursive else None
        return await self._client.get(
            LISTING, path, owner=self._owner, name=self._name, tree=tree, recursive=flag
        )


def _decoded(stored: StoredFile) -> bytes | None:
    if stored.encoding != "base64" or (not stored.content and stored.size):
        return None
    try:
        return base64.b64decode(stored.content)
    except binascii.Error:
        raise ServerError("a file's content is not the base64 it claims to be") from None
