"""From a local repository to a report or a review: the same engine as the app's, fed from a git directory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.cli.errors import UsageError
from bot.cli.progress import progress
from bot.rendering.links import Links
from bot.rendering.policy_text import POLICY_PATH
from bot.snapshots.extraction import Extractor, Facts, Task
from bot.snapshots.local import LocalRepository, LocalRepositoryError
from checks import (
    COVERAGE_LIMIT,
    Coverage,
    CoverageProblem,
    ModuleReach,
    PolicyProblem,
    PolicyRead,
    Report,
    Request,
    Review,
    Snapshot,
    Tree,
    audit,
    module_table,
    parse_coverage,
    parse_policy,
    plan,
    plan_review,
    review,
)


@dataclass(frozen=True, slots=True)
class Audited:
    """A report with what is wrong in the policy it was made under."""

    report: Report
    problems: tuple[PolicyProblem, ...]
    links: Links


@dataclass(frozen=True, slots=True)
class Modules:
    """The modules of a commit with what reaches them."""

    commit: str
    rows: tuple[ModuleReach, ...]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review with what is wrong in the policy it was made under."""

    review: Review
    problems: tuple[PolicyProblem, ...]
    links: Links


def audit_repository(
    path: Path, revision: str, policy_file: Path | None, coverage_file: Path | None = None
) -> Audited:
    """One snapshot, with what a coverage report says of it."""
    coverage = _coverage_of_file(coverage_file) if coverage_file else None
    Extractor.warm()
    with _opened(path) as repository:
        commit = repository.commit(revision)
        policy = _policy(repository, commit, policy_file)
        entries = repository.entries(commit)
        facts = _facts(repository, plan(entries))
        snapshot = Snapshot.build(commit, entries, facts, policy=policy.policy, coverage=coverage)
        return Audited(audit(snapshot, _today()), policy.problems, _links(repository))


def module_reach(path: Path, revision: str) -> Modules:
    """The table of modules of one snapshot."""
    Extractor.warm()
    with _opened(path) as repository:
        commit = repository.commit(revision)
        entries = repository.entries(commit)
        snapshot = Snapshot.build(commit, entries, _facts(repository, plan(entries)))
        return Modules(commit, module_table(snapshot))


def review_repository(path: Path, base: str, head: str, policy_file: Path | None) -> Reviewed:
    """Two snapshots compared: the merge base and the head, under the policy of the base."""
    Extractor.warm()
    with _opened(path) as repository:
        head_commit = repository.commit(head)
        base_commit = repository.merge_base(base, head)
        policy = _policy(repository, repository.commit(base), policy_file)
        before, after = (Tree(commit, repository.entries(commit)) for commit in (base_commit, head_commit))
        facts = _facts(repository, plan_review(before, after))
        return Reviewed(
            review(before, after, facts, policy.policy, _today()), policy.problems, _links(repository)
        )


def _facts(repository: LocalRepository, requests: tuple[Request, ...]) -> Facts:
    with Extractor() as extractor, progress("Reading files", len(requests)) as advance:
        return extractor.run(_tasks(repository, requests), advance)


def _tasks(repository: LocalRepository, requests: Iterable[Request]) -> Iterator[Task]:
    """A blob that isn't in this clone makes no task: the snapshot holds its file as unreadable."""
    for request in requests:
        if (data := repository.blob(request.blob)) is not None:
            yield Task(request.blob, request.kind, data)


def _policy(repository: LocalRepository, commit: str, file: Path | None) -> PolicyRead:
    if file is not None:
        return _policy_of_file(file)
    data = repository.file(commit, POLICY_PATH)
    return parse_policy(data.decode(errors="replace")) if data is not None else parse_policy("")


def _policy_of_file(file: Path) -> PolicyRead:
    """A policy named on the command line must be right: whoever names it wants it to hold."""
    try:
        read = parse_policy(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(f"{file}: can't be read: {reason}") from None
    if read.problems:
        first = read.problems[0]
        raise UsageError(f"{file}:{first.line}: {first.message}")
    return read


def _coverage_of_file(file: Path) -> Coverage:
    try:
        with file.open("rb") as report:
            return parse_coverage(report.read(COVERAGE_LIMIT + 1))
    except OSError as error:
        raise UsageError(f"{file}: can't be read: {error.strerror}") from None
    except CoverageProblem as problem:
        raise UsageError(f"{file}: no coverage report: {problem}") from None


def _links(repository: LocalRepository) -> Links:
    web = repository.web_address
    if web is None:
        return Links()
    scheme, host, name = web.split("/", 3)[0], web.split("/", 3)[2], web.split("/", 3)[3]
    return Links(f"{scheme}//{host}", name)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@contextmanager
def _opened(path: Path) -> Iterator[LocalRepository]:
    """A repository that is closed in the end; what is wrong with it is bad usage."""
    try:
        with closing(LocalRepository(path)) as repository:
            yield repository
    except LocalRepositoryError as error:
        raise UsageError(str(error)) from None
