"""What there can be to do. Ids and names only, never content: a job is stored and may be logged."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class RepositoryName:
    """A repository as a delivery names it; the id stays, the name may change."""

    id: int
    full_name: str


@dataclass(frozen=True, slots=True)
class ReviewPull:
    """Review a pull request as it is now; `head` is what the delivery said, a hint."""

    installation: int
    repository: RepositoryName
    number: int
    head: str | None = None
    rerun: bool = False
    kind: Literal["review-pull"] = "review-pull"

    @property
    def lock(self) -> str:
        return f"pull:{self.repository.id}:{self.number}"


@dataclass(frozen=True, slots=True)
class ReviewHead:
    """Review again whatever has this head: its pull requests, or its merge group."""

    installation: int
    repository: RepositoryName
    head: str
    numbers: tuple[int, ...] = ()
    kind: Literal["review-head"] = "review-head"

    @property
    def lock(self) -> str:
        return f"head:{self.repository.id}:{self.head}"


@dataclass(frozen=True, slots=True)
class WorkflowsDone:
    """The workflows on a head are done: what has it is reviewed again if they left a coverage report."""

    installation: int
    repository: RepositoryName
    head: str
    kind: Literal["workflows-done"] = "workflows-done"

    @property
    def lock(self) -> str:
        return f"workflows:{self.repository.id}:{self.head}"


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """Review what a merge group would bring into its base; it has no pull request, so no comment."""

    installation: int
    repository: RepositoryName
    head: str
    base: str
    rerun: bool = False
    kind: Literal["review-group"] = "review-group"

    @property
    def lock(self) -> str:
        return f"group:{self.repository.id}:{self.head}"


@dataclass(frozen=True, slots=True)
class DropGroup:
    """A merge group is gone: what waits for it needs no answer any more."""

    installation: int
    repository: RepositoryName
    head: str
    kind: Literal["drop-group"] = "drop-group"

    @property
    def lock(self) -> str:
        return f"drop:{self.repository.id}:{self.head}"


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A `/gonogo` command in a comment; the comment's id makes it happen once."""

    installation: int
    repository: RepositoryName
    number: int
    comment: int
    commenter: str
    pull_author: str
    word: str
    kind: Literal["command"] = "command"

    @property
    def lock(self) -> str:
        return f"comment:{self.repository.id}:{self.comment}"


@dataclass(frozen=True, slots=True)
class InstallationChanged:
    """The app was installed, removed, suspended, resumed, or given other permissions."""

    installation: int
    change: Literal["created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"]
    kind: Literal["installation"] = "installation"

    @property
    def lock(self) -> str:
        return f"installation:{self.installation}"


@dataclass(frozen=True, slots=True)
class RepositoriesRemoved:
    """The app may no longer see these repositories: what is known of them is dropped."""

    installation: int
    repositories: tuple[int, ...]
    kind: Literal["repositories-removed"] = "repositories-removed"

    @property
    def lock(self) -> str:
        ids = ",".join(map(str, sorted(self.repositories)))
        return f"removed:{self.installation}:{hashlib.sha256(ids.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class RepositoryRenamed:
    """The repository has another name or owner from now on."""

    installation: int
    repository: RepositoryName
    kind: Literal["repository-renamed"] = "repository-renamed"

    @property
    def lock(self) -> str:
        return f"renamed:{self.repository.id}"


Job = Annotated[
    ReviewPull
    | ReviewHead
    | WorkflowsDone
    | ReviewGroup
    | DropGroup
    | RunCommand
    | InstallationChanged
    | RepositoriesRemoved
    | RepositoryRenamed,
    Field(discriminator="kind"),
]
_JOBS: TypeAdapter[Job] = TypeAdapter(Job)


def job_to_json(job: Job) -> str:
    """As it is stored."""
    return _JOBS.dump_json(job).decode()


def job_from_json(stored: object) -> Job:
    """From what a database column gives back."""
    return _JOBS.validate_python(stored)


def repository_of(job: Job) -> int:
    """The repository's id, or 0 for what concerns an installation."""
    return 0 if isinstance(job, (InstallationChanged, RepositoriesRemoved)) else job.repository.id
