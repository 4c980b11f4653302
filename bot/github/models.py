"""GitHub's JSON as typed values: frozen dataclasses that pydantic fills at the edge, unknown keys ignored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field


@dataclass(frozen=True, slots=True)
class User:
    """An account: a person, an organisation or a bot."""

    id: int
    login: str = ""  # an enterprise has none
    type: str = "User"

    @property
    def is_bot(self) -> bool:
        return self.type == "Bot"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository; `id` is its identity, `full_name` only where it is to be found at the moment."""

    id: int
    full_name: str
    private: bool = True
    archived: bool = False
    default_branch: str = ""

    @property
    def owner(self) -> str:
        return self.full_name.partition("/")[0]

    @property
    def name(self) -> str:
        return self.full_name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Reference:
    """One side of a pull request. `repository` is None once the fork is deleted."""

    sha: str
    ref: str
    repository: Annotated[Repository | None, Field(validation_alias="repo")] = None


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request as GitHub has it now."""

    number: int
    state: str
    title: str
    html_url: str
    head: Reference
    base: Reference
    updated_at: datetime
    draft: bool = False
    merged_at: datetime | None = None
    user: User | None = None

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def merged(self) -> bool:
        return self.merged_at is not None


@dataclass(frozen=True, slots=True)
class FileContent:
    """One file at a ref. `data` is None when it is larger than GitHub gives in one answer (1 MB)."""

    blob: str
    size: int
    data: bytes | None


@dataclass(frozen=True, slots=True)
class BlobText:
    """A blob as GraphQL gives it: decoded text, which need not be the bytes of the blob."""

    text: str | None = None
    truncated: Annotated[bool, Field(validation_alias="isTruncated")] = False


@dataclass(frozen=True, slots=True)
class AppIdentity:
    """The app named in a check run or a comment."""

    id: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on an issue or pull request; `app_id` is the app that wrote it, if an app did."""

    id: int
    node_id: str
    html_url: str
    body: str = ""
    user: User | None = None
    app: Annotated[AppIdentity | None, Field(validation_alias="performed_via_github_app")] = None

    @property
    def app_id(self) -> int | None:
        return self.app.id if self.app else None


@dataclass(frozen=True, slots=True)
class App:
    """The app itself, as `GET /app` shows it."""

    id: int
    slug: str
    name: str
    html_url: str
    permissions: dict[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HookConfig:
    """Where GitHub sends the app's webhooks."""

    url: str = ""
    content_type: str = "form"
    insecure_ssl: str | int = "0"


@dataclass(frozen=True, slots=True)
class Installation:
    """The app on one account, with what that account has granted."""

    id: int
    account: User | None = None
    permissions: dict[str, str] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    suspended_at: datetime | None = None

    @property
    def suspended(self) -> bool:
        return self.suspended_at is not None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to deliver a webhook; all attempts of one event share the guid."""

    id: int
    guid: str
    delivered_at: datetime
    status: str
    status_code: int
    event: str
    action: str | None = None
    redelivery: bool = False
    installation_id: int | None = None
    repository_id: int | None = None


class Permission(StrEnum):
    """What a person may do in a repository; maintain counts as write, triage as read."""

    NONE = "none"
    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    @property
    def can_write(self) -> bool:
        return self in {Permission.WRITE, Permission.ADMIN}


class Reaction(StrEnum):
    """The reactions GitHub knows that we use to acknowledge a command."""

    EYES = "eyes"
    THUMBS_UP = "+1"
    THUMBS_DOWN = "-1"
    CONFUSED = "confused"
