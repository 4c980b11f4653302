"""Repositories and runs of the command line for its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import run
from tests.bot.snapshots.repositories import GitRepository


@dataclass(frozen=True, slots=True)
class Run:
    """What a command answered."""

    status: int
    out: str
    err: str


Gonogo = Callable[..., Run]


@pytest.fixture
def gonogo(capsys: pytest.CaptureFixture[str]) -> Gonogo:
    """Run a command line in this process, as `gonogo` does."""

    def command(*arguments: str | Path) -> Run:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Run(status, captured.out, captured.err)

    return command


@dataclass(frozen=True, slots=True)
class Change:
    """A repository in which `change` was branched from `base`, and main went on."""

    path: Path
    git: GitRepository
    base: str
    main: str
    head: str


WHOLE = "# Shop\n\nSee [the guide](docs/guide.md).\n\nRead [the notes](NOTES.txt).\n"
STRICT = "fail_on: low\n"
LENIENT = "fail_on: critical\nchecks: {broken-link: {enabled: false}}\n"


@pytest.fixture
def change(tmp_path: Path) -> Iterator[Change]:
    """The change deletes a guide that the README links to, and adds a file that another link waits for."""
    with closing(GitRepository(tmp_path / "shop.git")) as git:
        before = {"README.md": WHOLE, "docs/guide.md": "# Guide\n", ".github/gonogo.yml": STRICT}
        base = git.commit(before)
        main = git.commit({**before, "NEWS.md": "later\n"}, base)
        after = {"README.md": WHOLE, "NOTES.txt": "1\n", ".github/gonogo.yml": LENIENT}
        head = git.commit(after, base, branch="change")
        yield Change(git.path, git, base, main, head)
