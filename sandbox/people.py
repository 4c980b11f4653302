"""What people do on the sandbox: push, open pull requests, comment, press Re-run, queue a merge."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypedDict, Unpack

from sandbox.actions import checks, comments, installations, merge_queue, pulls
from sandbox.git import GitStore
from sandbox.hub import Hub
from sandbox.model import (
    App,
    CheckRun,
    CheckSuite,
    Comment,
    Installation,
    Level,
    MergeGroup,
    PullRequest,
    Repository,
    User,
)

Reason = Literal["merged", "invalidated", "dequeued"]
ROLES: dict[str, Level] = {"owner": "admin", "writer": "write", "reader": "read"}


class About(TypedDict, total=False):
    """What can be said of a pull request when it is opened; its base is the default branch unless said."""

    base: str
    title: str
    body: str
    author: str
    fork: bool
    draft: bool
    prepared: Sequence[str]


class People:
    """People are named by login and made when first named; roles are per repository."""

    def __init__(self, hub: Hub, scratch: Path) -> None:
        self.hub = hub
        self.state = hub.state
        self._scratch = scratch

    # Repositories and installations

    def add_repository(
        self,
        full_name: str,
        path: Path | GitStore,
        *,
        default_branch: str = "main",
        private: bool = True,
        install: bool = True,
    ) -> Repository:
        """Serves a git repository without ever writing to it: its objects are borrowed, its branches copied."""
        owner, _, name = full_name.partition("/")
        number = self.state.next_id()
        git = path if isinstance(path, GitStore) else GitStore.borrow(self._scratch / f"{number}.git", path)
        account = self.state.user(owner, "Organization")
        repository = Repository(number, account, name, git, default_branch, private, self.state.now())
        self.state.repositories[number] = repository
        for login, role in ROLES.items():
            self.set_role(repository, login, role)
        if install:
            self._install(account, repository)
        return repository

    def _install(self, account: User, repository: Repository) -> None:
        for known in self.state.installations.values():
            if known.account is account:
                installations.add_repository(self.hub, known, repository, account)
                return
        installations.install(self.hub, account, [repository])

    def set_role(self, repository: Repository, login: str, role: Level) -> None:
        repository.roles[self.state.user(login).login.lower()] = role

    def installation(self, repository: Repository) -> Installation:
        found = self.state.installation_of(repository)
        if found is None:
            raise LookupError(f"the app is not installed on {repository.full_name}")
        return found

    def rename(self, repository: Repository, name: str) -> None:
        repository.former_names.add(repository.full_name.lower())
        repository.name = name

    def suspend(self, installation: Installation, *, user: str = "owner") -> None:
        installations.suspend(self.hub, installation, self.state.user(user))

    def unsuspend(self, installation: Installation, *, user: str = "owner") -> None:
        installations.unsuspend(self.hub, installation, self.state.user(user))

    def uninstall(self, installation: Installation, *, user: str = "owner") -> None:
        installations.uninstall(self.hub, installation, self.state.user(user))

    def accept_permissions(self, installation: Installation, *, user: str = "owner") -> None:
        """The account accepts what the app asks for by now."""
        installations.accept(self.hub, installation, self.state.user(user))

    def remove_repository(self, repository: Repository, *, user: str = "owner") -> None:
        """The owner takes the repository out of the installation."""
        installations.remove_repository(
            self.hub, self.installation(repository), repository, self.state.user(user)
        )

    # Pull requests

    def open_pull_request(self, repository: Repository, *, head: str, **about: Unpack[About]) -> PullRequest:
        """`head` is a branch, or any commit (its branch is then named after it). A fork belongs to the author."""
        base_ref = about.get("base", repository.default_branch)
        base_sha, head_sha = repository.git.branch(base_ref), repository.git.resolve(head)
        if base_sha is None or head_sha is None:
            raise LookupError(f"no such branch or commit: {base_ref if base_sha is None else head}")
        head_ref = head if repository.git.branch(head) else f"change-{head_sha[:7]}"
        user = self.state.user(about.get("author", "writer"))
        where = self._fork(repository, user) if about.get("fork") else repository
        if where is repository:
            repository.git.set_reference(f"refs/heads/{head_ref}", head_sha)
        pull = self._record(repository, user, about.get("title") or _subject(repository, head_sha))
        pull.base_ref, pull.base_sha = base_ref, base_sha
        pull.head_ref, pull.head_sha, pull.head_repository = head_ref, head_sha, where
        pull.body, pull.draft = about.get("body", ""), about.get("draft", False)
        pull.prepared = list(about.get("prepared", ()))
        return pulls.open_pull_request(self.hub, pull)

    def _record(self, repository: Repository, author: User, title: str) -> PullRequest:
        now, branch = self.state.now(), repository.default_branch
        tip = repository.git.branch(branch) or ""
        return PullRequest(
            id=self.state.next_id(),
            number=repository.next_number(),
            repository=repository,
            author=author,
            title=title,
            body="",
            base_ref=branch,
            base_sha=tip,
            head_ref=branch,
            head_sha=tip,
            head_repository=repository,
            created_at=now,
            updated_at=now,
        )

    def _fork(self, parent: Repository, owner: User) -> Repository:
        for known in self.state.repositories.values():
            if known.parent is parent and known.owner is owner:
                return known
        number, now = self.state.next_id(), self.state.now()
        fork = Repository(
            number, owner, parent.name, parent.git, parent.default_branch, parent.private, now, parent=parent
        )
        self.state.repositories[number] = fork
        return fork

    def from_repository(
        self, path: Path, base: str, head: str, *, full_name: str | None = None
    ) -> PullRequest:
        """Any local git repository (bare ones too) as a repository with one pull request."""
        name = path.resolve().name.removesuffix(".git").replace(" ", "-") or "repository"
        source = GitStore.open(path)
        try:
            shas = {revision: source.resolve(revision) for revision in (base, head)}
            base_ref, head_ref = source.branch_name(base), source.branch_name(head)
        finally:
            source.close()
        for revision, sha in shas.items():
            if sha is None:
                raise LookupError(f"no such branch or commit: {revision}")
        base_sha, head_sha = str(shas[base]), str(shas[head])
        repository = self.add_repository(full_name or f"local/{name}", path)
        repository.default_branch = base_ref or f"base-{base_sha[:7]}"
        repository.git.set_reference(f"refs/heads/{repository.default_branch}", base_sha)
        return self.open_pull_request(repository, head=head_ref or head_sha)

    def push(self, pull: PullRequest, sha: str | None = None, *, user: str | None = None) -> str:
        """Move the head to a commit; without one, to the next prepared commit."""
        wanted = pull.prepared.pop(0) if sha is None else sha
        found = pull.repository.git.resolve(wanted)
        if found is None:
            raise LookupError(f"no such commit: {wanted}")
        pulls.push(self.hub, pull, found, self.state.user(user) if user else pull.author)
        return found

    def push_branch(self, repository: Repository, branch: str, sha: str, *, user: str = "writer") -> None:
        pulls.push_branch(self.hub, repository, branch, sha, self.state.user(user))

    def retarget(self, pull: PullRequest, base: str, *, user: str = "writer") -> None:
        pulls.retarget(self.hub, pull, base, self.state.user(user))

    def edit_title(self, pull: PullRequest, title: str, *, user: str = "writer") -> None:
        pulls.rename_title(self.hub, pull, title, self.state.user(user))

    def close(self, pull: PullRequest, *, user: str = "writer", merged: bool = False) -> None:
        pulls.close(self.hub, pull, self.state.user(user), merged=merged)

    def reopen(self, pull: PullRequest, *, user: str = "writer") -> None:
        pulls.reopen(self.hub, pull, self.state.user(user))

    def set_draft(self, pull: PullRequest, *, draft: bool, user: str = "writer") -> None:
        pulls.set_draft(self.hub, pull, self.state.user(user), draft=draft)

    def delete_fork(self, pull: PullRequest) -> None:
        if pull.head_repository is not None:
            self.state.repositories.pop(pull.head_repository.id, None)
        pull.head_repository = None

    def merge_group(self, pull: PullRequest, *, user: str = "writer") -> MergeGroup:
        return merge_queue.enqueue(self.hub, pull, self.state.user(user))

    def destroy_merge_group(
        self, group: MergeGroup, reason: Reason = "merged", *, user: str = "writer"
    ) -> None:
        merge_queue.destroy(self.hub, group, reason, self.state.user(user))

    # Comments and checks

    def comment(
        self, pull: PullRequest, body: str, *, user: str = "owner", app: App | None = None
    ) -> Comment:
        return comments.add(self.hub, pull, self.state.user(user), body, app)

    def comment_on_issue(self, repository: Repository, body: str, *, user: str = "owner") -> None:
        """On a new issue that is no pull request."""
        account = self.state.user(user)
        comments.add_to_issue(self.hub, self._record(repository, account, "An issue"), account, body)

    def edit_comment(self, comment: Comment, body: str, *, user: str = "owner") -> None:
        comments.edit(self.hub, comment, body, self.state.user(user))

    def delete_comment(self, comment: Comment, *, user: str = "owner") -> None:
        comments.delete(self.hub, comment, self.state.user(user))

    def comments(self, pull: PullRequest, *, own: bool = False) -> list[Comment]:
        """`own`: only those of the app."""
        return [one for one in self.state.comments_of(pull) if not own or one.app is self.state.app]

    def check_runs(self, pull: PullRequest, name: str | None = None) -> list[CheckRun]:
        """The app's runs on the pull request's head, oldest first."""
        found = [
            run
            for run in self.state.runs_of(pull.repository, pull.head_sha)
            if run.suite.app is self.state.app
        ]
        return [run for run in found if name in (None, run.name)]

    def add_foreign_run(self, pull: PullRequest, name: str, *, app: str) -> CheckRun:
        """A successful run of another app on the same commit."""
        other = self.state.foreign_app(app)
        suite = checks.suite_for(self.hub, pull.repository, other, pull.head_sha)
        now = self.state.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        run = CheckRun(self.state.next_id(), suite, name, "", None, "completed", "success", now, now)
        checks.add_run(self.hub, run)
        return run

    def suite(self, pull: PullRequest) -> CheckSuite:
        return checks.suite_for(self.hub, pull.repository, self.state.app, pull.head_sha)

    def rerequest(self, run: CheckRun, *, user: str = "writer") -> None:
        checks.rerequest_run(self.hub, run, self.state.user(user))

    def rerequest_suite(self, suite: CheckSuite, *, user: str = "writer") -> None:
        checks.rerequest_suite(self.hub, suite, self.state.user(user))

    def request_action(self, run: CheckRun, identifier: str, *, user: str = "writer") -> None:
        checks.request_action(self.hub, run, identifier, self.state.user(user))


def _subject(repository: Repository, sha: str) -> str:
    commit = repository.git.commit(sha)
    return commit.message.split("\n", 1)[0] if commit is not None else sha
