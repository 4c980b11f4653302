"""Whatever happens, no secret, token or content gets into the log."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.log import configure_logs
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.service import Commits, Service
from tests.bot.test_reviews import opened

CONTENT = "the-colour-of-the-vault-door"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, down to the libraries' details."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    configure_logs("debug", "json", stream)
    yield stream
    root.handlers, root.level = before
    configure_logs("info", "json", stream)
    root.handlers, root.level = before


async def test_the_log_of_good_and_bad_times_holds_no_secret_and_no_content(
    log: io.StringIO, service: Service, sandbox: Sandbox, commits: Commits, shop: Repository
) -> None:
    pull = await opened(service, shop)
    base = commits.trees.commit({"README.md": CONTENT, ".github/gonogo.yml": f"{CONTENT}: ["})
    head = commits.trees.commit({"README.md": f"{CONTENT} `{CONTENT}.md`", "a.py": "("}, parents=[base])
    sandbox.fault(method="GET", path="*/compare/*", status=422, body={"message": "refused"})
    sandbox.fault(method="GET", path="*/git/trees/*", status=502)
    sandbox.fault(method="POST", path="*/check-runs", drop="after")
    sandbox.expire_tokens()
    sandbox.from_repository(commits.path, base, head)
    sandbox.comment(pull, f"/gonogo help {CONTENT}", user="owner")
    await service.post("pull_request", {"action": "opened", "pull_request": CONTENT})
    await service.send(CONTENT.encode(), service.headers(CONTENT.encode(), "ping"))
    await service.idle()
    text = log.getvalue()
    assert '"event": "review"' in text
    assert '"event": "job failed"' in text
    tokens = {
        entry.answer_json["token"]
        for entry in sandbox.requests.select("POST", "/app/installations/*/access_tokens")
        if entry.answer_json
    }
    assert tokens
    for secret in (*tokens, sandbox.webhook_secret, sandbox.private_key.splitlines()[1], CONTENT):
        assert secret not in text
    assert "Bearer" not in text
    assert "sha256=" not in text


async def test_a_review_is_one_line_with_what_an_operator_wants_to_know(
    log: io.StringIO, service: Service, shop: Repository
) -> None:
    pull = await opened(service, shop)
    (line,) = [one for one in log.getvalue().splitlines() if '"event": "review"' in one]
    for name in ("installation", "repository", "number", "head", "base", "new", "resolved", "existing"):
        assert f'"{name}"' in line
    for name in ("seconds", "facts_cached", "facts_extracted", "api_calls", "api_writes", "attempt"):
        assert f'"{name}"' in line
    assert pull.head_sha in line


async def test_a_failure_in_full_is_only_for_who_asks_for_it(
    log: io.StringIO, service: Service, sandbox: Sandbox, shop: Repository
) -> None:
    """At debug the error's own words; the line that every level has tells none of them."""
    sandbox.fault(method="GET", path="*/compare/*", status=422, body={"message": "refused as usual"})
    await opened(service, shop)
    lines = [line for line in log.getvalue().splitlines() if '"job failed' in line]
    assert ["in full" in line for line in lines] == [False, True]
    assert "Traceback" in lines[1]
    assert "Traceback" not in lines[0]
    assert '"level": "debug"' in lines[1]
