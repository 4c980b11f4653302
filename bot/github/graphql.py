"""GraphQL's own way to fail: a 200 whose body holds errors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.github import limits
from bot.github.errors import Forbidden, GitHubError, NotFound, ServerError

if TYPE_CHECKING:
    from bot.github.answers import Answer

DENIED = frozenset({"FORBIDDEN", "INSUFFICIENT_SCOPES"})
LIMITED = frozenset({"RATE_LIMITED", "RATE_LIMIT"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of `errors`."""

    message: str = ""
    type: str | None = None
    path: tuple[str | int, ...] | None = None

    @property
    def limited(self) -> bool:
        return self.type in LIMITED or limits.speaks_of_limits(self.message)

    @property
    def denied(self) -> bool:
        return self.type in DENIED or "not accessible by integration" in self.message

    @property
    def of_repository(self) -> bool:
        """Whether all of the query failed, not one object of it."""
        return len(self.path or ()) <= 1


class Answered(Protocol):
    """What every GraphQL answer has."""

    @property
    def errors(self) -> tuple[Problem, ...]: ...


def as_limit(answer: Answer, problems: tuple[Problem, ...]) -> tuple[Answer, str]:
    """The answer as REST would have given it: a 429 when a limit is what it is about, with its message."""
    limited = next((one for one in problems if one.limited), None)
    return (replace(answer, status=429), limited.message) if limited else (answer, "")


def error_of(problems: tuple[Problem, ...], what: str) -> GitHubError | None:
    """The error for a query that failed as a whole; objects that are not there are the caller's matter."""
    denied = next((one for one in problems if one.denied), None)
    if denied is not None:
        return Forbidden(f"{what}: {denied.message[:500]}")
    whole = next((one for one in problems if one.of_repository), None)
    if whole is None:
        return None
    text = f"{what}: {whole.type or 'error'} {whole.message[:500]}"
    return NotFound(text) if whole.type == "NOT_FOUND" else ServerError(text, 200)
