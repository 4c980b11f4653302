"""A sandbox with one repository, one pull request, and someone who calls it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.contract import accepted_violations
from tests.sandbox.trees import Trees

BASE: dict[str, str | bytes] = {
    "README.md": "# Base\n",
    "src/app.py": "print('base')\n",
    "data.bin": b"\0\1\2",
}
HEAD: dict[str, str | bytes] = {**BASE, "src/app.py": "print('head')\n", "src/new.py": "NEW = 1\n"}
TIP: dict[str, str | bytes] = {**BASE, "later.txt": "on the base branch, after the change began\n"}
NEXT: dict[str, str | bytes] = {**HEAD, "src/new.py": "NEW = 2\n"}


@dataclass(frozen=True, slots=True)
class Shas:
    base: str
    tip: str
    head: str
    next: str


@pytest.fixture
def trees(tmp_path: Path) -> Iterator[Trees]:
    made = Trees(tmp_path / "origin.git")
    yield made
    made.close()


@pytest.fixture
def shas(trees: Trees) -> Shas:
    base = trees.commit(BASE, message="Base\n")
    tip = trees.commit(TIP, branch="main", parents=[base], message="Later\n")
    head = trees.commit(HEAD, branch="change", parents=[base], message="Change the app\n\nIn detail.\n")
    return Shas(base, tip, head, trees.commit(NEXT, parents=[head], message="Next\n"))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.running() as running:
        yield running
        assert accepted_violations(running) == []


@pytest.fixture
async def repository(sandbox: Sandbox, trees: Trees, shas: Shas) -> Repository:
    return sandbox.add_repository("acme/shop", trees.path)


@pytest.fixture
async def pull(sandbox: Sandbox, repository: Repository, shas: Shas) -> PullRequest:
    return sandbox.open_pull_request(repository, head="change", prepared=[shas.next])


@pytest.fixture
async def caller(sandbox: Sandbox) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(sandbox, session)
