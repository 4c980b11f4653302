"""Workflow runs leave artifacts."""

from sandbox.hub import Hub
from sandbox.model import Artifact, PullRequest


def add(
    hub: Hub,
    pull: PullRequest,
    name: str,
    archive: bytes,
    *,
    head_sha: str | None = None,
    size: int | None = None,
    expired: bool = False,
) -> Artifact:
    """A workflow run on the pull request's head leaves an archive; `size` is what GitHub says of it."""
    state = hub.state
    artifact = Artifact(
        id=state.next_id(),
        repository=pull.repository,
        head_repository=pull.head_repository or pull.repository,
        run=state.next_id(),
        head_ref=pull.head_ref,
        head_sha=head_sha or pull.head_sha,
        name=name,
        archive=archive,
        size=len(archive) if size is None else size,
        created_at=state.now(),
        expired=expired,
    )
    state.artifacts[artifact.id] = artifact
    return artifact
