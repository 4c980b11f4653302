"""What every API call passes on its way in and out: caller, limits, repository, permission, conditional answers."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto

from aiohttp import web

from sandbox.answers import GitHubError, answer, not_found
from sandbox.authentication import RANKS, Token, check_jwt
from sandbox.fields import Fields, parse_object
from sandbox.hub import Hub
from sandbox.journal import Entry
from sandbox.limiter import Account, exhausted
from sandbox.model import Repository

HUB = web.AppKey("hub", Hub)
ENTRY = web.RequestKey("entry", Entry)
READS = frozenset({"GET", "HEAD", "OPTIONS"})
VERSIONS = ("2022-11-28", "2026-03-10")
MEDIA = "github.v3; format=json"


class Caller(Enum):
    APP = auto()
    INSTALLATION = auto()
    ANYONE = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """One request that was let in."""

    request: web.Request
    hub: Hub
    token: Token | None
    found: Repository | None
    data: bytes

    @property
    def repository(self) -> Repository:
        assert self.found is not None
        return self.found

    @property
    def installation_token(self) -> Token:
        assert self.token is not None
        return self.token

    def fields(self) -> Fields:
        return Fields(parse_object(self.data))

    def number(self, name: str) -> int:
        text = self.request.match_info[name]
        if not (text.isascii() and text.isdigit()):
            raise not_found()
        return int(text)


Handler = Callable[[Call], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """`path` is written as in GitHub's description; `permissions` are alternatives, one of them is enough."""

    method: str
    path: str
    handler: Handler
    permissions: tuple[tuple[str, str], ...] = ()
    caller: Caller = Caller.INSTALLATION
    creates: bool = False
    free: bool = False


def entry_of(request: web.Request) -> Entry:
    return request[ENTRY]


def _check_headers(request: web.Request) -> None:
    if not request.headers.get("User-Agent"):
        message = (
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header"
        )
        raise GitHubError(403, message)
    version = request.headers.get("X-GitHub-Api-Version")
    if version is not None and version not in VERSIONS:
        raise GitHubError(
            400, f'"{version}" is not a supported version. Supported versions: {", ".join(VERSIONS)}.'
        )


def _credentials(request: web.Request) -> str:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() in ("bearer", "token") else ""


def _caller(route: Route, hub: Hub, request: web.Request) -> tuple[Token | None, str]:
    """The token, and the name under which limits are counted."""
    value = _credentials(request)
    if route.caller is Caller.APP:
        check_jwt(value, hub.public_key, hub.state.app, hub.state.settings.clock())
        return None, "app"
    if route.caller is Caller.ANYONE and not value.startswith("ghs_"):
        return None, "app" if value else "anonymous"
    if not value:
        raise GitHubError(401, "Requires authentication")
    token = hub.tokens.find(value)
    if token.installation.suspended_at is not None:
        raise GitHubError(403, "This installation has been suspended")
    return token, f"installation {token.installation.id}"


def _moved(request: web.Request, hub: Hub, repository: Repository, full_name: str) -> GitHubError:
    tail = request.path_qs.split(f"/repos/{full_name}", 1)[1]
    location = f"{hub.state.api_url}/repositories/{repository.id}{tail}"
    status, message = (301, "Moved Permanently") if request.method in READS else (307, "Temporary Redirect")
    return GitHubError(status, message, headers={"Location": location})


def _repository(request: web.Request, hub: Hub) -> Repository | None:
    names = request.match_info
    if "repository_id" in names:
        text = names["repository_id"]
        found = hub.state.repositories.get(int(text)) if text.isascii() and text.isdigit() else None
    elif "owner" in names:
        full_name = f"{names['owner']}/{names['repo']}"
        found = hub.state.repository(full_name)
        moved = hub.state.renamed(full_name) if found is None else None
        if moved is not None:
            raise _moved(request, hub, moved, full_name)
    else:
        return None
    if found is None:
        raise not_found()
    if found.unavailable is not None:
        reason = {410: "Gone", 451: "Repository access blocked"}.get(found.unavailable, "Not Found")
        raise GitHubError(found.unavailable, reason)
    return found


def _check_permission(route: Route, token: Token, repository: Repository | None) -> None:
    public = repository is not None and not repository.private and route.method in READS
    if repository is not None and not token.reaches(repository):
        if public:
            return
        raise not_found()
    if not route.permissions or any(
        RANKS[token.granted(name)] >= RANKS[level] for name, level in route.permissions
    ):
        return
    if public and all(level == "read" for _, level in route.permissions):
        return
    accepted = "; ".join(f"{name}={level}" for name, level in route.permissions)
    headers = {"X-Accepted-GitHub-Permissions": accepted}
    raise GitHubError(403, "Resource not accessible by integration", headers=headers)


def _conditional(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    """An ETag on what was read; 304 when the caller has it already."""
    if request.method != "GET" or response.status != 200 or not isinstance(response, web.Response):
        return response
    body = response.body
    if not isinstance(body, bytes):
        return response
    tag = f'W/"{hashlib.sha256(body + request.headers.get("Accept", "").encode()).hexdigest()}"'
    known = [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]
    if tag in known or tag.removeprefix("W/") in known:
        response = web.Response(status=304)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=60, s-maxage=60"
    response.headers["Vary"] = "Accept, Authorization"
    return response


class Endpoint:
    """A route with everything around its handler."""

    def __init__(self, hub: Hub, route: Route) -> None:
        self._hub = hub
        self._route = route

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        entry = entry_of(request)
        try:
            _check_headers(request)
            token, who = _caller(self._route, self._hub, request)
        except GitHubError as error:
            return error.answer()
        entry.caller = who
        return await self._limited(request, entry, token, self._hub.limiter.account(who))

    async def _limited(
        self, request: web.Request, entry: Entry, token: Token | None, account: Account
    ) -> web.StreamResponse:
        resource = "graphql" if request.path.endswith("/graphql") else "core"
        bucket = account.buckets[resource]
        entry.resource, entry.creates_content = resource, self._route.creates
        entry.secondary_points = self._points(request, entry.request)
        if not self._route.free:
            refusal = self._refusal(account, entry)
            if refusal is not None:
                refusal.headers.update(bucket.headers(resource))
                return refusal
        with account.at_once():
            response = _conditional(request, await self._answer(request, token))
        if not self._route.free and response.status != 304:
            entry.points = 1
            bucket.used += 1
        response.headers.update(bucket.headers(resource))
        return response

    def _refusal(self, account: Account, entry: Entry) -> web.Response | None:
        """What is refused for a limit costs nothing more."""
        now = self._hub.state.settings.clock()
        try:
            account.admit(entry.resource, entry.secondary_points, now, creates=entry.creates_content)
        except GitHubError as error:
            return error.answer()
        bucket = account.buckets[entry.resource]
        return exhausted(bucket, entry.resource, entry.caller) if bucket.remaining == 0 else None

    def _points(self, request: web.Request, data: bytes) -> int:
        if self._route.free:
            return 0
        if request.path.endswith("/graphql"):
            return 5 if b"mutation" in data[:2000] else 1
        return 1 if request.method in READS else 5

    async def _answer(self, request: web.Request, token: Token | None) -> web.StreamResponse:
        try:
            repository = _repository(request, self._hub)
            if token is not None and self._route.caller is Caller.INSTALLATION:
                _check_permission(self._route, token, repository)
            return await self._route.handler(
                Call(request, self._hub, token, repository, entry_of(request).request)
            )
        except GitHubError as error:
            return error.answer()


async def unknown(_: web.Request) -> web.StreamResponse:
    return answer(
        {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}, 404
    )
