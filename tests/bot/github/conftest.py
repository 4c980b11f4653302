"""The client against the sandbox: one repository, one open pull request."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.github.authentication import AppKey
from bot.github.calls import CallRecord
from bot.github.github import GitHub
from bot.github.models import Repository
from bot.github.options import Options
from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.sandbox import Sandbox
from sandbox.settings import Settings
from tests.sandbox.contract import accepted_violations
from tests.sandbox.trees import Trees

BASE = {"README.md": "# Shop\n", "src/app.py": "print('base')\n"}
HEAD = {**BASE, "src/app.py": "print('head')\n", "src/new.py": "NEW = 1\n"}


@pytest.fixture
def trees(tmp_path: Path) -> Iterator[Trees]:
    made = Trees(tmp_path / "origin.git")
    base = made.commit(BASE, branch="main")
    made.commit(HEAD, branch="change", parents=[base])
    yield made
    made.close()


@pytest.fixture
def settings() -> Settings:
    """Replaced by `@pytest.mark.parametrize("settings", [...])`."""
    return Settings()


@pytest.fixture
async def sandbox(settings: Settings) -> AsyncIterator[Sandbox]:
    """A sandbox in which everything that was asked and answered keeps to GitHub's published description."""
    async with Sandbox.running(settings) as running:
        yield running
        assert accepted_violations(running) == []


@pytest.fixture
def stored(sandbox: Sandbox, trees: Trees) -> model.Repository:
    """The repository as the sandbox knows it."""
    return sandbox.add_repository("acme/shop", trees.path)


@pytest.fixture
def pull(sandbox: Sandbox, stored: model.Repository) -> model.PullRequest:
    return sandbox.open_pull_request(stored, head="change")


@pytest.fixture
def options(sandbox: Sandbox) -> Options:
    return Options(api_url=sandbox.api_url, write_spacing=0, retry_wait=0.01)


@pytest.fixture
def records() -> list[CallRecord]:
    """Every call, as the metrics are told."""
    return []


@pytest.fixture
async def github(sandbox: Sandbox, options: Options, records: list[CallRecord]) -> AsyncIterator[GitHub]:
    key = AppKey(sandbox.app_id, sandbox.private_key)
    async with GitHub.connect(key, options, records.append) as connected:
        yield connected


@pytest.fixture
def repository(stored: model.Repository) -> Repository:
    return Repository(stored.id, stored.full_name)


@pytest.fixture
def installation(sandbox: Sandbox, stored: model.Repository) -> int:
    return sandbox.installation(stored).id


@pytest.fixture
def calls(github: GitHub, installation: int, repository: Repository) -> RepositoryCalls:
    return github.repository(installation, repository)
