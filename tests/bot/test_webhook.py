"""What may come in at /webhook, and what is answered to everything else."""

import asyncio
import json
import time
import uuid
from pathlib import Path

import aiohttp

from bot.settings import Settings
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.process import free_port, serving
from tests.bot.service import Service, assert_settled
from tests.bot.test_reviews import opened

BODY = json.dumps({"zen": "Keep it logically awesome.", "hook_id": 1}).encode()


async def answered(service: Service, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    answer = await service.send(body, headers)
    return answer.status, (await answer.json())["message"]


async def test_a_ping_is_accepted_and_ignored(service: Service) -> None:
    assert await answered(service, BODY, service.headers(BODY, "ping")) == (202, "ignored")


HEADERS = [
    ("X-Hub-Signature-256", None, 401, "X-Hub-Signature-256 is missing"),
    ("X-Hub-Signature-256", "", 401, "X-Hub-Signature-256 is malformed"),
    ("X-Hub-Signature-256", "sha1=" + "0" * 40, 401, "X-Hub-Signature-256 is malformed"),
    ("X-Hub-Signature-256", "sha256=" + "0" * 63, 401, "X-Hub-Signature-256 is malformed"),
    ("X-Hub-Signature-256", "sha256=" + "é" * 64, 401, "X-Hub-Signature-256 is malformed"),
    ("X-Hub-Signature-256", "sha256=" + "0" * 64, 401, "X-Hub-Signature-256 does not match"),
    ("X-GitHub-Event", None, 400, "X-GitHub-Event is missing or malformed"),
    ("X-GitHub-Event", "pull request", 400, "X-GitHub-Event is missing or malformed"),
    ("X-GitHub-Event", "x" * 65, 400, "X-GitHub-Event is missing or malformed"),
    ("X-GitHub-Delivery", None, 400, "X-GitHub-Delivery is missing or malformed"),
    ("X-GitHub-Delivery", "1'; DROP TABLE deliveries", 400, "X-GitHub-Delivery is missing or malformed"),
    ("X-GitHub-Hook-ID", None, 400, "X-GitHub-Hook-ID is missing or malformed"),
    (
        "Content-Type",
        "application/x-www-form-urlencoded",
        415,
        "the content type is not application/json",
    ),
    ("Content-Type", "application/json; charset=nonsense", 202, "ignored"),
]


async def test_a_wrong_header_is_named(service: Service) -> None:
    for header, value, status, says in HEADERS:
        headers = {name: text for name, text in service.headers(BODY, "ping").items() if name != header}
        if value is not None:
            headers[header] = value
        assert await answered(service, BODY, headers) == (status, says), (header, value)


async def test_sha1_alone_is_no_signature(service: Service) -> None:
    headers = service.headers(BODY, "ping")
    headers["X-Hub-Signature"] = headers.pop("X-Hub-Signature-256")
    assert (await answered(service, BODY, headers))[0] == 401


BODIES = {
    b'{"number": Infinity}': "the body is not JSON",
    b'{"action": "\\ud800"}': "the body is not JSON",
    b"": "the body is not JSON",
    b"{": "the body is not JSON",
    b"\xff\xfe": "the body is not JSON",
    b"[" * 100_000: "the body is not JSON",
    b"[]": "the body is not a JSON object",
    b'"text"': "the body is not a JSON object",
    b"null": "the body is not a JSON object",
}


async def test_a_body_that_is_no_object_is_refused(service: Service) -> None:
    for body, says in BODIES.items():
        assert await answered(service, body, service.headers(body, "ping")) == (400, says), body[:10]


INCOMPLETE: list[dict[str, object]] = [
    {},
    {"action": "opened"},
    {"action": "opened", "pull_request": []},
    {"action": ["opened"]},
    {"action": "opened", "pull_request": {"number": 1, "head": {"sha": "short"}}},
]


async def test_a_known_event_without_what_it_always_has_is_refused(service: Service) -> None:
    for payload in INCOMPLETE:
        assert (await service.post("pull_request", payload)).status == 422, payload


async def test_unknown_events_and_actions_are_accepted_and_ignored(service: Service) -> None:
    for event, action in (
        ("sponsorship", "created"),
        ("pull_request", "enchanted"),
        ("repository", "edited"),
    ):
        assert (await service.post(event, {"action": action})).status == 202


async def test_a_body_over_the_limit_is_refused_and_one_at_the_limit_is_not(service: Service) -> None:
    over = b'{"a":"' + b"x" * (26 * 1024 * 1024) + b'"}'
    assert (await answered(service, over, service.headers(over, "ping")))[0] == 413
    large = b'{"a":"' + b"x" * (25 * 1024 * 1024 - 8) + b'"}'
    assert (await answered(service, large, service.headers(large, "ping")))[0] == 202


async def test_other_methods_and_paths_are_not_there(service: Service) -> None:
    async with service.http.get(f"{service.address}/webhook") as answer:
        assert answer.status == 405
    async with service.http.post(f"{service.address}/nowhere") as answer:
        assert answer.status == 404


async def test_a_redelivery_of_what_is_done_is_acknowledged_only(service: Service, shop: Repository) -> None:
    pull = await opened(service, shop)
    (delivery,) = [one for one in service.sandbox.deliveries if one.event == "pull_request"]
    service.sandbox.requests.clear()
    again = service.sandbox.redeliver(delivery)
    await service.idle()
    assert again.status_code == 202
    assert "done" in again.response_body
    assert not service.sandbox.requests.select("GET", "/repos/*")
    assert_settled(service.sandbox, pull)


async def test_a_redelivery_of_what_failed_is_run_again(service: Service, shop: Repository) -> None:
    shop.unavailable = 404  # a permanent failure: no attempt is left over
    pull = service.sandbox.open_pull_request(shop, head="change")
    await service.idle()
    assert service.sandbox.check_runs(pull) == []
    shop.unavailable = None
    (delivery,) = [one for one in service.sandbox.deliveries if one.event == "pull_request"]
    service.sandbox.redeliver(delivery)
    await service.idle()
    assert_settled(service.sandbox, pull)


async def test_two_hundred_deliveries_with_duplicates_are_answered_in_time_and_handled_once(
    sandbox: Sandbox, settings: Settings, shop: Repository, tmp_path: Path
) -> None:
    alone = settings.model_copy(update={"port": free_port()})
    async with serving(alone, tmp_path / "log") as server, aiohttp.ClientSession() as http:
        service = Service(sandbox, alone, server.address, http)
        sandbox.webhook_url = f"{server.address}/webhook"
        pulls = [sandbox.open_pull_request(shop, head="harmless") for _ in range(4)]
        await service.idle()
        runs = [len(sandbox.check_runs(pull)) for pull in pulls]
        before = requested(service)
        (first, *_) = [one for one in sandbox.deliveries if one.event == "pull_request"]
        burst = []
        for index in range(100):
            guid, payload = str(uuid.uuid4()), first.payload
            about = payload["pull_request"]
            assert isinstance(about, dict)
            burst += [(guid, {**payload, "pull_request": {**about, "number": pulls[index % 4].number}})] * 2
        started = time.perf_counter()
        answers = await asyncio.gather(
            *(service.post("pull_request", payload, guid=guid) for guid, payload in burst)
        )
        seconds = time.perf_counter() - started
        assert [answer.status for answer in answers] == [202] * 200
        assert seconds < 2.0
        await service.idle()
        assert requested(service) == before + 100
        assert [len(sandbox.check_runs(pull)) for pull in pulls] == runs
        sandbox.webhook_url = None


def requested(service: Service) -> int:
    """How often a review was asked for."""
    return int(str(service.ask("SELECT sum(requested) FROM requests WHERE lock LIKE 'pull:%'")[0]))
