"""Who may call what: the JWT's rules, tokens and their scope."""

import re
import time

import jwt
import pytest

from sandbox.authentication import new_key
from sandbox.model import PullRequest, Repository
from sandbox.sandbox import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.conftest import Shas
from tests.sandbox.trees import Trees

NOW = int(time.time())
DECODE = "A JSON web token could not be decoded"
EXPIRED = "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
FAR = "'Expiration time' claim ('exp') is too far in the future"
ISSUED = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        ({"exp": NOW - 10}, EXPIRED),
        ({"exp": None}, EXPIRED),
        ({"exp": NOW + 3_600}, FAR),
        ({"iat": NOW + 86_400}, ISSUED),
        ({"iat": None}, ISSUED),
        ({"iss": "12"}, "'Issuer' claim ('iss') must be an Integer"),
    ],
)
async def test_a_bad_jwt_is_refused_in_github_s_words(
    caller: Caller, claims: dict[str, object], message: str
) -> None:
    got = await caller.send("GET", "/app", token=caller.jwt(**claims))
    assert (got.status, got.json["message"]) == (401, message)


async def test_a_jwt_signed_by_another_key_is_refused(sandbox: Sandbox, caller: Caller) -> None:
    claims = {"iat": NOW, "exp": NOW + 300, "iss": str(sandbox.app_id)}
    pem, _ = new_key()
    forged = [
        jwt.encode(claims, pem, algorithm="RS256"),
        jwt.encode(claims, "s" * 32, algorithm="HS256"),
        "ghs_x",
        "",
    ]
    for token in forged:
        got = await caller.send("GET", "/app", token=token)
        assert (got.status, got.json["message"]) == (401, DECODE)


