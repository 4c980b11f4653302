"""A git repository as the sandbox needs it: read by sha, moved by reference. Borrowed repositories are never written to."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import pygit2
from pygit2.enums import FileMode, ObjectType

SHA = re.compile(r"[0-9a-f]{40}")
EntryType = Literal["blob", "tree", "commit"]
_TYPES: dict[int, EntryType] = {FileMode.TREE: "tree", FileMode.COMMIT: "commit"}


@dataclass(frozen=True, slots=True)
class TreeEntry:
    path: str
    mode: int
    type: EntryType
    sha: str
    size: int | None


def common_directory(repository: pygit2.Repository) -> Path:
    """The directory that holds objects and references, also for a linked worktree."""
    directory = Path(repository.path)
    pointer = directory / "commondir"
    return (directory / pointer.read_text().strip()).resolve() if pointer.is_file() else directory


class GitStore:
    def __init__(self, repository: pygit2.Repository) -> None:
        self.repository = repository
        self._recursive = lru_cache(maxsize=8)(self._list_all)
        self.merge = lru_cache(maxsize=64)(self._merge)

    @classmethod
    def open(cls, path: Path) -> Self:
        return cls(pygit2.Repository(str(path)))

    @classmethod
    def borrow(cls, scratch: Path, source: Path) -> Self:
        """A new bare repository that reads the source's objects (alternates) and has a copy of its branches and tags."""
        origin = pygit2.Repository(str(source))
        repository = pygit2.init_repository(str(scratch), bare=True)
        objects = common_directory(origin) / "objects"
        (Path(repository.path) / "objects" / "info" / "alternates").write_text(
            f"{objects}\n", encoding="utf-8"
        )
        store = cls(pygit2.Repository(repository.path))
        for name in origin.references:
            if name.startswith(("refs/heads/", "refs/tags/")):
                target = origin.references[name].resolve().target
                store.repository.references.create(name, target, force=True)
        return store

    def close(self) -> None:
        self._recursive.cache_clear()
        self.merge.cache_clear()
        self.repository.free()

    def resolve(self, ref: str) -> str | None:
        """The full sha of the commit that a sha, branch, tag or full reference names."""
        names = [f"refs/heads/{ref}", f"refs/tags/{ref}", ref, f"refs/{ref}"]
        for candidate in [ref] if SHA.fullmatch(ref) else names:
            try:
                return str(self.repository.revparse_single(candidate).peel(pygit2.Commit).id)
            except (KeyError, ValueError, pygit2.GitError):
                continue
        return None

    def branch_name(self, revision: str) -> str | None:
        """The branch that a revision names, `HEAD` included."""
        if revision == "HEAD" and not self.repository.head_is_detached and not self.repository.head_is_unborn:
            return str(self.repository.head.shorthand)
        return revision if self.branch(revision) else None

    def branch(self, name: str) -> str | None:
        reference = self.repository.references.get(f"refs/heads/{name}")
        return None if reference is None else str(reference.resolve().target)

    def set_reference(self, name: str, sha: str) -> None:
        self.repository.references.create(name, pygit2.Oid(hex=sha), force=True)

    def delete_reference(self, name: str) -> None:
        if self.repository.references.get(name) is not None:
            self.repository.references.delete(name)

    def commit(self, sha: str) -> pygit2.Commit | None:
        found = self._object(sha)
        return found if isinstance(found, pygit2.Commit) else None

    def tree(self, ref: str) -> pygit2.Tree | None:
        """By the sha of a tree or by anything that names a commit."""
        found = self._object(ref) if SHA.fullmatch(ref) else None
        if isinstance(found, pygit2.Tree):
            return found
        sha = self.resolve(ref)
        return None if sha is None else self.repository[sha].peel(pygit2.Tree)

    def blob(self, sha: str) -> bytes | None:
        found = self._object(sha)
        return found.data if isinstance(found, pygit2.Blob) else None

    def blob_size(self, sha: str) -> int | None:
        if not SHA.fullmatch(sha) or sha not in self.repository:
            return None
        kind, size = self.repository.odb.read_header(pygit2.Oid(hex=sha))
        return size if kind == ObjectType.BLOB else None

    def entries(self, tree: pygit2.Tree, *, recursive: bool) -> tuple[TreeEntry, ...]:
        if recursive:
            return self._recursive(str(tree.id))
        return tuple(self._entry(item, "") for item in tree)

    def merge_base(self, base: str, head: str) -> str | None:
        found = self.repository.merge_base(pygit2.Oid(hex=base), pygit2.Oid(hex=head))
        return None if found is None else str(found)

    def between(self, base: str, head: str) -> list[pygit2.Commit]:
        """Commits reachable from head and not from base, oldest first."""
        walk = self.repository.walk(
            pygit2.Oid(hex=head), pygit2.enums.SortMode.TOPOLOGICAL | pygit2.enums.SortMode.REVERSE
        )
        walk.hide(pygit2.Oid(hex=base))
        return list(walk)

    def _merge(self, base: str, head: str) -> str | None:
        """A merge commit of the two, referenced by nothing; None when they conflict."""
        index = self.repository.merge_commits(pygit2.Oid(hex=base), pygit2.Oid(hex=head))
        if index.conflicts is not None:
            return None
        latest = max(self.repository[sha].peel(pygit2.Commit).commit_time for sha in (base, head))
        signature = pygit2.Signature("sandbox", "sandbox@localhost", latest, 0)
        message = f"Merge {head} into {base}"
        tree = self._write_tree({entry.path: entry for entry in index})
        parents = [pygit2.Oid(hex=base), pygit2.Oid(hex=head)]
        return str(self.repository.create_commit(None, signature, signature, message, tree, parents))

    def _write_tree(self, entries: Mapping[str, pygit2.IndexEntry]) -> pygit2.Oid:
        """Writes only what is missing. libgit2 would touch the files of objects that exist, also in a borrowed repository."""
        folders: dict[str, dict[str, tuple[int, pygit2.Oid]]] = {"": {}}
        for path, entry in entries.items():
            folder, _, name = path.rpartition("/")
            folders.setdefault(folder, {})[name] = int(entry.mode), entry.id
            while folder:
                folder = folder.rpartition("/")[0]
                folders.setdefault(folder, {})
        root = pygit2.Oid(raw=bytes(20))
        for folder in sorted(folders, key=lambda path: path.count("/") + bool(path), reverse=True):
            root = self._write_folder(folders[folder])
            if folder:
                above, _, name = folder.rpartition("/")
                folders[above][name] = int(FileMode.TREE), root
        return root

    def _write_folder(self, items: Mapping[str, tuple[int, pygit2.Oid]]) -> pygit2.Oid:
        order = sorted(
            items, key=lambda name: name.encode() + (b"/" if items[name][0] == FileMode.TREE else b"")
        )
        data = b"".join(f"{items[name][0]:o} {name}\0".encode() + items[name][1].raw for name in order)
        oid = pygit2.Oid(raw=hashlib.sha1(b"tree %d\0" % len(data) + data).digest())  # noqa: S324 - git's own
        if oid not in self.repository:
            self.repository.odb.write(int(ObjectType.TREE), data)
        return oid

    def _object(self, sha: str) -> pygit2.Object | None:
        if not SHA.fullmatch(sha):
            return None
        return self.repository.get(pygit2.Oid(hex=sha))

    def _entry(self, item: pygit2.Object, parent: str) -> TreeEntry:
        mode = int(item.filemode)
        kind: EntryType = _TYPES.get(mode, "blob")
        name = (item.raw_name or b"").decode("utf-8", "replace")
        sha = str(item.id)
        return TreeEntry(f"{parent}{name}", mode, kind, sha, self.blob_size(sha) if kind == "blob" else None)

    def _list_all(self, tree: str) -> tuple[TreeEntry, ...]:
        return tuple(self._walk(self.repository[tree].peel(pygit2.Tree)))

    def _walk(self, root: pygit2.Tree) -> Iterator[TreeEntry]:
        """Without recursion: a tree may be nested as deep as its maker likes."""
        open_folders = [("", iter(root))]
        while open_folders:
            parent, items = open_folders[-1]
            item = next(items, None)
            if item is None:
                open_folders.pop()
                continue
            entry = self._entry(item, parent)
            yield entry
            if entry.type == "tree":
                subtree = self.repository[item.id].peel(pygit2.Tree)
                open_folders.append((f"{entry.path}/", iter(subtree)))
