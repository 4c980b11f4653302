"""Comments and reactions."""

from sandbox.hub import Hub
from sandbox.model import App, Comment, Payload, PullRequest, Reaction, User
from sandbox.shapes.comments import comment as comment_shape
from sandbox.shapes.pulls import as_issue


def _announce(hub: Hub, comment: Comment, action: str, sender: User, extra: Payload | None = None) -> None:
    pull = comment.pull_request
    payload: Payload = {
        "issue": as_issue(hub.state, pull),
        "comment": comment_shape(hub.state, comment),
        **(extra or {}),
    }
    hub.announce("issue_comment", action, pull.repository, sender, payload)


def add(hub: Hub, pull: PullRequest, user: User, body: str, app: App | None = None) -> Comment:
    now = hub.state.now()
    comment = Comment(hub.state.next_id(), pull, user, body, now, now, app)
    hub.state.comments[comment.id] = comment
    _announce(hub, comment, "created", user)
    return comment


def add_to_issue(hub: Hub, issue: PullRequest, user: User, body: str) -> None:
    """On a plain issue: the event looks the same but for `issue.pull_request`."""
    now = hub.state.now()
    comment = Comment(hub.state.next_id(), issue, user, body, now, now)
    shown = as_issue(hub.state, issue)
    del shown["pull_request"], shown["draft"]
    payload: Payload = {"issue": shown, "comment": comment_shape(hub.state, comment)}
    hub.announce("issue_comment", "created", issue.repository, user, payload)


def edit(hub: Hub, comment: Comment, body: str, sender: User) -> None:
    before, comment.body = comment.body, body
    comment.updated_at = hub.state.now()
    _announce(hub, comment, "edited", sender, {"changes": {"body": {"from": before}}})


def delete(hub: Hub, comment: Comment, sender: User) -> None:
    del hub.state.comments[comment.id]
    _announce(hub, comment, "deleted", sender)


def react(hub: Hub, comment: Comment, user: User, content: str) -> tuple[Reaction, bool]:
    """One reaction of a kind per user; the second value says whether it is new."""
    for known in comment.reactions:
        if known.user is user and known.content == content:
            return known, False
    reaction = Reaction(hub.state.next_id(), user, content, hub.state.now())
    comment.reactions.append(reaction)
    return reaction, True
