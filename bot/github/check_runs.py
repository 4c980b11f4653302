"""Check runs: one write where one is enough, annotations in batches of 50, resumable after a crash."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.check_run_models import Annotation, CheckRun, CheckRunDraft, CheckStatus, Published
from bot.github.errors import Rejected

if TYPE_CHECKING:
    from datetime import datetime

    from bot.github.client import Client
    from bot.github.models import Repository

MOST_ANNOTATIONS = 50
RUNS = "/repos/{owner}/{name}/check-runs"
RUN = "/repos/{owner}/{name}/check-runs/{run_id}"
OF_COMMIT = "/repos/{owner}/{name}/commits/{sha}/check-runs{?check_name,filter,app_id,per_page}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of check runs."""

    check_runs: list[CheckRun]


ONE = TypeAdapter(CheckRun)
PAGE = TypeAdapter(Listed)


class CheckRuns:
    """The check runs of one app in a repository."""

    def __init__(self, client: Client, repository: Repository, app_id: int) -> None:
        self._client = client
        self._owner = repository.owner
        self._name = repository.name
        self._app_id = app_id

    async def list_own(
        self, sha: str, name: str | None = None, *, latest: bool = True
    ) -> tuple[CheckRun, ...]:
        """Our runs on a commit; with `latest` only the newest of each name."""
        pages = self._client.pages(
            PAGE,
            OF_COMMIT,
            owner=self._owner,
            name=self._name,
            sha=sha,
            check_name=name,
            filter="latest" if latest else "all",
            app_id=self._app_id,
            per_page=100,
        )
        runs = [run async for page in pages for run in page.check_runs]
        return tuple(run for run in runs if run.app_id == self._app_id)

    async def create(self, draft: CheckRunDraft) -> CheckRun:
        """A new run, with at most the first 50 annotations: `publish` knows about the rest."""
        body = payload(draft, draft.annotations[:MOST_ANNOTATIONS])
        return await self._client.write("POST", RUNS, ONE, body, owner=self._owner, name=self._name)

    async def update(self, run_id: int, draft: CheckRunDraft) -> CheckRun:
        """Change a run. GitHub appends the annotations to those it has."""
        body = payload(draft, draft.annotations[:MOST_ANNOTATIONS])
        del body["head_sha"]
        return await self._client.write(
            "PATCH", RUN, ONE, body, owner=self._owner, name=self._name, run_id=run_id
        )

    async def publish(self, draft: CheckRunDraft, existing: CheckRun | None = None) -> Published:
        """Bring the run to what the draft says; only its last write completes it.

        So a run that a crash left behind is in progress, and its own count says which annotations it has.
        """
        try:
            return Published(await self._written(draft, existing))
        except Rejected as refused:
            if not draft.annotations or refused.status != 422:
                raise
        # One bad annotation makes GitHub refuse the whole request; the verdict matters more than they do.
        existing = existing or await self._interrupted(draft)
        bare = replace(draft, annotations=())
        return Published(await self._written(bare, existing), annotations_dropped=True)

    async def _written(self, draft: CheckRunDraft, run: CheckRun | None) -> CheckRun:
        for step in steps(draft, run.annotations_count if run else 0):
            run = await (self.update(run.id, step) if run else self.create(step))
        assert run is not None  # there is always one step
        return run

    async def _interrupted(self, draft: CheckRunDraft) -> CheckRun | None:
        """The run that the batches before the refused one have made."""
        runs = await self.list_own(draft.head_sha, draft.name, latest=False)
        return next((run for run in runs if run.external_id == draft.external_id), None)


def steps(draft: CheckRunDraft, posted: int) -> tuple[CheckRunDraft, ...]:
    """The drafts to write one after another: the annotations that are left in batches, the outcome with the last."""
    left = draft.annotations[posted:]
    batches = [left[at : at + MOST_ANNOTATIONS] for at in range(0, len(left), MOST_ANNOTATIONS)] or [()]
    underway = replace(draft, status=CheckStatus.IN_PROGRESS, conclusion=None, completed_at=None, actions=())
    first = tuple(replace(underway, annotations=batch) for batch in batches[:-1])
    return (*first, replace(draft, annotations=batches[-1]))


def payload(draft: CheckRunDraft, annotations: tuple[Annotation, ...]) -> dict[str, object]:
    """The draft as GitHub wants it: nothing that was left open."""
    output = None
    if draft.output is not None:
        output = _stated(
            title=draft.output.title,
            summary=draft.output.summary,
            text=draft.output.text,
            annotations=[_annotation(one) for one in annotations] or None,
        )
    return _stated(
        name=draft.name,
        head_sha=draft.head_sha,
        external_id=draft.external_id,
        status=draft.status.value,
        conclusion=draft.conclusion.value if draft.conclusion else None,
        details_url=draft.details_url,
        started_at=_time(draft.started_at),
        completed_at=_time(draft.completed_at),
        output=output,
        actions=[asdict(action) for action in draft.actions] or None,
    )


def _annotation(annotation: Annotation) -> dict[str, object]:
    return _stated(
        path=annotation.path,
        start_line=annotation.start_line,
        end_line=annotation.end_line,
        annotation_level=annotation.level.value,
        message=annotation.message,
        title=annotation.title,
        raw_details=annotation.raw_details,
    )


def _stated(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def _time(when: datetime | None) -> str | None:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None
