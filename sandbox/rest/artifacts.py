"""What workflow runs left: the list, and a redirect to another host with a link that lives for a minute."""

from aiohttp import web

from sandbox.answers import answer, not_found, page_of
from sandbox.gate import HUB, Call, Route, entry_of
from sandbox.model import Artifact
from sandbox.rest.archives import ArchiveLinks
from sandbox.shapes.artifacts import artifact

READ = (("actions", "read"),)
PATH = "/repos/{owner}/{repo}/actions/artifacts"
STORED = "/_codeload/artifacts/{artifact}"
LINKS = web.AppKey("artifact_links", ArchiveLinks)


async def list_artifacts(call: Call) -> web.StreamResponse:
    name = call.request.query.get("name")
    found = [one for one in call.hub.state.artifacts_of(call.repository) if name in (None, one.name)]
    page, headers = page_of(call.request, found)
    shown = [artifact(call.hub.state, one) for one in page]
    return answer({"total_count": len(found), "artifacts": shown}, headers=headers)


async def redirect(call: Call) -> web.StreamResponse:
    state, found = call.hub.state, _found(call)
    if call.request.match_info["archive_format"] != "zip":
        raise not_found()
    if found.expired:
        return answer({"message": "Artifact has expired", "documentation_url": "", "status": "410"}, 410)
    until = state.settings.clock() + state.settings.artifact_link_seconds
    link = call.request.app[LINKS].add(found.id, str(found.id), until)
    path = STORED.format(artifact=found.id)
    return web.Response(status=302, headers={"Location": f"{state.codeload_url}{path}?sig={link}"})


def _found(call: Call) -> Artifact:
    found = call.hub.state.artifacts.get(call.number("artifact_id"))
    if found is None or found.repository is not call.repository:
        raise not_found()
    return found


async def stored(request: web.Request) -> web.StreamResponse:
    hub = request.app[HUB]
    entry_of(request).resource = "codeload"
    number = request.match_info["artifact"]
    known = request.app[LINKS].find(request.query.get("sig", ""), number, hub.state.settings.clock())
    found = hub.state.artifacts.get(known or 0)
    if found is None:
        return web.Response(status=403, text="Signature not valid in the specified time frame")
    return web.Response(body=found.archive, content_type="application/zip")


ROUTES = (
    Route("GET", PATH, list_artifacts, READ),
    Route("GET", f"{PATH}/{{artifact_id}}/{{archive_format}}", redirect, READ),
)
