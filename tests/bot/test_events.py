"""From event and payload to what there is to do; everything else is nobody's business."""

import contextlib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import SUBSCRIBED, MalformedPayload, command_in, job_for
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
    job_from_json,
    job_to_json,
    repository_of,
)

APP = 421337
SHA, OTHER = "a" * 40, "b" * 40
REPOSITORY = {"id": 9, "full_name": "acme/shop"}
NAME = RepositoryName(9, "acme/shop")
COMMON: dict[str, Any] = {"installation": {"id": 5}, "repository": REPOSITORY, "sender": {"type": "User"}}
PULL = ReviewPull(5, NAME, 3, SHA)


def pull_request(action: str, **more: Any) -> dict[str, Any]:
    return {**COMMON, "action": action, "pull_request": {"number": 3, "head": {"sha": SHA}}, **more}


def rerequested(thing: str, *numbers: int, app: int = APP, repository: int = 9) -> dict[str, Any]:
    pulls = [{"number": number, "base": {"repo": {"id": repository}}} for number in numbers]
    content = {"head_sha": SHA, "app": {"id": app}, "pull_requests": pulls}
    return {**COMMON, "action": "rerequested", thing: content}


def comment(body: str, **more: Any) -> dict[str, Any]:
    said = {"id": 77, "body": body, "user": {"login": "ada", "type": "User"}, **more}
    issue = {"number": 3, "pull_request": {}, "user": {"login": "bob"}}
    return {**COMMON, "action": "created", "issue": issue, "comment": said}


def completed(slug: str) -> dict[str, Any]:
    suite = {"head_sha": SHA, "app": {"id": 1, "slug": slug}, "pull_requests": []}
    return {**COMMON, "action": "completed", "check_suite": suite}


GROUP = {"merge_group": {"head_sha": SHA, "base_sha": OTHER}}
JOBS: dict[str, tuple[str, dict[str, Any], Job]] = {
    "opened": ("pull_request", pull_request("opened"), PULL),
    "pushed": ("pull_request", pull_request("synchronize"), PULL),
    "reopened": ("pull_request", pull_request("reopened"), PULL),
    "ready": ("pull_request", pull_request("ready_for_review"), PULL),
    "closed": ("pull_request", pull_request("closed"), PULL),
    "retargeted": ("pull_request", pull_request("edited", changes={"base": {}}), PULL),
    "re-run": ("check_run", rerequested("check_run", 3), ReviewPull(5, NAME, 3, SHA, rerun=True)),
    "re-run of a fork": ("check_run", rerequested("check_run"), ReviewHead(5, NAME, SHA)),
    "re-run of two": ("check_run", rerequested("check_run", 3, 4), ReviewHead(5, NAME, SHA, (3, 4))),
    "re-run, pull request of a fork": (
        "check_run",
        rerequested("check_run", 3, repository=10),
        ReviewHead(5, NAME, SHA),
    ),
    "workflows are done": ("check_suite", completed("github-actions"), WorkflowsDone(5, NAME, SHA)),
    "re-run all": ("check_suite", rerequested("check_suite", 3), ReviewPull(5, NAME, 3, SHA, rerun=True)),
    "command": (
        "issue_comment",
        comment("/gonogo recheck"),
        RunCommand(5, NAME, 3, 77, "ada", "bob", "recheck"),
    ),
    "merge group": (
        "merge_group",
        {**COMMON, **GROUP, "action": "checks_requested"},
        ReviewGroup(5, NAME, SHA, OTHER),
    ),
    "merge group gone": ("merge_group", {**COMMON, **GROUP, "action": "destroyed"}, DropGroup(5, NAME, SHA)),
    "suspended": ("installation", {**COMMON, "action": "suspend"}, InstallationChanged(5, "suspend")),
    "removed": (
        "installation_repositories",
        {**COMMON, "action": "removed", "repositories_removed": [{"id": 9}]},
        RepositoriesRemoved(5, (9,)),
    ),
    "renamed": ("repository", {**COMMON, "action": "renamed"}, RepositoryRenamed(5, NAME)),
}


@pytest.mark.parametrize(("event", "payload", "job"), JOBS.values(), ids=JOBS)
def test_what_is_ours_becomes_a_job(event: str, payload: dict[str, Any], job: Job) -> None:
    assert job_for(event, payload, APP) == job


