"""Snapshots of local repositories: what git holds, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pygit2
import pytest

from bot.cli import run
from bot.snapshots.local import LocalRepository, LocalRepositoryError, web_address
from tests.bot.snapshots.repositories import EXECUTABLE, LINK, SUBMODULE, Content, GitRepository

FILES: dict[str, Content] = {
    "README.md": "# Title\n",
    "app/main.py": "print(1)\n",
    "app/deep/er/x.py": "",
    "run.sh": (EXECUTABLE, "#!/bin/sh\n"),
    "latest": (LINK, "app/main.py"),
    "vendor/lib": (SUBMODULE, "c" * 40),
}


@pytest.fixture
def made(tmp_path: Path) -> Iterator[GitRepository]:
    with closing(GitRepository(tmp_path / "repo.git")) as repository:
        yield repository


def test_entries_are_those_of_git(made: GitRepository) -> None:
    """Paths with modes and sizes; folders aren't entries, a submodule has no size."""
    commit = made.commit(FILES)
    with closing(LocalRepository(made.path)) as repository:
        entries = {e.path: e for e in repository.entries(commit)}
    assert {path: (oct(e.mode), e.size) for path, e in entries.items()} == {
        "README.md": ("0o100644", 8),
        "app/main.py": ("0o100644", 9),
        "app/deep/er/x.py": ("0o100644", 0),
        "run.sh": ("0o100755", 10),
        "latest": ("0o120000", 11),
        "vendor/lib": ("0o160000", None),
    }
    assert entries["vendor/lib"].blob == "c" * 40


def nested(git: pygit2.Repository, depth: int) -> str:
    """A commit with one file, so many folders down."""
    content = git.create_blob(b"deep = True\n")
    inner, name, mode = content, "main.py", pygit2.enums.FileMode.BLOB
    for _ in range(depth):
        builder = git.TreeBuilder()
        builder.insert(name, inner, mode)
        inner, name, mode = builder.write(), "d", pygit2.enums.FileMode.TREE
    builder = git.TreeBuilder()
    builder.insert(name, inner, mode)
    builder.insert("z.md", content, pygit2.enums.FileMode.BLOB)
    return str(git.create_commit("refs/heads/main", _who(), _who(), "deep", builder.write(), []))


def test_a_tree_may_be_nested_as_deep_as_its_maker_likes(made: GitRepository) -> None:
    """Deeper than Python's own stack; what stands beside the folders is found too, and an audit is made of it."""
    depth = 3_000
    commit = nested(made.git, depth)
    with closing(LocalRepository(made.path)) as repository:
        assert [e.path for e in repository.entries(commit)] == ["d/" * depth + "main.py", "z.md"]
    assert run(["audit", "--repo", str(made.path), "--format", "json"]) in {0, 1}


def test_revisions(made: GitRepository) -> None:
    """Branches, tags (annotated ones too), ids and expressions name the commit."""
    first = made.commit({"a": "1"})
    second = made.commit({"a": "2"}, first)
    made.git.create_tag("v1", pygit2.Oid(hex=first), pygit2.enums.ObjectType.COMMIT, _who(), "first")
    with closing(LocalRepository(made.path)) as repository:
        assert repository.commit("main") == second
        assert repository.commit("HEAD~1") == repository.commit("v1") == repository.commit(first[:9]) == first


def test_contents(made: GitRepository) -> None:
    commit = made.commit({"a.bin": b"\x00\xff", "f/b": "text"})
    with closing(LocalRepository(made.path)) as repository:
        blobs = {e.path: e.blob for e in repository.entries(commit)}
        assert repository.blob(blobs["a.bin"]) == b"\x00\xff"
        assert repository.file(commit, "f/b") == b"text"
        assert repository.file(commit, "f") is None
        assert repository.file(commit, "nothing") is None
        assert repository.blob("not an id") is None
        assert repository.blob(commit) is None


def test_paths_that_are_not_utf8(made: GitRepository) -> None:
    """A name in another encoding is shown with a replacement; it breaks nothing."""
    tree = made.git.TreeBuilder()
    blob = made.git.create_blob(b"x")
    raw = b"100644 caf\xe9.txt\x00" + bytes.fromhex(str(blob))
    tree_id = made.git.odb.write(pygit2.enums.ObjectType.TREE, raw)
    commit = made.git.create_commit("refs/heads/main", _who(), _who(), "m", tree_id, [])
    assert tree is not None
    with closing(LocalRepository(made.path)) as repository:
        assert [e.path for e in repository.entries(str(commit))] == ["caf\ufffd.txt"]


def test_a_missing_blob_is_no_error(made: GitRepository) -> None:
    """Partial clones lack blobs: their size and content are unknown, the rest is there."""
    commit = made.commit({"a": "gone", "b": "here"})
    with closing(LocalRepository(made.path)) as repository:
        lost = next(e.blob for e in repository.entries(commit) if e.path == "a")
    made.lose(lost)
    with closing(LocalRepository(made.path)) as repository:
        assert {e.path: e.size for e in repository.entries(commit)} == {"a": None, "b": 4}
        assert repository.blob(lost) is None


