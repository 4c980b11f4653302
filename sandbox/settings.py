"""What a sandbox can be told at its start: the app, GitHub's limits, how tokens and webhooks behave."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

PERMISSIONS: Mapping[str, str] = {
    "actions": "read",
    "checks": "write",
    "contents": "read",
    "issues": "read",
    "merge_queues": "read",
    "metadata": "read",
    "pull_requests": "write",
}
EVENTS = ("issue_comment", "merge_group", "pull_request", "repository")


@dataclass(frozen=True, slots=True)
class Limits:
    """GitHub's published limits. `minute` and `hour` are the windows' lengths in seconds, so that tests can wait them out."""

    requests_per_hour: int = 5_000
    graphql_points_per_hour: int = 5_000
    points_per_minute: int = 900
    graphql_points_per_minute: int = 2_000
    content_per_minute: int = 80
    content_per_hour: int = 500
    concurrent: int = 100
    minute: float = 60.0
    hour: float = 3_600.0
    secondary_status: Literal[403, 429] = 403
    tree_entries: int = 100_000
    blob_bytes: int = 100 * 1024 * 1024
    text_bytes: int = 512_000


@dataclass(frozen=True, slots=True)
class Settings:
    """`enterprise` moves the announced addresses below `/api/v3`; both prefixes are always served.

    `graphql_forbidden_status`: GitHub's documentation says 401 for a lacking permission, apps have also seen 200.
    """

    app_name: str = "gonogo"
    app_id: int = 421_337
    permissions: Mapping[str, str] = field(default_factory=lambda: PERMISSIONS)
    events: tuple[str, ...] = EVENTS
    limits: Limits = field(default_factory=Limits)
    enterprise: bool = False
    graphql_forbidden_status: Literal[200, 401] = 401
    stateless_tokens: bool = True
    token_seconds: float = 3_600.0
    archive_link_seconds: float = 300.0
    artifact_link_seconds: float = 60.0
    webhook_seconds: float = 10.0
    webhooks_at_once: int = 10
    clock: Callable[[], float] = time.time
