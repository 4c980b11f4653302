"""The outermost middleware: logs every API request and its answer, and lets faults happen."""

import asyncio
import json
import uuid

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.answers import answer
from sandbox.faults import Fault
from sandbox.gate import ENTRY, HUB, MEDIA
from sandbox.hub import Hub
from sandbox.journal import KEPT_BODY, Entry

PREFIXES = ("/api/v3", "/api")
API_MODULES = ("sandbox.gate", "sandbox.rest.archives", "sandbox.rest.artifacts")


def api_path(path: str) -> str:
    """Without the prefix of GitHub Enterprise Server."""
    for prefix in PREFIXES:
        if path.startswith(f"{prefix}/"):
            return path.removeprefix(prefix)
    return path


def is_api(request: web.Request) -> bool:
    """Calls of the API (unknown ones too) and archives; not the page and the control surface."""
    return request.match_info.handler.__module__ in API_MODULES


def _template(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    if resource is None:
        return None
    template = api_path(resource.canonical)
    return template.replace("/repositories/{repository_id}", "/repos/{owner}/{repo}")


def _begin(hub: Hub, request: web.Request, data: bytes) -> Entry:
    entry = Entry(
        id=hub.journal.next_id(),
        at=hub.state.now(),
        method=request.method,
        path=api_path(request.path),
        query=dict(request.query),
        headers=dict(request.headers),
        template=_template(request),
        request=data,
    )
    hub.journal.begin(entry)
    request[ENTRY] = entry
    return entry


def _cut(request: web.Request) -> web.StreamResponse:
    """Close the connection; what is returned no longer reaches anybody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _truncated(request: web.Request, response: web.StreamResponse, kept: int) -> web.StreamResponse:
    body = response.body if isinstance(response, web.Response) else b""
    data = body if isinstance(body, bytes) else b""
    part = web.StreamResponse(status=response.status, headers=response.headers)
    part.content_length = len(data)
    await part.prepare(request)
    await part.write(data[:kept])
    await asyncio.sleep(0)
    if request.transport is not None:
        request.transport.close()
    return part


def _forced(fault: Fault) -> web.Response:
    assert fault.status is not None
    if isinstance(fault.body, str):
        return web.Response(text=fault.body, status=fault.status, headers=fault.headers)
    body = {"message": "Fault on demand"} if fault.body is None else fault.body
    return answer(body, fault.status, fault.headers)


async def _with_fault(request: web.Request, handler: Handler, fault: Fault) -> web.StreamResponse:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.hold:
        await fault.released.wait()
    if fault.drop == "before":
        return _cut(request)
    if fault.status is not None:
        return _forced(fault)
    response = await handler(request)
    if fault.drop == "after":
        return _cut(request)
    if fault.truncate is not None:
        return await _truncated(request, response, fault.truncate)
    return response


def _finish(entry: Entry, response: web.StreamResponse) -> None:
    entry.status = response.status
    entry.answer_headers = dict(response.headers)
    body = response.body if isinstance(response, web.Response) else None
    if isinstance(body, bytes) and len(body) <= KEPT_BODY:
        entry.answer = body


@web.middleware
async def recorded(request: web.Request, handler: Handler) -> web.StreamResponse:
    if not is_api(request):
        return await handler(request)
    hub = request.app[HUB]
    entry = _begin(hub, request, await request.read())
    fault = hub.faults.take(entry.method, entry.path)
    try:
        if fault is None:
            response = await handler(request)
        else:
            entry.fault = fault.id
            response = await _with_fault(request, handler, fault)
        if not response.prepared:
            response.headers.setdefault("X-GitHub-Request-Id", uuid.uuid4().hex[:16].upper())
            response.headers.setdefault("X-GitHub-Media-Type", MEDIA)
        if fault is None or fault.drop is None:
            _finish(entry, response)
        return response
    finally:
        await hub.journal.finish(entry)


async def read_json(request: web.Request) -> dict[str, object]:
    """A control request's body."""
    data = await request.read()
    loaded = json.loads(data) if data else {}
    if not isinstance(loaded, dict):
        raise web.HTTPBadRequest(text="a JSON object is wanted")
    return loaded
