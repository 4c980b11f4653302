"""The body of a check run: GitHub's limits, then the record."""

from datetime import datetime

from sandbox.answers import malformed
from sandbox.fields import Fields
from sandbox.model import CheckRun, Payload
from sandbox.shapes.values import stamp

UPDATE_KEYS = (
    "name",
    "details_url",
    "external_id",
    "started_at",
    "status",
    "conclusion",
    "completed_at",
    "output",
    "actions",
)
CREATE_KEYS = (*UPDATE_KEYS, "head_sha")
STATUSES = ("queued", "in_progress", "completed", "waiting", "requested", "pending")
CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
LEVELS = ("notice", "warning", "failure")
ANNOTATIONS = 50
TEXT = 65_535
MESSAGE_BYTES = 64 * 1024
TITLE = 255
_ANNOTATION_TEXTS = ("path", "annotation_level", "message", "title", "raw_details")
_ANNOTATION_NUMBERS = ("start_line", "end_line", "start_column", "end_column")
_NEEDED = ("path", "start_line", "end_line", "annotation_level", "message")


def demand_output(fields: Fields, names: tuple[str, ...]) -> None:
    output = fields.inner("output")
    if output is not None:
        output.demand(*names)


def _annotation(fields: Fields) -> Payload:
    fields.only((*_ANNOTATION_TEXTS, *_ANNOTATION_NUMBERS))
    fields.demand(*_NEEDED)
    fields.text("path")
    fields.choice("annotation_level", LEVELS)
    fields.bytes_at_most("message", MESSAGE_BYTES)
    fields.bytes_at_most("raw_details", MESSAGE_BYTES)
    fields.text("title", TITLE)
    lines = [fields.integer(name) for name in _ANNOTATION_NUMBERS]
    start, end, *columns = lines
    assert start is not None
    assert end is not None
    if start < 1 or end < start:
        raise malformed(
            f"For '{fields.where}', end_line must not come before start_line, and lines start at 1."
        )
    if start != end and any(column is not None for column in columns):
        raise malformed(
            f"For '{fields.where}', columns are only allowed when start_line and end_line are equal."
        )
    return dict(fields.values)


def _action(fields: Fields) -> Payload:
    fields.only(("label", "description", "identifier"))
    fields.demand("label", "description", "identifier")
    fields.text("label", 20)
    fields.text("description", 40)
    fields.text("identifier", 20)
    return dict(fields.values)


def _apply_output(run: CheckRun, output: Fields) -> None:
    output.only(("title", "summary", "text", "annotations", "images"))
    title, summary, text = output.text("title"), output.text("summary", TEXT), output.text("text", TEXT)
    if title is not None and len(title) > TITLE:
        raise malformed(f"Only {TITLE} characters are allowed; {len(title)} were supplied.")
    for image in output.list("images"):
        image.demand("alt", "image_url")
        image.address("image_url")
    added = [_annotation(one) for one in output.list("annotations", ANNOTATIONS)]
    run.title = run.title if title is None else title
    run.summary = run.summary if summary is None else summary
    run.text = run.text if text is None else text
    run.annotations.extend(added)


def apply(run: CheckRun, fields: Fields, now: datetime) -> None:
    """All or nothing: what can be refused is read before anything is changed."""
    status, conclusion = fields.choice("status", STATUSES), fields.choice("conclusion", CONCLUSIONS)
    if status == "completed" and conclusion is None:
        raise malformed('"conclusion" wasn\'t supplied.')
    name, external_id, details = (
        fields.text("name"),
        fields.text("external_id"),
        fields.address("details_url"),
    )
    started, completed = fields.time("started_at"), fields.time("completed_at")
    actions = [_action(one) for one in fields.list("actions", 3)]
    output = fields.inner("output")
    if output is not None:
        _apply_output(run, output)
    run.name = name or run.name
    run.external_id = run.external_id if external_id is None else external_id
    run.details_url = details or run.details_url
    run.started_at = started or run.started_at
    if fields.has("actions"):
        run.actions = actions
    if conclusion is not None:
        run.status, run.conclusion = "completed", conclusion
        run.completed_at = completed or stamp(now)
    elif status is not None:
        run.status, run.conclusion, run.completed_at = status, None, None