async def test_the_app_sees_itself_and_its_installations(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    app = await caller.as_app("GET", "/app")
    assert (app.json["id"], app.json["permissions"]["checks"]) == (sandbox.app_id, "write")
    assert "pull_request" in app.json["events"]
    listed = await caller.as_app("GET", "/app/installations")
    one = await caller.as_app("GET", f"/repos/{repository.full_name}/installation")
    assert [one["account"]["login"] for one in listed.json] == ["acme"]
    assert one.json["id"] == listed.json[0]["id"]


async def test_a_token_has_the_long_form_unless_asked_otherwise(
    caller: Caller, repository: Repository
) -> None:
    installation = caller.sandbox.installation(repository).id
    path = f"/app/installations/{installation}/access_tokens"
    long = (await caller.as_app("POST", path)).json["token"]
    header = {"X-GitHub-Stateless-S2S-Token": "disabled"}
    short = (await caller.as_app("POST", path, headers=header)).json["token"]
    assert re.fullmatch(r"ghs_\d+_[A-Za-z0-9._-]{480,}", long)
    assert long.count(".") == 2
    assert "-" in long
    assert re.fullmatch(r"ghs_[A-Za-z0-9]{36}", short)


async def test_a_token_reaches_only_its_repositories(
    sandbox: Sandbox, caller: Caller, repository: Repository, trees: Trees
) -> None:
    other = sandbox.add_repository("acme/other", trees.path)
    token = await caller.token(repository, repository_ids=[repository.id])
    listed = await caller.send("GET", "/installation/repositories", token=token)
    assert [one["name"] for one in listed.json["repositories"]] == ["shop"]
    assert (await caller.send("GET", f"/repos/{repository.full_name}/pulls", token=token)).status == 200
    assert (await caller.send("GET", f"/repos/{other.full_name}/pulls", token=token)).status == 404
    by_name = await caller.token(repository, repositories=["other"])
    assert (await caller.send("GET", f"/repos/{other.full_name}/pulls", token=by_name)).status == 200


async def test_a_token_has_only_its_permissions(caller: Caller, repository: Repository, shas: Shas) -> None:
    token = await caller.token(repository, permissions={"contents": "read"})
    path = f"/repos/{repository.full_name}"
    assert (await caller.send("GET", f"{path}/git/trees/{shas.head}", token=token)).status == 200
    refused = await caller.send(
        "POST", f"{path}/check-runs", token=token, json={"name": "x", "head_sha": shas.head}
    )
    assert (refused.status, refused.json["message"]) == (403, "Resource not accessible by integration")
    assert refused.headers["X-Accepted-GitHub-Permissions"] == "checks=write"


async def test_more_than_the_grant_cannot_be_asked_for(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    path = f"/app/installations/{sandbox.installation(repository).id}/access_tokens"
    for body in (
        {"permissions": {"contents": "write"}},
        {"repository_ids": [1]},
        {"repositories": ["nothing"]},
    ):
        assert (await caller.as_app("POST", path, json=body)).status == 422


async def test_an_expired_token_is_bad_credentials(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    token = await caller.token(repository)
    sandbox.expire_tokens()
    got = await caller.send("GET", f"/repos/{repository.full_name}/pulls", token=token)
    assert (got.status, got.json["message"]) == (401, "Bad credentials")
    assert (await caller.send("GET", f"/repos/{repository.full_name}/pulls")).status == 401


async def test_a_suspended_installation_gets_no_token(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    token = await caller.token(repository)
    installation = sandbox.installation(repository)
    sandbox.suspend(installation)
    path = f"/app/installations/{installation.id}/access_tokens"
    assert (await caller.as_app("POST", path)).status == 403
    assert (await caller.send("GET", f"/repos/{repository.full_name}/pulls", token=token)).status == 403
    sandbox.unsuspend(installation)
    assert (await caller.as_app("POST", path)).status == 201
    sandbox.uninstall(installation)
    assert (await caller.as_app("POST", path)).status == 404
    assert (await caller.send("GET", f"/repos/{repository.full_name}/pulls", token=token)).status == 401


async def test_a_renamed_repository_redirects(
    sandbox: Sandbox, caller: Caller, repository: Repository, pull: PullRequest, shas: Shas
) -> None:
    token = await caller.token(repository)
    sandbox.rename(repository, "store")
    read = await caller.send("GET", f"/repos/acme/shop/pulls/{pull.number}", token=token)
    assert read.status == 301
    assert (await caller.send("GET", read.headers["Location"], token=token)).json["number"] == pull.number
    body = {"name": "x", "head_sha": shas.head}
    written = await caller.send("POST", "/repos/acme/shop/check-runs", token=token, json=body)
    assert written.status == 307
    assert (await caller.send("POST", written.headers["Location"], token=token, json=body)).status == 201


@pytest.mark.parametrize("status", [404, 410, 451])
async def test_a_repository_can_be_gone(caller: Caller, repository: Repository, status: int) -> None:
    repository.unavailable = status
    assert (await caller.call(repository, "GET", "/pulls")).status == status


async def test_a_public_repository_is_readable_without_its_own_grant(
    sandbox: Sandbox, caller: Caller, repository: Repository, trees: Trees
) -> None:
    public = sandbox.add_repository("elsewhere/public", trees.path, private=False, install=False)
    token = await caller.token(repository)
    assert (await caller.send("GET", f"/repos/{public.full_name}/pulls", token=token)).status == 200
    body = {"body": "hello"}
    refused = await caller.send(
        "POST", f"/repos/{public.full_name}/issues/1/comments", token=token, json=body
    )
    assert refused.status == 404


async def test_a_manifest_code_works_once(sandbox: Sandbox, caller: Caller) -> None:
    path = f"/app-manifests/{sandbox.manifest_code()}/conversions"
    made = await caller.send("POST", path)
    assert (made.status, made.json["pem"], made.json["webhook_secret"]) == (
        201,
        sandbox.private_key,
        sandbox.webhook_secret,
    )
    assert (await caller.send("POST", path)).status == 404


async def test_enterprise_addresses_are_served_too(
    sandbox: Sandbox, caller: Caller, repository: Repository
) -> None:
    token = await caller.token(repository)
    got = await caller.send(
        "GET", f"{sandbox.html_url}/api/v3/repos/{repository.full_name}/pulls", token=token
    )
    assert got.status == 200
    query = {"query": "{ viewer { login } }"}
    asked = await caller.send("POST", f"{sandbox.html_url}/api/graphql", token=token, json=query)
    assert asked.json == {"data": {"viewer": {"login": "gonogo[bot]"}}}


async def test_headers_that_github_insists_on(caller: Caller, repository: Repository) -> None:
    anonymous = await caller.as_app("GET", "/app", headers={"User-Agent": ""})
    assert (anonymous.status, "User-Agent" in anonymous.json["message"]) == (403, True)
    for version, status in (("2022-11-28", 200), ("2026-03-10", 200), ("1999-01-01", 400)):
        got = await caller.as_app("GET", "/app", headers={"X-GitHub-Api-Version": version})
        assert got.status == status
