"""How the client behaves towards GitHub: where it is, how long to wait, how hard to press."""

from __future__ import annotations

from dataclasses import dataclass

API_VERSION = "2022-11-28"


@dataclass(frozen=True, slots=True)
class Options:
    """Waits are in seconds. `write_spacing` is GitHub's advice for its own site; a sandbox needs none."""

    api_url: str = "https://api.github.com"
    write_spacing: float = 1.0
    read_concurrency: int = 6
    total_timeout: float = 30.0
    connect_timeout: float = 5.0
    archive_timeout: float = 120.0
    attempts: int = 4
    retry_wait: float = 0.2
    user_agent: str = "gonogo"

    @property
    def graphql_url(self) -> str:
        """GitHub Enterprise Server answers REST under /api/v3 and GraphQL under /api/graphql."""
        base = self.api_url.rstrip("/")
        return f"{base.removesuffix('/v3')}/graphql" if base.endswith("/api/v3") else f"{base}/graphql"
