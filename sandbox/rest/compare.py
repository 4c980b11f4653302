"""Comparing two commits; the cheapest way to their merge base."""

import asyncio

import pygit2
from aiohttp import web

from sandbox.answers import GitHubError, answer, not_found
from sandbox.gate import Call, Route
from sandbox.model import Payload, Repository
from sandbox.shapes.commits import commit as commit_shape
from sandbox.shapes.repositories import api_url, html_url
from sandbox.state import State

READ = (("contents", "read"),)
COMMITS = 250
FILES = 300
_STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}


def resolve(state: State, repository: Repository, text: str) -> str | None:
    """A branch, tag or sha; `user:branch` and `user:repo:branch` reach forks that have a pull request here."""
    if ":" not in text:
        return repository.git.resolve(text)
    login, branch = text.split(":", 1)[0], text.rsplit(":", 1)[1]
    if login.lower() == repository.owner.login.lower():
        return repository.git.resolve(branch)
    for pull in state.pulls_of(repository):
        fork = pull.head_repository
        if fork is not None and fork.owner.login.lower() == login.lower() and pull.head_ref == branch:
            return pull.head_sha
    return None


def _file(state: State, repository: Repository, patch: pygit2.Patch, head: str) -> Payload:
    delta = patch.delta
    path = delta.new_file.path
    api, page = api_url(state, repository), html_url(state, repository)
    _, added, deleted = patch.line_stats
    sha = str((delta.old_file if delta.status_char() == "D" else delta.new_file).id)
    shown: Payload = {
        "sha": sha,
        "filename": path,
        "status": _STATUS.get(delta.status_char(), "changed"),
        "additions": added,
        "deletions": deleted,
        "changes": added + deleted,
        "blob_url": f"{page}/blob/{head}/{path}",
        "raw_url": f"{page}/raw/{head}/{path}",
        "contents_url": f"{api}/contents/{path}?ref={head}",
    }
    if delta.status_char() == "R":
        shown["previous_filename"] = delta.old_file.path
    return shown


def _files(state: State, repository: Repository, base: str, head: str) -> list[Payload]:
    git = repository.git.repository
    diff = git[base].peel(pygit2.Tree).diff_to_tree(git[head].peel(pygit2.Tree))
    diff.find_similar()
    shown: list[Payload] = []
    for patch in diff:
        if len(shown) == FILES:
            break
        if patch is not None:
            shown.append(_file(state, repository, patch, head))
    return shown


def _status(ahead: int, behind: int) -> str:
    if ahead and behind:
        return "diverged"
    return "ahead" if ahead else "behind" if behind else "identical"


def _addresses(state: State, repository: Repository, base: str, head: str) -> Payload:
    api, page = api_url(state, repository), html_url(state, repository)
    span = f"{base}...{head}"
    owner = repository.owner.login
    return {
        "url": f"{api}/compare/{span}",
        "html_url": f"{page}/compare/{span}",
        "permalink_url": f"{page}/compare/{owner}:{base[:7]}...{owner}:{head[:7]}",
        "diff_url": f"{page}/compare/{span}.diff",
        "patch_url": f"{page}/compare/{span}.patch",
    }


def _comparison(state: State, repository: Repository, base: str, head: str, page: tuple[int, int]) -> Payload:
    git = repository.git
    merge_base = git.merge_base(base, head)
    if merge_base is None:
        raise GitHubError(404, f"No common ancestor between {base} and {head}.")
    number, size = page
    commits = git.between(base, head)
    behind = len(git.between(head, base))

    def show(sha: str) -> Payload:
        found = git.commit(sha)
        assert found is not None
        return commit_shape(state, repository, found)

    return {
        **_addresses(state, repository, base, head),
        "base_commit": show(base),
        "merge_base_commit": show(merge_base),
        "status": _status(len(commits), behind),
        "ahead_by": len(commits),
        "behind_by": behind,
        "total_commits": len(commits),
        "commits": [show(str(one.id)) for one in commits[(number - 1) * size : number * size]],
        "files": _files(state, repository, merge_base, head) if number == 1 else [],
    }


def _positive(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else default


async def compare(call: Call) -> web.StreamResponse:
    base, separator, head = call.request.match_info["basehead"].partition("...")
    state, repository = call.hub.state, call.repository
    base_sha = resolve(state, repository, base) if separator else None
    head_sha = resolve(state, repository, head) if separator else None
    if base_sha is None or head_sha is None:
        raise not_found()
    query = call.request.query
    size = min(_positive(query.get("per_page", ""), COMMITS), COMMITS)
    page = (_positive(query.get("page", ""), 1), size)
    return answer(await asyncio.to_thread(_comparison, state, repository, base_sha, head_sha, page))


ROUTES = (Route("GET", "/repos/{owner}/{repo}/compare/{basehead:.+}", compare, READ),)
