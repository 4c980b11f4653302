"""Repositories: the full form, and the short one of installation events."""

from sandbox.model import Payload, Repository
from sandbox.shapes.accounts import user
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State

_LINKS = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
_COUNTS = (
    "forks_count",
    "stargazers_count",
    "watchers_count",
    "open_issues_count",
    "size",
    "forks",
    "watchers",
    "open_issues",
)


def api_url(state: State, record: Repository) -> str:
    return f"{state.api_url}/repos/{record.full_name}"


def html_url(state: State, record: Repository) -> str:
    return f"{state.html_url}/{record.full_name}"


def short(record: Repository) -> Payload:
    return {
        "id": record.id,
        "node_id": node_id("R", record.id),
        "name": record.name,
        "full_name": record.full_name,
        "private": record.private,
    }


def reference(state: State, record: Repository) -> Payload:
    """As in the `pull_requests` of a check run."""
    return {"id": record.id, "url": api_url(state, record), "name": record.name}


def _settings(record: Repository) -> Payload:
    return {
        "has_issues": True,
        "has_projects": False,
        "has_wiki": False,
        "has_pages": False,
        "has_downloads": False,
        "has_discussions": False,
        "archived": record.archived,
        "disabled": False,
        "visibility": "private" if record.private else "public",
        "allow_forking": True,
        "is_template": False,
        "web_commit_signoff_required": False,
        "topics": [],
        "default_branch": record.default_branch,
    }


def repository(state: State, record: Repository) -> Payload:
    api, page = api_url(state, record), html_url(state, record)
    return {
        **short(record),
        "owner": user(state, record.owner),
        "html_url": page,
        "description": None,
        "fork": record.parent is not None,
        "url": api,
        **{name: api + path for name, path in _LINKS.items()},
        "git_url": page.replace("http", "git", 1) + ".git",
        "ssh_url": f"git@localhost:{record.full_name}.git",
        "clone_url": f"{page}.git",
        "svn_url": page,
        "mirror_url": None,
        "homepage": None,
        "language": None,
        "license": None,
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.created_at),
        "pushed_at": stamp(record.created_at),
        **dict.fromkeys(_COUNTS, 0),
        **_settings(record),
    }
