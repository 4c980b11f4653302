"""Pull requests: in lists, in full, and as a reference in a check run."""

from sandbox.model import Payload, PullRequest, Repository, User
from sandbox.shapes.accounts import user
from sandbox.shapes.repositories import api_url, html_url, reference, repository
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State


def page_url(state: State, pull: PullRequest) -> str:
    return f"{html_url(state, pull.repository)}/pull/{pull.number}"


def association(pull: PullRequest, login: str) -> str:
    if login.lower() == pull.repository.owner.login.lower():
        return "OWNER"
    role = pull.repository.roles.get(login.lower(), "none")
    return "COLLABORATOR" if role != "none" else "NONE"


def _side(state: State, where: Repository | None, ref: str, sha: str, owner: User) -> Payload:
    return {
        "label": f"{owner.login}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": user(state, owner),
        "repo": None if where is None else repository(state, where),
    }


def _links(state: State, pull: PullRequest) -> dict[str, str]:
    api = api_url(state, pull.repository)
    own, issue = f"{api}/pulls/{pull.number}", f"{api}/issues/{pull.number}"
    return {
        "self": own,
        "html": page_url(state, pull),
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{own}/comments",
        "review_comment": f"{api}/pulls/comments{{/number}}",
        "commits": f"{own}/commits",
        "statuses": f"{api}/statuses/{pull.head_sha}",
    }


def _addresses(state: State, pull: PullRequest) -> Payload:
    links = _links(state, pull)
    urls = {
        name: links[name.removesuffix("_url")]
        for name in (
            "issue_url",
            "comments_url",
            "review_comments_url",
            "review_comment_url",
            "commits_url",
            "statuses_url",
        )
    }
    page = links["html"]
    return {
        "url": links["self"],
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        **urls,
        "_links": {name: {"href": href} for name, href in links.items()},
    }


def _people() -> Payload:
    return {
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "labels": [],
        "milestone": None,
        "auto_merge": None,
        "active_lock_reason": None,
    }


def pull_in_list(state: State, pull: PullRequest, merge_commit: str | None = None) -> Payload:
    head_owner = pull.head_repository.owner if pull.head_repository else pull.author
    return {
        **_addresses(state, pull),
        **_people(),
        "id": pull.id,
        "node_id": node_id("PR", pull.id),
        "number": pull.number,
        "state": pull.state,
        "locked": False,
        "title": pull.title,
        "body": pull.body or None,
        "user": user(state, pull.author),
        "created_at": stamp(pull.created_at),
        "updated_at": stamp(pull.updated_at),
        "closed_at": stamp(pull.closed_at),
        "merged_at": stamp(pull.merged_at),
        "merge_commit_sha": merge_commit,
        "head": _side(state, pull.head_repository, pull.head_ref, pull.head_sha, head_owner),
        "base": _side(state, pull.repository, pull.base_ref, pull.base_sha, pull.repository.owner),
        "author_association": association(pull, pull.author.login),
        "draft": pull.draft,
    }


def pull_request(
    state: State,
    pull: PullRequest,
    *,
    mergeable: bool | None = None,
    merge_commit: str | None = None,
    commits: int = 0,
) -> Payload:
    """`mergeable` is None while "GitHub" has not worked it out, as in every webhook."""
    verdict = "unknown" if mergeable is None else "clean" if mergeable else "dirty"
    return {
        **pull_in_list(state, pull, merge_commit),
        "merged": pull.merged_at is not None,
        "mergeable": mergeable,
        "rebaseable": mergeable,
        "mergeable_state": "draft" if pull.draft and mergeable else verdict,
        "merged_by": None,
        "comments": len(state.comments_of(pull)),
        "review_comments": 0,
        "maintainer_can_modify": pull.from_fork,
        "commits": commits,
        "additions": 0,
        "deletions": 0,
        "changed_files": 0,
    }


def in_check_run(state: State, pull: PullRequest) -> Payload:
    assert pull.head_repository is not None
    return {
        "url": f"{api_url(state, pull.repository)}/pulls/{pull.number}",
        "id": pull.id,
        "number": pull.number,
        "head": {"ref": pull.head_ref, "sha": pull.head_sha, "repo": reference(state, pull.head_repository)},
        "base": {"ref": pull.base_ref, "sha": pull.base_sha, "repo": reference(state, pull.repository)},
    }


def of_commit(state: State, where: Repository, sha: str) -> list[Payload]:
    """What a check run lists: open pull requests of branches of this repository. Those of forks are left out, as on GitHub."""
    return [
        in_check_run(state, pull)
        for pull in state.pulls_of(where)
        if pull.head_sha == sha and pull.state == "open" and not pull.from_fork
    ]


def as_issue(state: State, pull: PullRequest) -> Payload:
    """The issue behind a pull request, as `issue_comment` events carry it."""
    api = f"{api_url(state, pull.repository)}/issues/{pull.number}"
    page = page_url(state, pull)
    return {
        "url": api,
        "repository_url": api_url(state, pull.repository),
        "labels_url": f"{api}/labels{{/name}}",
        "comments_url": f"{api}/comments",
        "events_url": f"{api}/events",
        "html_url": page,
        "id": pull.id + 1,
        "node_id": node_id("PR", pull.id),
        "number": pull.number,
        "title": pull.title,
        "body": pull.body or None,
        "user": user(state, pull.author),
        "labels": [],
        "state": pull.state,
        "state_reason": None,
        "locked": False,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": len(state.comments_of(pull)),
        "created_at": stamp(pull.created_at),
        "updated_at": stamp(pull.updated_at),
        "closed_at": stamp(pull.closed_at),
        "author_association": association(pull, pull.author.login),
        "active_lock_reason": None,
        "draft": pull.draft,
        "pull_request": {
            "url": f"{api_url(state, pull.repository)}/pulls/{pull.number}",
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": stamp(pull.merged_at),
        },
        "reactions": reactions(f"{api}/reactions", ()),
        "timeline_url": f"{api}/timeline",
        "performed_via_github_app": None,
    }


REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")


def reactions(url: str, contents: tuple[str, ...]) -> Payload:
    return {"url": url, "total_count": len(contents), **{name: contents.count(name) for name in REACTIONS}}
