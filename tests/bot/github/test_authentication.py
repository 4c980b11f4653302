"""Who we are: JWTs and installation tokens, against GitHub's real checks."""

import asyncio
import logging
import traceback
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.github.authentication import AppKey, Grant, Token
from bot.github.errors import GitHubError, NotFound, Suspended, Unauthenticated, Uninstalled
from bot.github.github import GitHub
from bot.github.models import Repository
from bot.github.options import Options
from bot.github.repository import OPTIONAL_PERMISSIONS, REVIEW_PERMISSIONS, RepositoryCalls
from sandbox import model
from sandbox.actions import installations
from sandbox.sandbox import Sandbox
from sandbox.settings import Settings

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
MINTED = "/app/installations/*/access_tokens"


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def minted(sandbox: Sandbox) -> int:
    return len(sandbox.requests.select("POST", MINTED))


def test_a_jwt_is_backdated_and_short_lived() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoded = AppKey(17, pem(key)).sign(NOW)
    claims = jwt.decode(
        encoded, key.public_key(), algorithms=["RS256"], options={"verify_exp": False, "verify_iat": False}
    )
    moment = int(NOW.timestamp())
    assert claims == {"iat": moment - 60, "exp": moment + 540, "iss": "17"}


@pytest.mark.parametrize(
    "text", ["", "no key", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"]
)
def test_what_is_no_key_is_said_at_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="not an unencrypted PEM key") as caught:
        AppKey(1, text)
    assert text == "" or text not in str(caught.value)


def test_another_kind_of_key_is_refused() -> None:
    with pytest.raises(ValueError, match="not an RSA key"):
        AppKey(1, pem(ec.generate_private_key(ec.SECP256R1())))


