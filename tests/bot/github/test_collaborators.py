"""Who may tell us what to do."""

import pytest

from bot.github.github import GitHub
from bot.github.models import Permission, Repository
from bot.github.repository import RepositoryCalls
from sandbox import model
from sandbox.model import Level
from sandbox.sandbox import Sandbox

ASKED = "/repos/acme/shop/collaborators/*"


@pytest.mark.parametrize(
    ("role", "permission", "can_write"),
    [
        ("admin", Permission.ADMIN, True),
        ("maintain", Permission.WRITE, True),
        ("write", Permission.WRITE, True),
        ("triage", Permission.READ, False),
        ("read", Permission.READ, False),
        ("none", Permission.NONE, False),
    ],
)
async def test_a_role_is_a_permission(
    sandbox: Sandbox,
    calls: RepositoryCalls,
    stored: model.Repository,
    role: Level,
    permission: Permission,
    can_write: bool,
) -> None:
    sandbox.set_role(stored, "someone[bot]", role)
    found = await calls.collaborators.permission("someone[bot]")
    assert found is permission
    assert found.can_write is can_write


async def test_someone_unknown_may_nothing(calls: RepositoryCalls) -> None:
    assert await calls.collaborators.permission("nobody-of-that-name") is Permission.NONE


async def test_it_is_asked_once_a_minute_for_each_repository(
    sandbox: Sandbox, github: GitHub, calls: RepositoryCalls, installation: int
) -> None:
    await calls.collaborators.permission("writer")
    await calls.collaborators.permission("Writer")
    again = github.repository(installation, calls.repository)
    await again.collaborators.permission("writer")
    assert len(sandbox.requests.select("GET", ASKED)) == 1
    github.forget(installation)
    await again.collaborators.permission("writer")
    assert len(sandbox.requests.select("GET", ASKED)) == 2


async def test_what_is_known_of_one_repository_says_nothing_of_another(
    sandbox: Sandbox, github: GitHub, calls: RepositoryCalls, stored: model.Repository
) -> None:
    other = sandbox.add_repository("acme/other", stored.git)
    sandbox.set_role(other, "writer", "read")
    assert (await calls.collaborators.permission("writer")).can_write
    theirs = github.repository(sandbox.installation(other).id, Repository(other.id, other.full_name))
    assert not (await theirs.collaborators.permission("writer")).can_write
