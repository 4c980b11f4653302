"""The merge queue: a group's temporary branch is checked, then merged or given up."""

from typing import Literal

from sandbox.hub import Hub
from sandbox.model import MergeGroup, Payload, PullRequest, User
from sandbox.shapes.commits import head_commit


def _payload(group: MergeGroup) -> Payload:
    commit = group.repository.git.commit(group.head_sha)
    assert commit is not None
    shown: Payload = {
        "head_sha": group.head_sha,
        "head_ref": group.head_ref,
        "base_sha": group.base_sha,
        "base_ref": group.base_ref,
        "head_commit": head_commit(commit),
    }
    return {"merge_group": shown}


def enqueue(hub: Hub, pull: PullRequest, sender: User) -> MergeGroup:
    """A merge commit of base and head on `gh-readonly-queue/...`, and `checks_requested` for it."""
    git = pull.repository.git
    base = git.branch(pull.base_ref) or pull.base_sha
    merged = git.merge(base, pull.head_sha)
    if merged is None:
        raise ValueError(f"pull request {pull.number} conflicts with {pull.base_ref}")
    head_ref = f"refs/heads/gh-readonly-queue/{pull.base_ref}/pr-{pull.number}-{base}"
    git.set_reference(head_ref, merged)
    group = MergeGroup(pull.repository, merged, head_ref, base, f"refs/heads/{pull.base_ref}")
    hub.announce("merge_group", "checks_requested", pull.repository, sender, _payload(group))
    return group


def destroy(
    hub: Hub, group: MergeGroup, reason: Literal["merged", "invalidated", "dequeued"], sender: User
) -> None:
    group_payload = _payload(group)
    group.repository.git.delete_reference(group.head_ref)
    hub.announce("merge_group", "destroyed", group.repository, sender, {"reason": reason, **group_payload})
