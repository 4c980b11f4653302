"""Small git repositories for tests, made with pygit2."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pygit2

WHO = pygit2.Signature("Someone", "someone@example.com", 1_700_000_000, 0)
LINK = pygit2.enums.FileMode.LINK
EXECUTABLE = pygit2.enums.FileMode.BLOB_EXECUTABLE
SUBMODULE = pygit2.enums.FileMode.COMMIT
Content = str | bytes | tuple[pygit2.enums.FileMode, str]


class GitRepository:
    """A bare repository that commits trees given as texts by path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.git = pygit2.init_repository(path, bare=True, initial_head="main")

    def commit(self, files: Mapping[str, Content], *parents: str, branch: str = "main") -> str:
        """Commit a whole tree; the branch moves there."""
        tree = self._tree(files)
        made = self.git.create_commit(None, WHO, WHO, "a commit", tree, list(parents))
        self.git.references.create(f"refs/heads/{branch}", made, force=True)
        return str(made)

    def lose(self, object_id: str) -> None:
        """Remove an object, as a partial clone lacks it."""
        (self.path / "objects" / object_id[:2] / object_id[2:]).unlink()

    def close(self) -> None:
        self.git.free()

    def _tree(self, files: Mapping[str, Content]) -> pygit2.Oid:
        builder = self.git.TreeBuilder()
        folders: dict[str, dict[str, Content]] = {}
        for path, content in files.items():
            folder, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(folder, {})[rest] = content
                continue
            mode, data = content if isinstance(content, tuple) else (pygit2.enums.FileMode.BLOB, content)
            builder.insert(path, self._object(mode, data), mode)
        for folder, inside in folders.items():
            builder.insert(folder, self._tree(inside), pygit2.enums.FileMode.TREE)
        return builder.write()

    def _object(self, mode: pygit2.enums.FileMode, data: str | bytes) -> pygit2.Oid:
        if mode == SUBMODULE:
            return pygit2.Oid(hex=data if isinstance(data, str) else data.decode())
        return self.git.create_blob(data.encode() if isinstance(data, str) else data)
