"""The sample pull request: a small service as plain files, made into a git repository.

`base/` is the service; `head/` what the pull request adds or changes; `next/` what its next commit does;
`later/` what happened on the base branch meanwhile, so that the merge base is not the branch's tip.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

HERE = Path(__file__).parent
BASE_BRANCH = "main"
HEAD_BRANCH = "notifications-and-labels"
TITLE = "Notifications and labels"
BODY = "Recipients are told when a parcel moves, senders can print a label. Also: non-root image, limits, Dependabot."
FIRST = 1_772_000_000
HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Sample:
    """A bare repository. `next` are commits on top of the head, not yet on any branch."""

    path: Path
    merge_base: str
    base_branch: str
    head_branch: str
    head: str
    next: tuple[str, ...]


def _files(directory: Path) -> Iterator[tuple[str, bytes]]:
    """Installed copies and checked ones may hold caches, which are none of the sample's."""
    for path in sorted(directory.rglob("*")):
        relative = path.relative_to(directory)
        if path.is_file() and not any(part.endswith(("_cache", "__pycache__")) for part in relative.parts):
            yield relative.as_posix(), path.read_bytes()


def _write_tree(repository: pygit2.Repository, files: dict[str, bytes]) -> pygit2.Oid:
    index = pygit2.Index()
    for path, data in files.items():
        index.add(pygit2.IndexEntry(path, repository.create_blob(data), FileMode.BLOB))
    return index.write_tree(repository)


class _Builder:
    def __init__(self, repository: pygit2.Repository) -> None:
        self._repository = repository
        self._made = 0

    def commit(self, files: dict[str, bytes], message: str, parents: list[pygit2.Oid]) -> pygit2.Oid:
        person = pygit2.Signature("Robin Sample", "robin@parcels.example", FIRST + self._made * HOUR, 60)
        self._made += 1
        tree = _write_tree(self._repository, files)
        return self._repository.create_commit(None, person, person, message, tree, parents)


def build(directory: Path) -> Sample:
    """Always the same commits. `directory` must not exist or be empty."""
    repository = pygit2.init_repository(str(directory), bare=True, initial_head=BASE_BRANCH)
    builder = _Builder(repository)
    base = dict(_files(HERE / "base"))
    head = base | dict(_files(HERE / "head"))
    first = builder.commit(base, "Parcels 1.4.0\n", [])
    tip = builder.commit(base | dict(_files(HERE / "later")), "Write down what carriers allow\n", [first])
    change = builder.commit(head, f"{TITLE}\n\n{BODY}\n", [first])
    following = builder.commit(head | dict(_files(HERE / "next")), "Timeouts, dependencies, audit that counts\n", [change])
    repository.references.create(f"refs/heads/{BASE_BRANCH}", tip)
    repository.references.create(f"refs/heads/{HEAD_BRANCH}", change)
    path = Path(repository.path)
    repository.free()
    return Sample(path, str(first), BASE_BRANCH, HEAD_BRANCH, str(change), (str(following),))
