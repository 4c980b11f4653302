"""What the sandbox remembers: accounts, repositories, pull requests, checks, comments. Plain mutable records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sandbox.git import GitStore

Level = Literal["admin", "maintain", "write", "triage", "read", "none"]
UserType = Literal["User", "Bot", "Organization"]
Payload = dict[str, object]


@dataclass(slots=True, eq=False)
class User:
    id: int
    login: str
    type: UserType = "User"


@dataclass(slots=True, eq=False)
class App:
    id: int
    slug: str
    name: str
    owner: User
    bot: User
    permissions: Mapping[str, str]
    events: tuple[str, ...]
    created_at: datetime


@dataclass(slots=True, eq=False)
class Repository:
    """`unavailable` answers every call with that status (404, 410 or 451)."""

    id: int
    owner: User
    name: str
    git: GitStore
    default_branch: str
    private: bool
    created_at: datetime
    roles: dict[str, Level] = field(default_factory=dict)
    former_names: set[str] = field(default_factory=set)
    parent: "Repository | None" = None
    archived: bool = False
    unavailable: int | None = None
    numbers: int = 0
    dependency_changes: list[Payload] = field(default_factory=list)  # what its dependency review answers

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    def next_number(self) -> int:
        self.numbers += 1
        return self.numbers


@dataclass(slots=True, eq=False)
class Installation:
    id: int
    account: User
    repositories: dict[int, Repository]
    permissions: Mapping[str, str]
    events: tuple[str, ...]
    selection: Literal["all", "selected"]
    created_at: datetime
    suspended_at: datetime | None = None
    suspended_by: User | None = None


@dataclass(slots=True, eq=False)
class PullRequest:
    """`head_repository` is None once the fork is deleted; `prepared` are the shas "push next commit" moves to, in order."""

    id: int
    number: int
    repository: Repository
    author: User
    title: str
    body: str
    base_ref: str
    base_sha: str
    head_ref: str
    head_sha: str
    head_repository: Repository | None
    created_at: datetime
    updated_at: datetime
    draft: bool = False
    state: Literal["open", "closed"] = "open"
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    prepared: list[str] = field(default_factory=list)

    @property
    def from_fork(self) -> bool:
        return self.head_repository is not self.repository


@dataclass(slots=True, eq=False)
class CheckSuite:
    id: int
    repository: Repository
    app: App
    head_sha: str
    head_branch: str | None
    created_at: datetime
    updated_at: datetime
    before: str | None = None
    status: str = "queued"
    conclusion: str | None = None
    runs: "list[CheckRun]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class CheckRun:
    id: int
    suite: CheckSuite
    name: str
    external_id: str
    details_url: str | None
    status: str
    conclusion: str | None
    started_at: str
    completed_at: str | None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[Payload] = field(default_factory=list)
    actions: list[Payload] = field(default_factory=list)

    @property
    def head_sha(self) -> str:
        return self.suite.head_sha


@dataclass(slots=True, eq=False)
class Reaction:
    id: int
    user: User
    content: str
    created_at: datetime


@dataclass(slots=True, eq=False)
class Comment:
    id: int
    pull_request: PullRequest
    user: User
    body: str
    created_at: datetime
    updated_at: datetime
    app: App | None = None
    minimized: str | None = None
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class MergeGroup:
    repository: Repository
    head_sha: str
    head_ref: str
    base_sha: str
    base_ref: str


@dataclass(slots=True, eq=False)
class Artifact:
    """What a workflow run left; `size` is what the listing says, whatever the archive really holds."""

    id: int
    repository: Repository
    head_repository: Repository
    run: int
    head_ref: str
    head_sha: str
    name: str
    archive: bytes
    size: int
    created_at: datetime
    expired: bool = False
