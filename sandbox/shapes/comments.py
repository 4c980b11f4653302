"""Issue comments and reactions."""

from sandbox.model import Comment, Payload, Reaction
from sandbox.shapes.accounts import app, user
from sandbox.shapes.pulls import association, page_url, reactions
from sandbox.shapes.repositories import api_url
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State


def comment(state: State, record: Comment) -> Payload:
    pull = record.pull_request
    url = f"{api_url(state, pull.repository)}/issues/comments/{record.id}"
    return {
        "id": record.id,
        "node_id": node_id("IC", record.id),
        "url": url,
        "html_url": f"{page_url(state, pull)}#issuecomment-{record.id}",
        "issue_url": f"{api_url(state, pull.repository)}/issues/{pull.number}",
        "user": user(state, record.user),
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.updated_at),
        "author_association": association(pull, record.user.login),
        "body": record.body,
        "reactions": reactions(f"{url}/reactions", tuple(one.content for one in record.reactions)),
        "performed_via_github_app": None if record.app is None else app(state, record.app),
    }


def reaction(state: State, record: Reaction) -> Payload:
    return {
        "id": record.id,
        "node_id": node_id("REA", record.id),
        "user": user(state, record.user),
        "content": record.content,
        "created_at": stamp(record.created_at),
    }
