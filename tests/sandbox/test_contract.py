"""The contract itself: it covers what is served, and it does notice."""

import pytest

from sandbox.description.slice import EVENTS, OPERATIONS
from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from sandbox.server import ROUTES
from tests.sandbox.caller import Caller
from tests.sandbox.contract import HERE, delivery_problems, request_problems, violations
from tests.sandbox.receiver import Receiver


def test_every_route_is_described() -> None:
    served = {f"{route.method} {route.path.replace(':.+', '').replace(':.*', '')}" for route in ROUTES}
    assert served == set(OPERATIONS)


def test_the_slices_stay_small() -> None:
    assert sum(path.stat().st_size for path in HERE.glob("*.json")) < 150_000
    assert len(EVENTS) == len(set(EVENTS))


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("POST", "/check-runs", {"name": "x", "head_sha": "s", "colour": "red"}, "colour"),
        (
            "POST",
            "/check-runs",
            {"name": "x", "head_sha": "s", "status": "completed"},
            "completed without conclusion",
        ),
        ("POST", "/check-runs", {"name": "x", "head_sha": "s", "conclusion": "bad"}, "conclusion"),
        ("POST", "/check-runs", {"head_sha": "s"}, '"name" is a required property'),
        (
            "POST",
            "/check-runs",
            {"name": "x", "head_sha": "s", "output": {"title": "t", "summary": "s" * 65_536}},
            "output/summary",
        ),
        (
            "POST",
            "/check-runs",
            {
                "name": "x",
                "head_sha": "s",
                "output": {"title": "t", "summary": "s", "annotations": [{}] * 51},
            },
            "annotations",
        ),
        (
            "POST",
            "/check-runs",
            {
                "name": "x",
                "head_sha": "s",
                "actions": [{"label": "l" * 21, "description": "d", "identifier": "i"}],
            },
            "actions/0/label",
        ),
        ("POST", "/issues/1/comments", {"text": "x"}, "text"),
        ("GET", "/pulls?per_page=ten", None, "per_page"),
        ("GET", "/pulls?colour=red", None, "'colour' is not described"),
        ("GET", "/pulls", {"a": 1}, "a body where none is described"),
        ("GET", "/milestones", None, "is not described"),
    ],
)
async def test_a_wrong_request_is_noticed(
    sandbox: Sandbox,
    caller: Caller,
    repository: Repository,
    method: str,
    path: str,
    body: object,
    complaint: str,
) -> None:
    sandbox.fault(path=f"/repos/*{path.split('?', maxsplit=1)[0]}", status=418)
    options = {} if body is None else {"json": body}
    await caller.call(repository, method, path, **options)
    problems = request_problems(sandbox.requests.entries[-1])
    assert any(complaint in one for one in problems), problems


async def test_a_wrong_answer_is_noticed(sandbox: Sandbox, caller: Caller, repository: Repository) -> None:
    await caller.call(repository, "GET", "/pulls")
    entry = sandbox.requests.entries[-1]
    right, entry.answer = entry.answer, b'[{"id": "one"}]'
    assert any("is not of type" in one for one in violations(sandbox))
    entry.status = 299
    assert any("status 299 is not described" in one for one in violations(sandbox))
    entry.status, entry.answer = 200, right
    assert violations(sandbox) == []


async def test_a_wrong_webhook_is_noticed(sandbox: Sandbox, repository: Repository) -> None:
    async with Receiver.running() as receiver:
        sandbox.webhook_url = receiver.url
        pull: PullRequest = sandbox.open_pull_request(repository, head="change")
        await sandbox.delivered()
        opened = sandbox.deliveries[-1]
        assert delivery_problems(opened) == []
        right, opened.body = (
            opened.body,
            opened.body.replace(b'"merged":', b'"merge":').replace(b'"id":', b'"ID":'),
        )
        assert any("required property" in one for one in delivery_problems(opened)), pull
        opened.body, opened.action = right, "sneezed"
        assert delivery_problems(opened) == ["pull-request-sneezed is not described"]
        opened.action = "opened"
