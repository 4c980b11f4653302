"""Opening, pushing to, retargeting, closing pull requests; pushes to plain branches."""

from typing import Literal

from sandbox.actions.checks import request_suite
from sandbox.hub import Hub
from sandbox.model import Payload, PullRequest, Repository, User
from sandbox.shapes.commits import pushed_commit
from sandbox.shapes.pulls import pull_request
from sandbox.shapes.repositories import html_url

NO_COMMIT = "0" * 40


def announce_pull(
    hub: Hub, pull: PullRequest, action: str, sender: User, extra: Payload | None = None
) -> None:
    payload = {"number": pull.number, "pull_request": pull_request(hub.state, pull), **(extra or {})}
    hub.announce("pull_request", action, pull.repository, sender, payload)


def _tip(pull: PullRequest) -> str:
    return pull.repository.git.branch(pull.base_ref) or pull.base_sha


def open_pull_request(hub: Hub, pull: PullRequest) -> PullRequest:
    """Takes a filled record; its head becomes `refs/pull/N/head`."""
    hub.state.pull_requests.append(pull)
    pull.repository.git.set_reference(f"refs/pull/{pull.number}/head", pull.head_sha)
    if not pull.from_fork:
        request_suite(hub, pull.repository, pull.head_sha, pull.head_ref, pull.author)
    announce_pull(hub, pull, "opened", pull.author)
    return pull


def push(hub: Hub, pull: PullRequest, sha: str, sender: User) -> None:
    """The pull request's branch moves to another commit."""
    before, pull.head_sha = pull.head_sha, sha
    pull.base_sha, pull.updated_at = _tip(pull), hub.state.now()
    git = pull.repository.git
    if not pull.from_fork:
        push_branch(hub, pull.repository, pull.head_ref, sha, sender)
    if pull.state == "closed":
        return
    git.set_reference(f"refs/pull/{pull.number}/head", sha)
    announce_pull(hub, pull, "synchronize", sender, {"before": before, "after": sha})


def push_branch(hub: Hub, repository: Repository, branch: str, sha: str, sender: User) -> None:
    git = repository.git
    before = git.branch(branch)
    git.set_reference(f"refs/heads/{branch}", sha)
    commits = git.between(before, sha) if before is not None else []
    shown = [pushed_commit(hub.state, repository, one) for one in commits]
    payload: Payload = {
        "ref": f"refs/heads/{branch}",
        "before": before or NO_COMMIT,
        "after": sha,
        "created": before is None,
        "deleted": False,
        "forced": before is not None and git.merge_base(before, sha) != before,
        "base_ref": None,
        "compare": f"{html_url(hub.state, repository)}/compare/{(before or NO_COMMIT)[:12]}...{sha[:12]}",
        "commits": shown,
        "head_commit": shown[-1] if shown else None,
        "pusher": {"name": sender.login, "email": f"{sender.login}@localhost"},
    }
    hub.announce("push", None, repository, sender, payload)
    request_suite(hub, repository, sha, branch, sender, before)


def retarget(hub: Hub, pull: PullRequest, base_ref: str, sender: User) -> None:
    old_ref, old_sha = pull.base_ref, pull.base_sha
    pull.base_ref = base_ref
    pull.base_sha, pull.updated_at = _tip(pull), hub.state.now()
    changes = {"base": {"ref": {"from": old_ref}, "sha": {"from": old_sha}}}
    announce_pull(hub, pull, "edited", sender, {"changes": changes})


def rename_title(hub: Hub, pull: PullRequest, title: str, sender: User) -> None:
    old, pull.title = pull.title, title
    pull.updated_at = hub.state.now()
    announce_pull(hub, pull, "edited", sender, {"changes": {"title": {"from": old}}})


def close(hub: Hub, pull: PullRequest, sender: User, *, merged: bool = False) -> None:
    pull.state, pull.closed_at = "closed", hub.state.now()
    pull.merged_at = pull.closed_at if merged else None
    announce_pull(hub, pull, "closed", sender)


def reopen(hub: Hub, pull: PullRequest, sender: User) -> None:
    pull.state, pull.closed_at = "open", None
    announce_pull(hub, pull, "reopened", sender)


def set_draft(hub: Hub, pull: PullRequest, sender: User, *, draft: bool) -> None:
    pull.draft = draft
    action: Literal["converted_to_draft", "ready_for_review"] = (
        "converted_to_draft" if draft else "ready_for_review"
    )
    announce_pull(hub, pull, action, sender)
