"""The dependency review, from GitHub's answer to the Check Run: asked only when it matters, never in the way."""

from bot.rendering.check_runs import VERDICT_NAME
from sandbox.model import Payload, Repository
from tests.bot.service import BASE, Commits, Service, assert_settled, latest_runs, own_comments

REVIEWS = "/repos/acme/shop/dependency-graph/compare/*"
PINNED = {**BASE, "requirements.txt": "jinja2==2.4.1\n"}
VULNERABLE: Payload = {
    "change_type": "added",
    "manifest": "requirements.txt",
    "ecosystem": "pip",
    "name": "jinja2",
    "version": "2.4.1",
    "package_url": "pkg:pypi/jinja2@2.4.1",
    "license": "BSD-3-Clause",
    "source_repository_url": None,
    "scope": "runtime",
    "vulnerabilities": [
        {
            "severity": "critical",
            "advisory_ghsa_id": "GHSA-462w-v97r-4m45",
            "advisory_summary": "Sandbox escape",
            "advisory_url": "https://github.com/advisories/GHSA-462w-v97r-4m45",
        }
    ],
}


async def reviewed(service: Service, shop: Repository, commits: Commits) -> str:
    """The comment on a pull request that pins a package, if there is one."""
    head = commits.trees.commit(PINNED, parents=[commits.base])
    pull = service.sandbox.open_pull_request(shop, head=head, author="writer")
    await service.idle()
    comments = own_comments(service.sandbox, pull)
    assert_settled(service.sandbox, pull, comments=len(comments))
    runs = latest_runs(service.sandbox, pull)
    return (
        "".join(c.body for c in comments)
        + f"{runs[VERDICT_NAME].title} {runs[VERDICT_NAME].summary} {runs[VERDICT_NAME].text}"
    )


async def test_a_vulnerability_that_the_change_brings_is_new(
    service: Service, shop: Repository, commits: Commits
) -> None:
    shop.private = False
    shop.dependency_changes.append(VULNERABLE)
    said = await reviewed(service, shop, commits)
    assert "known-vulnerability-added" in said
    assert "GHSA-462w-v97r-4m45" in said


async def test_repositories_without_it_are_reviewed_all_the_same(
    service: Service, shop: Repository, commits: Commits
) -> None:
    """403 for private repositories without Advanced Security, 404 without a dependency graph, 500 at times."""
    for status in (403, 404, 500):
        service.sandbox.faults.clear()
        service.sandbox.fault(method="GET", path=REVIEWS, status=status, times=10)
        said = await reviewed(service, shop, commits)
        assert "Sandbox escape" not in said
        assert "could not finish" not in said


async def test_nothing_is_asked_where_no_manifest_differs(
    service: Service, shop: Repository, commits: Commits
) -> None:
    service.sandbox.open_pull_request(shop, head="harmless", author="writer")
    await service.idle()
    assert not service.sandbox.requests.select("GET", REVIEWS)
