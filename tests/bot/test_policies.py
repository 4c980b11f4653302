"""Which policy applies: the repository's over its owner's over the defaults."""

import pytest

from bot.policies import PATH, overlay
from bot.rendering.check_runs import VERDICT_NAME
from checks import Policy, parse_policy
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import Commits, Service, latest_runs
from tests.bot.test_reviews import opened

OWNERS = "acme/.github/gonogo.yml"


def test_without_files_the_defaults_apply() -> None:
    assert overlay(None, None, OWNERS).policy == Policy()


def test_a_repositorys_keys_replace_its_owners_and_the_others_stay() -> None:
    owner = parse_policy("fail_on: low\nscore_threshold: 0.5\n")
    applied = overlay(owner, parse_policy("fail_on: critical\n"), OWNERS).policy
    assert (applied.fail_on, applied.score_threshold) == ("critical", 0.5)


def test_a_broken_file_is_reported_and_what_is_below_it_applies() -> None:
    broken = overlay(parse_policy("fail_on: low\n"), parse_policy("fail_on: sometimes\n"), OWNERS)
    assert broken.policy.fail_on == "low"
    assert broken.source == PATH
    assert [problem.line for problem in broken.problems] == [1]


def test_a_broken_owners_file_is_reported_as_that() -> None:
    broken = overlay(parse_policy("nonsense: 1\n"), parse_policy("fail_on: low\n"), OWNERS)
    assert broken.policy.fail_on == "low"
    assert broken.source == OWNERS
    assert broken.problems


@pytest.mark.parametrize("private", [True, False])
async def test_the_owners_policy_is_read_from_its_own_repository(
    service: Service, sandbox: Sandbox, shop: Repository, commits: Commits, private: bool
) -> None:
    commits.trees.commit({"gonogo.yml": "fail_on: critical\n"}, branch="owner")
    sandbox.add_repository("acme/.github", commits.path, default_branch="owner", private=private)
    pull = await opened(service, shop)
    assert latest_runs(sandbox, pull)[VERDICT_NAME].conclusion == "neutral"


async def test_a_file_that_is_no_text_is_a_broken_policy(
    service: Service, sandbox: Sandbox, commits: Commits
) -> None:
    base = commits.trees.commit({".github/gonogo.yml": b"\xff\xfe\x00"})
    head = commits.trees.commit({".github/gonogo.yml": b"\xff\xfe\x00", "a.txt": "a"}, parents=[base])
    pull = sandbox.from_repository(commits.path, base, head)
    await service.idle()
    assert "not UTF-8" in (latest_runs(sandbox, pull)[VERDICT_NAME].summary or "")
