"""Faults on demand, in process and over HTTP."""

import asyncio

import aiohttp
import pytest

from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller


async def test_a_status_with_headers_for_the_next_requests_only(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    sandbox.fault(
        method="GET", path="/repos/*/pulls", times=2, skip=1, status=503, headers={"Retry-After": "7"}
    )
    got = [await caller.call(repository, "GET", "/pulls") for _ in range(4)]
    assert [one.status for one in got] == [200, 503, 503, 200]
    assert got[1].headers["Retry-After"] == "7"
    assert [entry.fault is not None for entry in sandbox.requests.select("GET", "*/pulls")] == [
        False,
        True,
        True,
        False,
    ]


async def test_a_text_instead_of_json(sandbox: Sandbox, caller: Caller, repository: Repository) -> None:
    sandbox.fault(path="/repos/*/pulls", status=502, body="<html>Unicorn!</html>")
    got = await caller.call(repository, "GET", "/pulls")
    assert (got.status, got.data) == (502, b"<html>Unicorn!</html>")


async def test_a_connection_cut_before_the_work(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    sandbox.fault(method="POST", path="/repos/*/comments", drop="before")
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.call(repository, "POST", f"/issues/{pull.number}/comments", json={"body": "x"})
    assert sandbox.comments(pull) == []


async def test_a_connection_cut_after_the_work(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest
) -> None:
    sandbox.fault(method="POST", path="/repos/*/comments", drop="after")
    with pytest.raises(aiohttp.ClientConnectionError):
        await caller.call(repository, "POST", f"/issues/{pull.number}/comments", json={"body": "x"})
    assert [one.body for one in sandbox.comments(pull)] == ["x"]
    assert sandbox.requests.select("POST", "*/comments")[0].status == 0


async def test_a_body_cut_short(sandbox: Sandbox, caller: Caller, repository: Repository) -> None:
    sandbox.fault(path="/repos/*/pulls", truncate=1)
    with pytest.raises(aiohttp.ClientPayloadError):
        await caller.call(repository, "GET", "/pulls")


async def test_a_slow_answer(sandbox: Sandbox, caller: Caller, repository: Repository) -> None:
    sandbox.fault(path="/repos/*/pulls", delay=5.0)
    await caller.token(repository)
    with pytest.raises(TimeoutError):
        await caller.call(repository, "GET", "/pulls", timeout=aiohttp.ClientTimeout(total=0.2))


async def test_a_request_held_until_released(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    fault = sandbox.fault(path="/repos/*/pulls", hold=True)
    asked = asyncio.create_task(caller.call(repository, "GET", "/pulls"))
    await asyncio.wait_for(fault.reached.wait(), 5)
    assert not asked.done()
    fault.release()
    assert (await asked).status == 200


async def test_the_control_surface(sandbox: Sandbox, caller: Caller, repository: Repository) -> None:
    control = f"{sandbox.html_url}/_sandbox"
    made = await caller.send(
        "POST", f"{control}/faults", json={"path": "/repos/*/pulls", "status": 500, "times": 1}
    )
    assert (made.status, made.json["used"]) == (201, 0)
    assert (await caller.call(repository, "GET", "/pulls")).status == 500
    assert [one["used"] for one in (await caller.send("GET", f"{control}/faults")).json] == [1]
    assert (await caller.send("DELETE", f"{control}/faults")).status == 204
    assert sandbox.faults.all() == ()
    logged = await caller.send("GET", f"{control}/requests", params={"path": "/repos/*"})
    assert [(one["method"], one["status"], one["template"]) for one in logged.json] == [
        ("GET", 500, "/repos/{owner}/{repo}/pulls")
    ]
    assert (await caller.send("DELETE", f"{control}/requests")).status == 204
    assert sandbox.requests.select() == []
    wrong = await caller.send("POST", f"{control}/faults", json={"colour": "red"})
    assert (wrong.status, wrong.data) == (400, b"unknown keys: colour")
    held = await caller.send("POST", f"{control}/faults", json={"hold": True})
    assert (await caller.send("POST", f"{control}/faults/{held.json['id']}/release")).status == 200
    assert (await caller.send("POST", f"{control}/faults/999/release")).status == 404