def test_secrets_are_not_shown() -> None:
    text = pem(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    assert text[100:140] not in repr(AppKey(1, text))
    assert "ghs_secret" not in repr(Token("ghs_secret", NOW, {}))


def test_a_token_is_old_five_minutes_before_its_end() -> None:
    token = Token("ghs_x", NOW + timedelta(hours=1), {})
    assert token.usable(NOW + timedelta(minutes=54))
    assert not token.usable(NOW + timedelta(minutes=55))


def test_a_grant_shrinks_to_what_the_owner_agreed_to() -> None:
    grant = Grant(1, (7,), (("checks", "write"), ("contents", "read"), ("pull_requests", "write")))
    smaller = grant.within({"contents": "write", "pull_requests": "read", "checks": "odd"})
    assert dict(smaller.permissions) == {"checks": "odd", "contents": "read", "pull_requests": "read"}
    assert smaller.repositories == (7,)


async def test_a_token_reaches_one_repository_and_what_a_review_needs(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    await calls.pulls.list_open()
    [request] = sandbox.requests.select("POST", MINTED)
    wanted = dict(REVIEW_PERMISSIONS + OPTIONAL_PERMISSIONS)
    assert request.request_json == {"repository_ids": [stored.id], "permissions": wanted}
    assert await calls.granted() == {**wanted, "metadata": "read"}


async def test_one_token_serves_all_who_ask_at_once(
    sandbox: Sandbox, github: GitHub, installation: int, repository: Repository
) -> None:
    fault = sandbox.fault(method="POST", path=MINTED, hold=True)
    tasks = [
        asyncio.create_task(github.repository(installation, repository).pulls.list_open()) for _ in range(8)
    ]
    await fault.reached.wait()
    fault.release()
    await asyncio.gather(*tasks)
    assert minted(sandbox) == 1


async def test_the_one_who_asked_first_may_leave(
    sandbox: Sandbox, github: GitHub, installation: int, repository: Repository
) -> None:
    fault = sandbox.fault(method="POST", path=MINTED, hold=True)
    first = asyncio.create_task(github.repository(installation, repository).pulls.list_open())
    await fault.reached.wait()
    second = asyncio.create_task(github.repository(installation, repository).pulls.list_open())
    first.cancel()
    fault.release()
    assert await second == ()


async def test_an_expired_token_is_replaced_once_in_the_middle_of_a_job(
    sandbox: Sandbox, calls: RepositoryCalls, pull: model.PullRequest
) -> None:
    await calls.pulls.get(pull.number)
    sandbox.expire_tokens()
    comment = await calls.comments.create(pull.number, "after the hour")
    assert comment.body == "after the hour"
    assert minted(sandbox) == 2
    assert len(sandbox.comments(pull)) == 1


async def test_all_who_hold_an_expired_token_share_the_next(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    await calls.pulls.list_open()
    sandbox.expire_tokens()
    await asyncio.gather(*(calls.pulls.list_open() for _ in range(5)))
    assert minted(sandbox) == 2


async def test_an_installation_that_goes_while_we_ask_what_it_grants(
    sandbox: Sandbox, calls: RepositoryCalls
) -> None:
    sandbox.fault(method="POST", path=MINTED, status=422)
    sandbox.fault(method="GET", path="/app/installations/*", status=404)
    with pytest.raises(Uninstalled):
        await calls.pulls.list_open()


async def test_a_token_that_is_refused_twice_is_an_error(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    sandbox.fault(path="/repos/acme/shop/pulls", status=401, times=2, body={"message": "Bad credentials"})
    with pytest.raises(Unauthenticated):
        await calls.pulls.list_open()
    assert minted(sandbox) == 2


@pytest.mark.parametrize("settings", [Settings(token_seconds=290)])
async def test_a_token_near_its_end_is_not_used(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    """Tokens that live less than five minutes are old when they come: each call makes its own."""
    await calls.pulls.list_open()
    await calls.pulls.list_open()
    assert minted(sandbox) == 2


async def test_both_forms_of_tokens_are_taken_as_they_are(sandbox: Sandbox, calls: RepositoryCalls) -> None:
    await calls.pulls.list_open()
    long = sandbox.requests.select("GET", "/repos/acme/shop/pulls")[0].headers["Authorization"]
    assert len(long) > 400
    assert long.count(".") == 2


async def test_a_permission_not_yet_accepted_costs_only_what_needs_it(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository, pull: model.PullRequest
) -> None:
    sandbox.installation(stored).permissions = {
        "contents": "read",
        "metadata": "read",
        "pull_requests": "read",
    }
    assert [one.number for one in await calls.pulls.list_open()] == [pull.number]
    assert await calls.granted() == {"contents": "read", "metadata": "read", "pull_requests": "read"}
    assert minted(sandbox) == 2


async def test_new_permissions_count_after_they_were_accepted(
    sandbox: Sandbox, github: GitHub, calls: RepositoryCalls, stored: model.Repository, installation: int
) -> None:
    sandbox.installation(stored).permissions = {"contents": "read", "metadata": "read"}
    assert "checks" not in await calls.granted()
    installations.accept(sandbox.hub, sandbox.installation(stored), stored.owner)
    github.forget(installation)
    assert (await calls.granted())["checks"] == "write"


async def test_a_repository_taken_from_the_installation_is_not_found(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    installations.remove_repository(sandbox.hub, sandbox.installation(stored), stored, stored.owner)
    with pytest.raises(NotFound, match="not accessible to the parent installation"):
        await calls.pulls.list_open()


async def test_an_uninstalled_app_is_told_apart(
    sandbox: Sandbox, calls: RepositoryCalls, stored: model.Repository
) -> None:
    await calls.pulls.list_open()
    installations.uninstall(sandbox.hub, sandbox.installation(stored), stored.owner)
    with pytest.raises(Uninstalled):
        await calls.pulls.list_open()


async def test_a_suspended_installation_is_told_apart(
    sandbox: Sandbox, github: GitHub, calls: RepositoryCalls, stored: model.Repository, installation: int
) -> None:
    await calls.pulls.list_open()
    installations.suspend(sandbox.hub, sandbox.installation(stored), stored.owner)
    with pytest.raises(Suspended):
        await calls.pulls.list_open()
    github.forget(installation)
    with pytest.raises(Suspended):
        await calls.pulls.list_open()
    installations.unsuspend(sandbox.hub, sandbox.installation(stored), stored.owner)
    assert await calls.pulls.list_open() == ()


@pytest.mark.parametrize("settings", [Settings(clock=lambda: datetime.now(UTC).timestamp() - 1200)])
async def test_a_clock_that_is_ahead_is_said(sandbox: Sandbox, github: GitHub) -> None:
    """GitHub refuses a JWT that ends more than ten minutes from its now; its Date says by how much we are wrong."""
    date = (datetime.now(UTC) - timedelta(minutes=20)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    sandbox.fault(path="/app", status=401, headers={"Date": date}, body={"message": "'exp' too far"})
    with pytest.raises(Unauthenticated) as caught:
        await github.app.app()
    assert caught.value.skew is not None
    assert timedelta(minutes=19) < caught.value.skew < timedelta(minutes=21)
    with pytest.raises(Unauthenticated):
        await github.app.app()


async def test_another_app_s_key_is_refused(sandbox: Sandbox, options: Options) -> None:
    key = AppKey(sandbox.app_id, pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)))
    async with GitHub.connect(key, options) as github:
        with pytest.raises(Unauthenticated):
            await github.app.app()


async def test_no_token_is_ever_told(
    sandbox: Sandbox,
    calls: RepositoryCalls,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not in an error, not in a log, not on a terminal, however the calls end."""
    caplog.set_level(logging.DEBUG)
    sandbox.fault(path="/repos/acme/shop/pulls", status=502, times=2)
    await calls.pulls.list_open()
    told = []
    for status in (403, 404, 422, 500):
        sandbox.fault(path="/repos/acme/shop/pulls", status=status)
        with pytest.raises(GitHubError) as caught:
            await calls.pulls.list_open()
        told += traceback.format_exception(caught.value)
    printed = capsys.readouterr()
    [header] = {entry.headers["Authorization"] for entry in sandbox.requests.select("GET", "/repos/*/pulls")}
    token = header.removeprefix("Bearer ")
    assert token not in "".join([*told, caplog.text, printed.out, printed.err])
