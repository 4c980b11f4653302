"""One HTTP answer of GitHub: reading it, and deciding which error it is. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.github import limits
from bot.github.errors import (
    Forbidden,
    GitHubError,
    NotFound,
    RateLimited,
    Rejected,
    ServerError,
    Suspended,
    Unauthenticated,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

T = TypeVar("T")
LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer read to its end. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """GitHub's reasons out of an error's body, which may be anything at all."""

    message: str = ""
    details: tuple[str, ...] = ()


def parsed(shape: TypeAdapter[T], body: bytes, what: str) -> T:
    """The body as a typed value. What does not fit is GitHub's failure, told without any of its content."""
    try:
        return shape.validate_json(body)
    except ValidationError as error:
        fields = [".".join(map(str, one["loc"])) for one in error.errors(include_input=False)[:3]]
        problem = f"{what}: unreadable answer at {', '.join(fields) or 'its start'}"
    raise ServerError(problem)


def error_of(answer: Answer, what: str, now: datetime) -> GitHubError | None:
    """The error that an answer stands for; None for a success. Rate limits are `limits.limit_of`'s matter."""
    status = answer.status
    if 200 <= status < 300:
        return None
    refusal = refusal_of(answer.body)
    text = f"{what}: {status} {refusal.message}".rstrip()
    if status >= 500 or status < 400 or status == 408:
        return ServerError(text, status)
    if status == 401:
        ours = limits.server_time(answer.headers)
        return Unauthenticated(text, now - ours if ours else None)
    if status == 403 and "suspended" in refusal.message.lower():
        return Suspended(text)
    if status == 403:
        return Forbidden(text, answer.headers.get("x-accepted-github-permissions", ""))
    if status in {404, 410, 451}:
        return NotFound(text, status)
    return Rejected(text, status, refusal.details)


def refusal_of(body: bytes) -> Refusal:
    """Message and details of an error; a proxy's HTML or a cut-off body gives an empty one."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return Refusal()
    if not isinstance(data, dict):
        return Refusal()
    errors = data.get("errors")
    listed = errors if isinstance(errors, list) else [errors] if errors else []
    return Refusal(_short(data.get("message")), tuple(_detail(one) for one in listed[:10]))


def _detail(error: object) -> str:
    if not isinstance(error, dict):
        return _short(error)
    words = (error.get(key) for key in ("resource", "field", "code", "message"))
    return _short(" ".join(str(word) for word in words if word))


def _short(value: object) -> str:
    return value[:LONGEST_MESSAGE] if isinstance(value, str) else ""


def rate_limited(what: str, limit: limits.Limit) -> RateLimited:
    """The error for a limit."""
    kind = "secondary rate limit" if limit.secondary else "rate limit"
    return RateLimited(f"{what}: {kind}, not before {limit.until:%Y-%m-%dT%H:%M:%SZ}", limit.until)
