"""An artifact of a workflow run."""

from datetime import timedelta

from sandbox.model import Artifact, Payload
from sandbox.shapes.repositories import api_url
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State

KEPT = timedelta(days=90)


def artifact(state: State, record: Artifact) -> Payload:
    own = f"{api_url(state, record.repository)}/actions/artifacts/{record.id}"
    return {
        "id": record.id,
        "node_id": node_id("Artifact", record.id),
        "name": record.name,
        "size_in_bytes": record.size,
        "url": own,
        "archive_download_url": f"{own}/zip",
        "expired": record.expired,
        "digest": None,
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.created_at),
        "expires_at": stamp(record.created_at + KEPT),
        "workflow_run": {
            "id": record.run,
            "repository_id": record.repository.id,
            "head_repository_id": record.head_repository.id,
            "head_branch": record.head_ref,
            "head_sha": record.head_sha,
        },
    }
