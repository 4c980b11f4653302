"""Commits: of the repository API, of the git database, and of webhooks."""

from datetime import UTC, datetime

import pygit2

from sandbox.model import Payload, Repository
from sandbox.shapes.repositories import api_url, html_url
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State

_UNSIGNED: Payload = {
    "verified": False,
    "reason": "unsigned",
    "signature": None,
    "payload": None,
    "verified_at": None,
}


def _when(signature: pygit2.Signature) -> datetime:
    return datetime.fromtimestamp(signature.time, UTC)


def _person(signature: pygit2.Signature) -> Payload:
    return {"name": signature.name, "email": signature.email, "date": stamp(_when(signature))}


def commit(state: State, repository: Repository, record: pygit2.Commit) -> Payload:
    api, page, sha = api_url(state, repository), html_url(state, repository), str(record.id)
    tree = str(record.tree_id)
    return {
        "sha": sha,
        "node_id": node_id("C", int(sha[:7], 16)),
        "commit": {
            "author": _person(record.author),
            "committer": _person(record.committer),
            "message": record.message,
            "tree": {"sha": tree, "url": f"{api}/git/trees/{tree}"},
            "url": f"{api}/git/commits/{sha}",
            "comment_count": 0,
            "verification": _UNSIGNED,
        },
        "url": f"{api}/commits/{sha}",
        "html_url": f"{page}/commit/{sha}",
        "comments_url": f"{api}/commits/{sha}/comments",
        "author": None,
        "committer": None,
        "parents": [
            {"sha": str(p), "url": f"{api}/commits/{p}", "html_url": f"{page}/commit/{p}"}
            for p in record.parent_ids
        ],
    }


def git_commit(state: State, repository: Repository, record: pygit2.Commit) -> Payload:
    api, page, sha = api_url(state, repository), html_url(state, repository), str(record.id)
    tree = str(record.tree_id)
    return {
        "sha": sha,
        "node_id": node_id("C", int(sha[:7], 16)),
        "url": f"{api}/git/commits/{sha}",
        "html_url": f"{page}/commit/{sha}",
        "author": _person(record.author),
        "committer": _person(record.committer),
        "tree": {"sha": tree, "url": f"{api}/git/trees/{tree}"},
        "message": record.message,
        "parents": [
            {"sha": str(p), "url": f"{api}/git/commits/{p}", "html_url": f"{page}/commit/{p}"}
            for p in record.parent_ids
        ],
        "verification": _UNSIGNED,
    }


def head_commit(record: pygit2.Commit) -> Payload:
    """The short form in suites and merge groups."""
    return {
        "id": str(record.id),
        "tree_id": str(record.tree_id),
        "message": record.message,
        "timestamp": stamp(_when(record.committer)),
        "author": {"name": record.author.name, "email": record.author.email},
        "committer": {"name": record.committer.name, "email": record.committer.email},
    }


def pushed_commit(state: State, repository: Repository, record: pygit2.Commit) -> Payload:
    return {
        **head_commit(record),
        "distinct": True,
        "url": f"{html_url(state, repository)}/commit/{record.id}",
        "added": [],
        "modified": [],
        "removed": [],
    }
