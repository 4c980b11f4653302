"""From a webhook's event and payload to what there is to do, if anything. Pure; GitHub's names stay in here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from bot.jobs import (
    DropGroup,
    InstallationChanged,
    Job,
    RepositoriesRemoved,
    RepositoryName,
    RepositoryRenamed,
    ReviewGroup,
    ReviewHead,
    ReviewPull,
    RunCommand,
    WorkflowsDone,
)

COMMAND: Final = "/gonogo"
WORKFLOWS: Final = "github-actions"  # the app whose suites are those of workflows

Payload = Mapping[str, Any]


class MalformedPayload(ValueError):  # noqa: N818 - says what it is
    """The payload of a known event lacks what that event always has."""


def job_for(event: str, payload: Payload, app_id: int) -> Job | None:
    """What this delivery asks of us; None for everything that is not ours to answer."""
    reader = _READERS.get(event)
    if reader is None:
        return None
    try:
        return reader(payload, app_id)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedPayload(f"{event} without {error}") from None


def _pull_request(payload: Payload, _app_id: int) -> Job | None:
    action = payload["action"]
    retargeted = action == "edited" and "base" in payload.get("changes", {})
    if action not in {"opened", "synchronize", "reopened", "ready_for_review", "closed"} and not retargeted:
        return None
    pull = payload["pull_request"]
    return ReviewPull(
        _installation(payload), _repository(payload), int(pull["number"]), _sha(pull["head"]["sha"])
    )


def _check_run(payload: Payload, app_id: int) -> Job | None:
    run = payload["check_run"]
    if payload["action"] != "rerequested" or run["app"]["id"] != app_id:
        return None
    return _rerun(payload, run["head_sha"], run.get("pull_requests") or ())


def _check_suite(payload: Payload, app_id: int) -> Job | None:
    suite = payload["check_suite"]
    if payload["action"] == "completed" and suite["app"].get("slug") == WORKFLOWS:
        return WorkflowsDone(_installation(payload), _repository(payload), _sha(suite["head_sha"]))
    if payload["action"] != "rerequested" or suite["app"]["id"] != app_id:
        return None
    return _rerun(payload, suite["head_sha"], suite.get("pull_requests") or ())


def _rerun(payload: Payload, head: str, pulls: Sequence[Payload]) -> Job:
    """Forks' pull requests are not listed in the payload, and a head can have several."""
    installation, repository = _installation(payload), _repository(payload)
    here = [pull for pull in pulls if pull["base"]["repo"]["id"] == repository.id]
    numbers = tuple(int(pull["number"]) for pull in here)
    if len(numbers) == 1:
        return ReviewPull(installation, repository, numbers[0], _sha(head), rerun=True)
    return ReviewHead(installation, repository, _sha(head), numbers)


def _issue_comment(payload: Payload, _app_id: int) -> Job | None:
    comment, issue = payload["comment"], payload["issue"]
    if payload["action"] != "created" or "pull_request" not in issue or _by_machine(payload, comment):
        return None
    word = command_in(comment["body"] or "")
    if word is None:
        return None
    return RunCommand(
        _installation(payload),
        _repository(payload),
        number=int(issue["number"]),
        comment=int(comment["id"]),
        commenter=str(comment["user"]["login"]),
        pull_author=str((issue.get("user") or {}).get("login") or ""),
        word=word,
    )


def _by_machine(payload: Payload, comment: Payload) -> bool:
    """Apps, ourselves among them, don't give commands: two bots could keep each other busy."""
    users = (payload.get("sender") or {}, comment.get("user") or {})
    return bool(comment.get("performed_via_github_app")) or any(user.get("type") == "Bot" for user in users)


def command_in(body: str) -> str | None:
    """The word after `/gonogo` at the start of a line, "" for none; quotes and code blocks don't command."""
    for line in _outside_fences(body):
        first, *rest = line.split(maxsplit=2) or [""]
        if first == COMMAND:
            return rest[0].lower()[:40] if rest else ""
    return None


def _outside_fences(body: str) -> Iterator[str]:
    fence = ""
    for line in body.splitlines():
        text = line.strip()
        if fence:
            fence = "" if text.startswith(fence) and not text.strip(fence[0]) else fence
        elif text.startswith(("```", "~~~")):
            fence = text[: len(text) - len(text.lstrip(text[0]))]
        elif not line.startswith(("    ", "\t")):
            yield text


def _merge_group(payload: Payload, _app_id: int) -> Job | None:
    group = payload["merge_group"]
    installation, repository, head = _installation(payload), _repository(payload), _sha(group["head_sha"])
    if payload["action"] == "checks_requested":
        return ReviewGroup(installation, repository, head, _sha(group["base_sha"]))
    return DropGroup(installation, repository, head) if payload["action"] == "destroyed" else None


def _installation_event(payload: Payload, _app_id: int) -> Job | None:
    change = payload["action"]
    if change not in {"created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"}:
        return None
    return InstallationChanged(_installation(payload), change)


def _installation_repositories(payload: Payload, _app_id: int) -> Job | None:
    if payload["action"] != "removed":
        return None
    removed = tuple(int(repository["id"]) for repository in payload["repositories_removed"])
    return RepositoriesRemoved(_installation(payload), removed) if removed else None


def _repository_event(payload: Payload, _app_id: int) -> Job | None:
    if payload["action"] not in {"renamed", "transferred"}:
        return None
    return RepositoryRenamed(_installation(payload), _repository(payload))


def _installation(payload: Payload) -> int:
    return int(payload["installation"]["id"])


def _repository(payload: Payload) -> RepositoryName:
    repository = payload["repository"]
    full_name = repository["full_name"]
    if not isinstance(full_name, str) or full_name.count("/") != 1:
        raise ValueError("repository.full_name")
    return RepositoryName(int(repository["id"]), full_name)


def _sha(value: str) -> str:
    if len(value) not in {40, 64} or not set(value) <= set("0123456789abcdef"):
        raise ValueError("a commit's sha")
    return value


_READERS: Mapping[str, Callable[[Payload, int], Job | None]] = MappingProxyType(
    {
        "pull_request": _pull_request,
        "check_run": _check_run,
        "check_suite": _check_suite,
        "issue_comment": _issue_comment,
        "merge_group": _merge_group,
        "installation": _installation_event,
        "installation_repositories": _installation_repositories,
        "repository": _repository_event,
    }
)

# Sent to every app, whether it asks or not; a manifest may not name them.
_ALWAYS_SENT: Final = frozenset({"installation", "installation_repositories"})
SUBSCRIBED: Final = frozenset(_READERS) - _ALWAYS_SENT