def test_a_missing_tree_says_so(made: GitRepository) -> None:
    commit = made.commit({"folder/a": "x"})
    tree = made.git[commit].peel(pygit2.Tree)["folder"]
    made.lose(str(tree.id))
    with (
        closing(LocalRepository(made.path)) as repository,
        pytest.raises(LocalRepositoryError, match="fetch it first"),
    ):
        repository.entries(commit)


def test_merge_base(made: GitRepository) -> None:
    """The base is where the branches parted, not the tip of the base branch."""
    root = made.commit({"a": "1"})
    made.commit({"a": "2"}, root)
    made.commit({"a": "1", "b": "1"}, root, branch="change")
    stranger = made.commit({"z": "1"}, branch="other")
    with closing(LocalRepository(made.path)) as repository:
        assert repository.merge_base("main", "change") == root
        with pytest.raises(LocalRepositoryError, match="no common ancestor"):
            repository.merge_base("main", stranger)


def test_worktrees_and_subfolders(tmp_path: Path) -> None:
    """A checkout is found from a folder below it, and a linked worktree is a repository like any other."""
    git = pygit2.init_repository(tmp_path / "work", initial_head="main")
    (tmp_path / "work" / "sub").mkdir()
    tree = git.TreeBuilder().write()
    commit = git.create_commit("HEAD", _who(), _who(), "m", tree, [])
    git.add_worktree("linked", str(tmp_path / "linked"))
    git.free()
    for folder in (tmp_path / "work" / "sub", tmp_path / "linked"):
        with closing(LocalRepository(folder)) as repository:
            assert repository.commit("HEAD") == str(commit)


def test_partial_clones_open(made: GitRepository) -> None:
    """Git marks them with an extension that a reader may ignore."""
    commit = made.commit({"a": "1"})
    made.git.config["core.repositoryformatversion"] = 1
    made.git.config["extensions.partialclone"] = "origin"
    with closing(LocalRepository(made.path)) as repository:
        assert repository.commit("main") == commit


def test_what_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(LocalRepositoryError, match=r"not a git repository.*--repo"):
        LocalRepository(tmp_path)
    with pytest.raises(LocalRepositoryError, match="no such folder"):
        LocalRepository(tmp_path / "nothing")


def test_sha256_repositories_are_refused(made: GitRepository) -> None:
    made.git.config["core.repositoryformatversion"] = 1
    made.git.config["extensions.objectformat"] = "sha256"
    with pytest.raises(LocalRepositoryError, match="SHA-256"):
        LocalRepository(made.path)


def test_a_broken_repository_says_why(made: GitRepository) -> None:
    made.git.config["core.repositoryformatversion"] = 99
    with pytest.raises(LocalRepositoryError, match="can't be read as a git repository"):
        LocalRepository(made.path)


def test_unknown_revisions(made: GitRepository) -> None:
    """An empty repository, a shallow clone and a plain mistake are told apart."""
    with (
        closing(LocalRepository(made.path)) as repository,
        pytest.raises(LocalRepositoryError, match="no commits yet"),
    ):
        repository.commit("HEAD")
    first = made.commit({"a": "1"})
    second = made.commit({"a": "2"}, first)
    with closing(LocalRepository(made.path)) as repository:
        for revision in ("nope", "", "..", "HEAD:a", "HEAD~9"):
            with pytest.raises(LocalRepositoryError, match="no commit"):
                repository.commit(revision)
    made.lose(first)
    (made.path / "shallow").write_text(f"{second}\n")
    with closing(LocalRepository(made.path)) as repository:
        with pytest.raises(LocalRepositoryError, match="unshallow"):
            repository.commit("HEAD~1")
        stranger = made.commit({"z": "1"}, branch="other")
        with pytest.raises(LocalRepositoryError, match="unshallow"):
            repository.merge_base("main", stranger)


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:octo/service.git", "https://github.com/octo/service"),
        ("https://token:x@github.com/octo/service", "https://github.com/octo/service"),
        ("ssh://git@github.com:22/octo/service.git", "https://github.com/octo/service"),
        ("https://ghe.example/octo/service/", "https://ghe.example/octo/service"),
        ("../elsewhere", None),
        ("/srv/git/service.git", None),
        ("file:///srv/git/service.git", None),
        ("", None),
    ],
)
def test_addresses_of_remotes(made: GitRepository, remote: str, address: str | None) -> None:
    """Credentials in a remote never get into a link."""
    assert web_address(remote) == address
    if remote:
        made.git.remotes.create("origin", remote)
        with closing(LocalRepository(made.path)) as repository:
            assert repository.web_address == address


def test_no_remote(made: GitRepository) -> None:
    with closing(LocalRepository(made.path)) as repository:
        assert repository.web_address is None


def _who() -> pygit2.Signature:
    return pygit2.Signature("Someone", "someone@example.com", 1_700_000_000, 0)
