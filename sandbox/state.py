"""Everything the sandbox knows, with the ways to find it. No HTTP here."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

from sandbox.model import (
    App,
    Artifact,
    CheckRun,
    CheckSuite,
    Comment,
    Installation,
    Level,
    PullRequest,
    Repository,
    User,
    UserType,
)
from sandbox.settings import Settings


class State:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._ids = itertools.count(1_100_001, 7)
        self.users: dict[str, User] = {}
        self.repositories: dict[int, Repository] = {}
        self.installations: dict[int, Installation] = {}
        self.pull_requests: list[PullRequest] = []
        self.check_suites: dict[int, CheckSuite] = {}
        self.check_runs: dict[int, CheckRun] = {}
        self.comments: dict[int, Comment] = {}
        self.artifacts: dict[int, Artifact] = {}
        self.api_url = ""
        self.html_url = ""
        self.codeload_url = ""
        self._foreign: dict[str, App] = {}
        slug = settings.app_name.lower().replace(" ", "-")
        self.app = self._app(settings.app_id, slug, settings.app_name, settings)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.settings.clock(), UTC).replace(microsecond=0)

    def next_id(self) -> int:
        return next(self._ids)

    def foreign_app(self, slug: str) -> App:
        """Another app that is installed too; made when first named."""
        if slug not in self._foreign:
            self._foreign[slug] = self._app(self.next_id(), slug, slug, self.settings)
        return self._foreign[slug]

    def _app(self, app_id: int, slug: str, name: str, settings: Settings) -> App:
        return App(
            id=app_id,
            slug=slug,
            name=name,
            owner=self.user("sandbox", "Organization"),
            bot=self.user(f"{slug}[bot]", "Bot"),
            permissions=settings.permissions,
            events=settings.events,
            created_at=self.now(),
        )

    def user(self, login: str, kind: UserType = "User") -> User:
        """The account of that name, made when there is none."""
        known = self.users.get(login.lower())
        if known is None:
            known = self.users[login.lower()] = User(self.next_id(), login, kind)
        return known

    def repository(self, full_name: str) -> Repository | None:
        wanted = full_name.lower()
        return next((r for r in self.repositories.values() if r.full_name.lower() == wanted), None)

    def renamed(self, full_name: str) -> Repository | None:
        wanted = full_name.lower()
        return next((r for r in self.repositories.values() if wanted in r.former_names), None)

    def role(self, repository: Repository, user: User) -> Level:
        if user is repository.owner:
            return "admin"
        return repository.roles.get(user.login.lower(), "none")

    def installation_of(self, repository: Repository) -> Installation | None:
        return next((i for i in self.installations.values() if repository.id in i.repositories), None)

    def pulls_of(self, repository: Repository) -> list[PullRequest]:
        return [pull for pull in self.pull_requests if pull.repository is repository]

    def pull(self, repository: Repository, number: int) -> PullRequest | None:
        return next((pull for pull in self.pulls_of(repository) if pull.number == number), None)

    def comments_of(self, pull: PullRequest) -> list[Comment]:
        return [comment for comment in self.comments.values() if comment.pull_request is pull]

    def suites_of(self, repository: Repository, sha: str) -> list[CheckSuite]:
        return [s for s in self.check_suites.values() if s.repository is repository and s.head_sha == sha]

    def artifacts_of(self, repository: Repository) -> list[Artifact]:
        """Newest first."""
        return [one for one in reversed(self.artifacts.values()) if one.repository is repository]

    def runs_of(self, repository: Repository, sha: str) -> Iterator[CheckRun]:
        for suite in self.suites_of(repository, sha):
            yield from suite.runs
