"""Small git repositories for tests, made without a work tree."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

Content = str | bytes
WHEN = 1_750_000_000


class Trees:
    """A bare repository; each commit is given as all of its files."""

    def __init__(self, directory: Path) -> None:
        self.path = directory
        self.repository = pygit2.init_repository(str(directory), bare=True, initial_head="main")

    def close(self) -> None:
        self.repository.free()

    def commit(
        self,
        files: Mapping[str, Content],
        *,
        branch: str | None = None,
        parents: Sequence[str] = (),
        message: str = "A change",
        links: Mapping[str, str] | None = None,
        submodules: Mapping[str, str] | None = None,
        at: int = WHEN,
    ) -> str:
        index = pygit2.Index()
        for path, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            mode = FileMode.BLOB_EXECUTABLE if path.endswith(".sh") else FileMode.BLOB
            index.add(pygit2.IndexEntry(path, self.repository.create_blob(data), mode))
        for path, target in (links or {}).items():
            index.add(pygit2.IndexEntry(path, self.repository.create_blob(target.encode()), FileMode.LINK))
        for path, sha in (submodules or {}).items():
            index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=sha), FileMode.COMMIT))
        tree = index.write_tree(self.repository)
        person = pygit2.Signature("Ada", "ada@example.com", at, 120)
        oids = [pygit2.Oid(hex=parent) for parent in parents]
        made = str(self.repository.create_commit(None, person, person, message, tree, oids))
        if branch is not None:
            self.repository.references.create(f"refs/heads/{branch}", pygit2.Oid(hex=made), force=True)
        return made
