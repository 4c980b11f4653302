"""Small values: times, node ids, pages of the web site."""

import base64
from datetime import datetime
from typing import overload


@overload
def stamp(at: datetime) -> str: ...
@overload
def stamp(at: None) -> None: ...
def stamp(at: datetime | None) -> str | None:
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")


def node_id(kind: str, number: int) -> str:
    """Opaque as GitHub's: the kind and the number, so that GraphQL finds the object again."""
    return f"{kind}_" + base64.urlsafe_b64encode(f"{number:08d}".encode("ascii")).decode("ascii").rstrip("=")


def node_number(kind: str, text: str) -> int | None:
    if not text.startswith(f"{kind}_"):
        return None
    body = text.removeprefix(f"{kind}_")
    try:
        return int(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except ValueError:
        return None
