"""What the templates are given: plain values, no logic left for them."""

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from sandbox.model import CheckRun, Comment, PullRequest
from sandbox.page.markdown import render
from sandbox.state import State

ICONS = {
    "success": "✓",
    "failure": "✕",
    "timed_out": "✕",
    "action_required": "!",
    "cancelled": "⊘",
    "neutral": "◼",
    "skipped": "⊘",
}
EMOJI = {
    "+1": "👍",
    "-1": "👎",
    "laugh": "😄",
    "hooray": "🎉",
    "confused": "😕",
    "heart": "❤️",
    "rocket": "🚀",
    "eyes": "👀",
}


@dataclass(frozen=True, slots=True)
class AnnotationView:
    level: str
    title: str
    message: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckView:
    id: int
    name: str
    kind: str
    icon: str
    state: str
    title: str
    summary: Markup
    text: Markup
    annotations: tuple[AnnotationView, ...]


@dataclass(frozen=True, slots=True)
class CommentView:
    id: int
    author: str
    is_app: bool
    at: str
    edited: bool
    body: Markup
    reactions: tuple[str, ...]
    minimized: str | None


@dataclass(frozen=True, slots=True)
class PullView:
    title: str
    number: int
    repository: str
    state: str
    kind: str
    author: str
    base: str
    head: str
    sha: str
    commit_url: str
    body: Markup
    checks: tuple[CheckView, ...]
    comments: tuple[CommentView, ...]
    prepared: int
    suite: str


def _annotation(run: CheckRun, given: dict[str, object]) -> AnnotationView:
    path, start, end = str(given["path"]), given["start_line"], given["end_line"]
    lines = f"{start}" if start == end else f"{start}-{end}"
    where = run.suite.repository.full_name
    return AnnotationView(
        level=str(given["annotation_level"]),
        title=str(given.get("title") or ""),
        message=str(given["message"]),
        place=f"{path}:{lines}",
        url=f"/{where}/blob/{run.head_sha}/{quote(path)}#L{start}",
    )


def check(run: CheckRun) -> CheckView:
    conclusion = run.conclusion or ""
    return CheckView(
        id=run.id,
        name=run.name,
        kind=conclusion or "running",
        icon=ICONS.get(conclusion, "•"),
        state=(conclusion or run.status).replace("_", " "),
        title=run.title or "",
        summary=render(run.summary or ""),
        text=render(run.text or ""),
        annotations=tuple(_annotation(run, one) for one in run.annotations),
    )


def comment(record: Comment) -> CommentView:
    return CommentView(
        id=record.id,
        author=record.user.login,
        is_app=record.app is not None,
        at=record.created_at.strftime("%H:%M:%S"),
        edited=record.updated_at != record.created_at,
        body=render(record.body),
        reactions=tuple(EMOJI.get(one.content, one.content) for one in record.reactions),
        minimized=record.minimized,
    )


def latest_runs(state: State, pull: PullRequest) -> tuple[CheckRun, ...]:
    """The newest of each name and app, failures first."""
    newest = {(run.suite.app.id, run.name): run for run in state.runs_of(pull.repository, pull.head_sha)}
    order = {"failure": 0, "timed_out": 0, "action_required": 0, None: 1, "neutral": 2}
    return tuple(sorted(newest.values(), key=lambda run: (order.get(run.conclusion, 3), run.name)))


def _kind(pull: PullRequest) -> str:
    if pull.merged_at is not None:
        return "merged"
    return pull.state if pull.state == "closed" or not pull.draft else "draft"


def pull_view(state: State, pull: PullRequest) -> PullView:
    runs = latest_runs(state, pull)
    suite = next((s for s in state.suites_of(pull.repository, pull.head_sha) if s.app is state.app), None)
    owner = pull.head_repository.owner.login if pull.head_repository else "unknown repository"
    return PullView(
        title=pull.title,
        number=pull.number,
        repository=pull.repository.full_name,
        state=_kind(pull).capitalize(),
        kind=_kind(pull),
        author=pull.author.login,
        base=pull.base_ref,
        head=f"{owner}:{pull.head_ref}" if pull.from_fork else pull.head_ref,
        sha=pull.head_sha,
        commit_url=f"/{pull.repository.full_name}/commit/{pull.head_sha}",
        body=render(pull.body),
        checks=tuple(check(run) for run in runs),
        comments=tuple(comment(one) for one in state.comments_of(pull)),
        prepared=len(pull.prepared),
        suite="" if suite is None else (suite.conclusion or suite.status).replace("_", " "),
    )
