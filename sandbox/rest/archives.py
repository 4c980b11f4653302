"""The tarball: a redirect to another host with a link that lives for minutes."""

import asyncio
import secrets

from aiohttp import web

from sandbox.answers import not_found
from sandbox.archive import SHORT, tarball
from sandbox.gate import HUB, Call, Route, entry_of

CODELOAD = "/_codeload/{owner}/{repo}/legacy.tar.gz/{sha}"


class ArchiveLinks:
    """Which link leads to which commit, and until when."""

    def __init__(self) -> None:
        self._links: dict[str, tuple[int, str, float]] = {}

    def add(self, repository: int, sha: str, until: float) -> str:
        value = secrets.token_urlsafe(24)
        self._links[value] = (repository, sha, until)
        return value

    def find(self, value: str, sha: str, now: float) -> int | None:
        repository, known, until = self._links.get(value, (0, "", 0.0))
        return repository if known == sha and until > now else None


LINKS = web.AppKey("links", ArchiveLinks)


async def redirect(call: Call) -> web.StreamResponse:
    state, repository = call.hub.state, call.repository
    sha = repository.git.resolve(call.request.match_info["ref"] or repository.default_branch)
    if sha is None:
        raise not_found()
    until = state.settings.clock() + state.settings.archive_link_seconds
    link = call.request.app[LINKS].add(repository.id, sha, until)
    path = CODELOAD.format(owner=repository.owner.login, repo=repository.name, sha=sha)
    return web.Response(status=302, headers={"Location": f"{state.codeload_url}{path}?token={link}"})


async def download(request: web.Request) -> web.StreamResponse:
    hub = request.app[HUB]
    entry_of(request).resource = "codeload"
    sha = request.match_info["sha"]
    found = request.app[LINKS].find(request.query.get("token", ""), sha, hub.state.settings.clock())
    repository = hub.state.repositories.get(found or 0)
    commit = None if repository is None else repository.git.commit(sha)
    if repository is None or commit is None:
        return web.Response(status=404, text="404: Not Found")
    prefix = f"{repository.owner.login}-{repository.name}-{sha[:SHORT]}"
    data = await asyncio.to_thread(tarball, repository.git.repository, commit, prefix)
    headers = {"Content-Disposition": f"attachment; filename={prefix}.tar.gz"}
    return web.Response(body=data, content_type="application/x-gzip", headers=headers)


ROUTES = (Route("GET", "/repos/{owner}/{repo}/tarball/{ref:.*}", redirect, (("contents", "read"),)),)
