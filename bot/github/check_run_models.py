"""A check run as we send it and as GitHub gives it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.github.models import AppIdentity


class CheckStatus(StrEnum):
    """Where a check run stands."""

    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


class Conclusion(StrEnum):
    """How a check run ended. GitHub lets success, neutral and skipped pass a required check."""

    SUCCESS = "success"
    FAILURE = "failure"
    NEUTRAL = "neutral"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    ACTION_REQUIRED = "action_required"
    TIMED_OUT = "timed_out"


class AnnotationLevel(StrEnum):
    """How loud an annotation is."""

    NOTICE = "notice"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A message at lines of a file of the head commit."""

    path: str
    start_line: int
    end_line: int
    level: AnnotationLevel
    message: str
    title: str | None = None
    raw_details: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """The text of a check run: at most 65,535 characters each in summary and text."""

    title: str
    summary: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A button on the check run: at most 20, 40 and 20 characters."""

    label: str
    description: str
    identifier: str


@dataclass(frozen=True, slots=True)
class CheckRunDraft:
    """A check run to be. A conclusion makes it completed; `external_id` makes it findable again."""

    name: str
    head_sha: str
    external_id: str
    status: CheckStatus
    conclusion: Conclusion | None = None
    output: Output | None = None
    annotations: tuple[Annotation, ...] = ()
    details_url: str | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredOutput:
    """What GitHub keeps of an output, as far as we ask for it."""

    annotations_count: int = 0


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A check run as GitHub has it. Conclusions may be some that only GitHub sets, so they stay text."""

    id: int
    name: str
    head_sha: str
    status: str
    conclusion: str | None = None
    external_id: str | None = None
    html_url: str | None = None
    output: StoredOutput = StoredOutput()
    app: AppIdentity | None = None

    @property
    def app_id(self) -> int | None:
        return self.app.id if self.app else None

    @property
    def annotations_count(self) -> int:
        return self.output.annotations_count

    @property
    def completed(self) -> bool:
        return self.status == CheckStatus.COMPLETED


@dataclass(frozen=True, slots=True)
class Published:
    """A published check run, and whether GitHub refused its annotations."""

    run: CheckRun
    annotations_dropped: bool = False
