"""The App's manifest, from app.yml: what GitHub is asked for when the App is made, and what it must have."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Manifest:
    """app.yml as it is."""

    content: dict[str, Any]

    @property
    def events(self) -> frozenset[str]:
        return frozenset(self.content["default_events"])

    @property
    def permissions(self) -> dict[str, str]:
        return dict(self.content["default_permissions"])

    def at(self, public_url: str, redirect_url: str) -> dict[str, Any]:
        """With the addresses of this server."""
        return {
            **self.content,
            "url": public_url,
            "hook_attributes": {"url": f"{public_url}/webhook", "active": True},
            "redirect_url": redirect_url,
        }


def read_manifest() -> Manifest:
    """The manifest shipped with the package, or, in a checkout, beside it."""
    package = Path(__file__).parent
    path = next(path for path in (package / "app.yml", package.parent / "app.yml") if path.exists())
    return Manifest(yaml.safe_load(path.read_text("utf-8")))