@pytest.mark.parametrize("job", [job for _, _, job in JOBS.values()], ids=JOBS)
def test_a_job_survives_being_stored(job: Job) -> None:
    import json  # noqa: PLC0415

    assert job_from_json(json.loads(job_to_json(job))) == job
    assert repository_of(job) in {0, 9}


NOTHING: dict[str, tuple[str, dict[str, Any]]] = {
    "another title": ("pull_request", pull_request("edited", changes={"title": {}})),
    "a label": ("pull_request", pull_request("labeled")),
    "another app's run": ("check_run", rerequested("check_run", 3, app=1)),
    "our run completed": ("check_run", {**rerequested("check_run", 3), "action": "completed"}),
    "a suite requested by a push": ("check_suite", {**rerequested("check_suite"), "action": "requested"}),
    "another app is done": ("check_suite", completed("other-ci")),
    "another app's suite": ("check_suite", rerequested("check_suite", app=1)),
    "a comment without a command": ("issue_comment", comment("nice")),
    "a comment without text": (
        "issue_comment",
        comment("") | {"comment": {"id": 1, "body": None, "user": {}}},
    ),
    "a comment on an issue": ("issue_comment", comment("/gonogo recheck") | {"issue": {"number": 3}}),
    "an edited comment": ("issue_comment", comment("/gonogo recheck") | {"action": "edited"}),
    "an app's comment": ("issue_comment", comment("/gonogo recheck", performed_via_github_app={"id": 1})),
    "a bot's comment": ("issue_comment", comment("/gonogo recheck", user={"login": "x", "type": "Bot"})),
    "a bot that comments for somebody": (
        "issue_comment",
        comment("/gonogo recheck") | {"sender": {"type": "Bot"}},
    ),
    "repositories added": ("installation_repositories", {**COMMON, "action": "added"}),
    "an archived repository": ("repository", {**COMMON, "action": "archived"}),
    "another change of an installation": ("installation", {**COMMON, "action": "renamed"}),
    "a merge group's other action": ("merge_group", {**COMMON, **GROUP, "action": "paused"}),
    "an event nobody subscribed to": ("push", {"ref": "refs/heads/main"}),
}


@pytest.mark.parametrize(("event", "payload"), NOTHING.values(), ids=NOTHING)
def test_what_is_not_ours_is_ignored(event: str, payload: dict[str, Any]) -> None:
    assert job_for(event, payload, APP) is None


@pytest.mark.parametrize(("event", "payload", "job"), JOBS.values(), ids=JOBS)
def test_a_payload_that_lacks_a_key_is_malformed_or_ignored_and_never_a_crash(
    event: str, payload: dict[str, Any], job: Job
) -> None:
    assert job_for(event, payload, APP) == job
    for broken in _without_each_key(payload):
        with contextlib.suppress(MalformedPayload):
            job_for(event, broken, APP)


def _without_each_key(value: Mapping[str, Any]) -> list[dict[str, Any]]:
    shorter = [{k: v for k, v in value.items() if k != key} for key in value]
    nulled = [{**value, key: None} for key in value]
    deeper = [
        {**value, key: inner}
        for key, item in value.items()
        if isinstance(item, dict)
        for inner in _without_each_key(item)
    ]
    return [*shorter, *nulled, *deeper]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from(sorted(SUBSCRIBED)), st.dictionaries(st.text(max_size=8), _JSON), _JSON, _JSON)
def test_no_payload_crashes_it(event: str, payload: dict[str, Any], action: Any, subject: Any) -> None:
    with contextlib.suppress(MalformedPayload):
        job_for(
            event, {**payload, "action": action, event: subject, "comment": subject, "issue": subject}, APP
        )


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("/gonogo recheck", "recheck"),
        ("/gonogo", ""),
        ("Thanks!\r\n\r\n  /gonogo Recheck please", "recheck"),
        ("/gonogo help\n/gonogo recheck", "help"),
        ("/gonogorecheck", None),
        ("see /gonogo recheck", None),
        ("> /gonogo recheck", None),
        ("    /gonogo recheck", None),
        ("```\n/gonogo recheck\n```", None),
        ("````\n```\n/gonogo recheck\n````", None),
        ("~~~\n/gonogo recheck", None),
        ("```\ncode\n```\n/gonogo recheck", "recheck"),
        ("", None),
        ("/gonogo " + "x" * 100, "x" * 40),
    ],
)
def test_a_command_stands_at_the_start_of_a_line(body: str, word: str | None) -> None:
    assert command_in(body) == word
