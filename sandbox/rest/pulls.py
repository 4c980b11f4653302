"""Pull requests, and which of them a commit belongs to."""

import asyncio

from aiohttp import web

from sandbox.answers import answer, not_found, page_of
from sandbox.gate import Call, Route
from sandbox.model import PullRequest
from sandbox.shapes.pulls import pull_in_list, pull_request

READ = (("pull_requests", "read"),)


def find_pull(call: Call, name: str = "pull_number") -> PullRequest:
    pull = call.hub.state.pull(call.repository, call.number(name))
    if pull is None:
        raise not_found()
    return pull


def _merged(pull: PullRequest) -> tuple[str | None, int]:
    """The test merge commit (None: conflict) and the number of commits."""
    git = pull.repository.git
    base = git.branch(pull.base_ref) or pull.base_sha
    return git.merge(base, pull.head_sha), len(git.between(base, pull.head_sha))


async def get(call: Call) -> web.StreamResponse:
    pull = find_pull(call)
    if pull.state == "closed":
        return answer(pull_request(call.hub.state, pull))
    commit, commits = await asyncio.to_thread(_merged, pull)
    mergeable = commit is not None
    return answer(
        pull_request(call.hub.state, pull, mergeable=mergeable, merge_commit=commit, commits=commits)
    )


def _wanted(call: Call, pull: PullRequest) -> bool:
    query = call.request.query
    state = query.get("state", "open")
    owner = (pull.head_repository.owner if pull.head_repository else pull.author).login
    return (
        state in ("all", pull.state)
        and query.get("base", pull.base_ref) == pull.base_ref
        and query.get("head", f"{owner}:{pull.head_ref}") == f"{owner}:{pull.head_ref}"
    )


async def list_pulls(call: Call) -> web.StreamResponse:
    pulls = [pull for pull in call.hub.state.pulls_of(call.repository) if _wanted(call, pull)]
    ascending = call.request.query.get("direction") == "asc"
    pulls.sort(key=lambda pull: pull.number, reverse=not ascending)
    page, headers = page_of(call.request, pulls)
    return answer([pull_in_list(call.hub.state, pull) for pull in page], headers=headers)


async def of_commit(call: Call) -> web.StreamResponse:
    """Pull requests whose commits hold this one; those of forks too, as the commit is in this repository's network."""
    git = call.repository.git
    sha = git.resolve(call.request.match_info["commit_sha"])
    if sha is None:
        raise not_found()
    pulls = [pull for pull in call.hub.state.pulls_of(call.repository) if _contains(pull, sha)]
    page, headers = page_of(call.request, pulls)
    return answer([pull_in_list(call.hub.state, pull) for pull in page], headers=headers)


def _contains(pull: PullRequest, sha: str) -> bool:
    if pull.head_sha == sha:
        return True
    return any(str(commit.id) == sha for commit in pull.repository.git.between(pull.base_sha, pull.head_sha))


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/pulls", list_pulls, READ),
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", get, READ),
    Route("GET", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", of_commit, READ),
)
