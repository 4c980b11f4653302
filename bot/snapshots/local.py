"""Trees and blobs of a local git repository, bare ones and worktrees too. Read only; nothing in it is executed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygit2

from checks import Entry

# A repository that only reads objects may be of any owner: nothing of its configuration is acted on.
pygit2.settings.owner_validation = False
# Partial clones and relative worktrees change nothing for a reader of objects.
pygit2.settings.set_extensions(["partialclone", "relativeworktrees"])


class LocalRepositoryError(Exception):
    """A repository or revision that can't be used; the text says what to do about it."""


class LocalRepository:
    """A git repository on this machine."""

    def __init__(self, path: Path | str) -> None:
        self._repository = _open(Path(path))

    def close(self) -> None:
        self._repository.free()

    @property
    def web_address(self) -> str | None:
        """The https address of the remote called origin, if it has one."""
        if "origin" not in list(self._repository.remotes.names()):
            return None
        return web_address(self._repository.remotes["origin"].url or "")

    def commit(self, revision: str) -> str:
        """The id of the commit that a branch, tag, id or expression such as HEAD~1 names."""
        return str(self._resolve(revision).id)

    def merge_base(self, base: str, head: str) -> str:
        """The id of the best common ancestor of two revisions."""
        ours, theirs = self._resolve(base), self._resolve(head)
        try:
            found = self._repository.merge_base(ours.id, theirs.id)
        except (KeyError, pygit2.GitError):
            found = None  # a parent is missing: a shallow clone ends here
        if found is None:
            raise LocalRepositoryError(self._no_ancestor(base, head))
        return str(found)

    def entries(self, commit: str) -> tuple[Entry, ...]:
        """Every file, link and submodule of the commit's tree."""
        try:
            return tuple(self._walk(self._resolve(commit).tree))
        except KeyError as error:
            raise LocalRepositoryError(
                f"the tree of {commit} is not complete in this clone (object {_text(error)} is missing): fetch it first"
            ) from None

    def blob(self, blob_id: str) -> bytes | None:
        """A file's bytes; None where this clone hasn't got them."""
        try:
            kind, data = self._repository.odb.read(pygit2.Oid(hex=blob_id))
        except (KeyError, ValueError, pygit2.GitError):
            return None
        return data if kind == pygit2.enums.ObjectType.BLOB else None

    def file(self, commit: str, path: str) -> bytes | None:
        """The bytes of the file at a path of the commit's tree."""
        try:
            found = self._resolve(commit).tree[path]
        except KeyError:
            return None
        return self.blob(str(found.id)) if found.type == pygit2.enums.ObjectType.BLOB else None

    def _resolve(self, revision: str) -> pygit2.Commit:
        try:
            return self._repository.revparse_single(revision).peel(pygit2.Commit)
        except (KeyError, ValueError, pygit2.GitError):
            raise LocalRepositoryError(self._unknown(revision)) from None

    def _walk(self, root: pygit2.Tree) -> Iterator[Entry]:
        """Without recursion: whoever makes a tree may nest it as deep as they like."""
        open_folders = [(b"", iter(root))]
        while open_folders:
            folder, items = open_folders[-1]
            item = next(items, None)
            if item is None:
                open_folders.pop()
                continue
            name = folder + (item.raw_name or b"")
            if item.type == pygit2.enums.ObjectType.TREE:
                subtree = self._repository[item.id]
                assert isinstance(subtree, pygit2.Tree)
                open_folders.append((name + b"/", iter(subtree)))
            else:
                yield Entry(name.decode(errors="replace"), int(item.filemode), str(item.id), self._size(item))

    def _size(self, item: pygit2.Object) -> int | None:
        if item.type != pygit2.enums.ObjectType.BLOB:
            return None
        try:
            return self._repository.odb.read_header(item.id)[1]
        except (KeyError, pygit2.GitError):
            return None

    def _unknown(self, revision: str) -> str:
        if not list(self._repository.references):
            return "the repository has no commits yet"
        shallow = (
            "; this clone is shallow, `git fetch --unshallow` gets the rest"
            if self._repository.is_shallow
            else ""
        )
        return f"no commit {revision!r} in this repository: name a branch, tag or commit id that it holds{shallow}"

    def _no_ancestor(self, base: str, head: str) -> str:
        if self._repository.is_shallow:
            return f"no common ancestor of {base!r} and {head!r} in this shallow clone: run `git fetch --unshallow` first"
        return f"{base!r} and {head!r} have no common ancestor: name a base that the head was branched from"


def web_address(remote: str) -> str | None:
    """The https address of a repository from its remote's address (https, ssh or scp form), without credentials."""
    scheme, separator, rest = remote.partition("://")
    if not separator:
        host, colon, path = remote.partition(":")
        rest = f"{host}/{path}"
        if not colon or "/" in host:
            return None
    elif scheme not in {"https", "http", "ssh", "git"}:
        return None
    host, _, path = rest.partition("/")
    host = host.rpartition("@")[2].partition(":")[0] if scheme != "http" else host.rpartition("@")[2]
    path = path.strip("/").removesuffix(".git")
    return f"https://{host}/{path}" if host and path.count("/") >= 1 else None


def _open(path: Path) -> pygit2.Repository:
    if not path.exists():
        raise LocalRepositoryError(f"no such folder: {path}")
    try:
        found = pygit2.discover_repository(str(path))
        if found is None:
            raise LocalRepositoryError(f"not a git repository: {path} (name one with --repo)")
        return pygit2.Repository(found)
    except pygit2.GitError as error:
        if "sha256" in str(error):
            raise LocalRepositoryError(f"{path} uses SHA-256 object ids, which gonogo can't read") from None
        raise LocalRepositoryError(f"{path} can't be read as a git repository: {error}") from None


def _text(error: KeyError) -> str:
    return str(error.args[0]) if error.args else "unknown"
