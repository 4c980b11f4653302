"""The app and its installations: what the JWT is for."""

import secrets
from collections.abc import Mapping

from aiohttp import web

from sandbox.answers import GitHubError, answer, malformed, not_found, page_of
from sandbox.authentication import RANKS, expiry
from sandbox.fields import Fields
from sandbox.gate import Call, Caller, Route
from sandbox.limiter import Bucket
from sandbox.model import Installation, Payload, Repository
from sandbox.shapes.accounts import app as app_shape
from sandbox.shapes.accounts import installation as installation_shape
from sandbox.shapes.repositories import repository as repository_shape

MOST_REPOSITORIES = 500


async def get_app(call: Call) -> web.StreamResponse:
    state = call.hub.state
    return answer({**app_shape(state, state.app), "installations_count": len(state.installations)})


async def installations(call: Call) -> web.StreamResponse:
    page, headers = page_of(call.request, list(call.hub.state.installations.values()))
    return answer([installation_shape(call.hub.state, one) for one in page], headers=headers)


def _find(call: Call) -> Installation:
    found = call.hub.state.installations.get(call.number("installation_id"))
    if found is None:
        raise not_found()
    return found


async def get_installation(call: Call) -> web.StreamResponse:
    return answer(installation_shape(call.hub.state, _find(call)))


async def of_repository(call: Call) -> web.StreamResponse:
    found = call.hub.state.installation_of(call.repository)
    if found is None:
        raise not_found()
    return answer(installation_shape(call.hub.state, found))


def _names(fields: Fields, key: str, kind: type) -> list[object] | None:
    values = fields.values.get(key)
    if values is None:
        return None
    if not isinstance(values, list) or not all(isinstance(value, kind) for value in values):
        raise malformed(f"For 'properties/{key}', {values!r} is not an array.")
    if len(values) > MOST_REPOSITORIES:
        raise malformed(f"No more than {MOST_REPOSITORIES} items are allowed; {len(values)} were supplied.")
    return values


def _chosen(fields: Fields, installation: Installation) -> Mapping[int, Repository] | None:
    ids, names = _names(fields, "repository_ids", int), _names(fields, "repositories", str)
    if ids is None and names is None:
        return None
    chosen = {
        one.id: one
        for one in installation.repositories.values()
        if one.id in (ids or ()) or one.name in (names or ())
    }
    if len(chosen) < len(set(ids or ()) | set(names or ())):
        message = "There is at least one repository that does not exist or is not accessible to the parent installation."
        raise GitHubError(422, message)
    return chosen


def _granted(fields: Fields, installation: Installation) -> Mapping[str, str]:
    asked = fields.inner("permissions")
    if asked is None:
        return dict(installation.permissions)
    granted: dict[str, str] = {}
    for name in asked.values:
        level = asked.choice(name, ("read", "write", "admin")) or "read"
        if RANKS[installation.permissions.get(name, "none")] < RANKS[level]:
            raise GitHubError(422, "The permissions requested are not granted to this installation.")
        granted[name] = level
    if granted:
        granted.setdefault("metadata", "read")
    return granted


async def access_token(call: Call) -> web.StreamResponse:
    installation, fields = _find(call), call.fields()
    if installation.suspended_at is not None:
        raise GitHubError(403, "This installation has been suspended")
    fields.only(("repositories", "repository_ids", "permissions"))
    repositories, permissions = _chosen(fields, installation), _granted(fields, installation)
    wish = call.request.headers.get("X-GitHub-Stateless-S2S-Token")
    stateless = {"enabled": True, "disabled": False}.get(wish or "")
    token = call.hub.tokens.issue(installation, repositories, permissions, stateless=stateless)
    body: Payload = {
        "token": token.value,
        "expires_at": expiry(token),
        "permissions": dict(permissions),
        "repository_selection": installation.selection if repositories is None else "selected",
    }
    if repositories is not None:
        body["repositories"] = [repository_shape(call.hub.state, one) for one in repositories.values()]
    return answer(body, 201)


async def repositories(call: Call) -> web.StreamResponse:
    token = call.installation_token
    mine = [one for one in token.installation.repositories.values() if token.reaches(one)]
    page, headers = page_of(call.request, mine)
    body = {
        "total_count": len(mine),
        "repositories": [repository_shape(call.hub.state, one) for one in page],
        "repository_selection": token.installation.selection,
    }
    return answer(body, headers=headers)


def _bucket(bucket: Bucket) -> Payload:
    return {
        "limit": bucket.limit,
        "used": bucket.used,
        "remaining": bucket.remaining,
        "reset": int(bucket.reset),
    }


async def rate_limit(call: Call) -> web.StreamResponse:
    who = "anonymous" if call.token is None else f"installation {call.token.installation.id}"
    buckets = call.hub.limiter.account(who).buckets
    for bucket in buckets.values():
        bucket.turn(call.hub.state.settings.clock())
    shown = {name: _bucket(bucket) for name, bucket in buckets.items()}
    search = {"limit": 30, "used": 0, "remaining": 30, "reset": shown["core"]["reset"]}
    return answer({"resources": {**shown, "search": search}, "rate": shown["core"]})


async def convert_manifest(call: Call) -> web.StreamResponse:
    """The last step of setting up an app by its manifest; a code works once, within the hour."""
    state = call.hub.state
    if not call.hub.manifests.redeem(call.request.match_info["code"], state.settings.clock()):
        raise not_found()
    body = {
        **app_shape(state, state.app),
        "client_id": f"Iv23li{state.app.id:014d}",
        "client_secret": secrets.token_hex(20),
        "webhook_secret": call.hub.webhook_secret,
        "pem": call.hub.private_key,
    }
    return answer(body, 201)


ROUTES = (
    Route("GET", "/app", get_app, caller=Caller.APP),
    Route("GET", "/app/installations", installations, caller=Caller.APP),
    Route("GET", "/app/installations/{installation_id}", get_installation, caller=Caller.APP),
    Route("POST", "/app/installations/{installation_id}/access_tokens", access_token, caller=Caller.APP),
    Route("POST", "/app-manifests/{code}/conversions", convert_manifest, caller=Caller.ANYONE),
    Route("GET", "/repos/{owner}/{repo}/installation", of_repository, caller=Caller.APP),
    Route("GET", "/installation/repositories", repositories, (("metadata", "read"),)),
    Route("GET", "/rate_limit", rate_limit, caller=Caller.ANYONE, free=True),
)
