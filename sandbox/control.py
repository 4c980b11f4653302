"""`/_sandbox/...`: faults, the request log and the deliveries, over HTTP for tests of whole processes."""

from aiohttp import web

from sandbox.faults import Fault
from sandbox.gate import HUB
from sandbox.recording import read_json

_KEYS = ("method", "path", "times", "skip", "status", "headers", "body", "drop", "delay", "hold", "truncate")


async def add_fault(request: web.Request) -> web.StreamResponse:
    given = await read_json(request)
    unknown = sorted(set(given) - set(_KEYS))
    if unknown:
        raise web.HTTPBadRequest(text=f"unknown keys: {', '.join(unknown)}")
    fault = request.app[HUB].faults.add(Fault(**given))  # type: ignore[arg-type] # JSON from a test
    return web.json_response(fault.describe(), status=201)


async def list_faults(request: web.Request) -> web.StreamResponse:
    return web.json_response([fault.describe() for fault in request.app[HUB].faults.all()])


async def clear_faults(request: web.Request) -> web.StreamResponse:
    request.app[HUB].faults.clear()
    return web.Response(status=204)


async def release_fault(request: web.Request) -> web.StreamResponse:
    for fault in request.app[HUB].faults.all():
        if str(fault.id) == request.match_info["id"]:
            fault.release()
            return web.json_response(fault.describe())
    raise web.HTTPNotFound


async def list_requests(request: web.Request) -> web.StreamResponse:
    query = request.query
    entries = request.app[HUB].journal.select(query.get("method", "*"), query.get("path", "*"))
    return web.json_response([entry.describe() for entry in entries])


async def clear_requests(request: web.Request) -> web.StreamResponse:
    request.app[HUB].journal.clear()
    return web.Response(status=204)


async def list_deliveries(request: web.Request) -> web.StreamResponse:
    shown = [
        {
            "id": one.id,
            "guid": one.guid,
            "event": one.event,
            "action": one.action,
            "status": one.status,
            "status_code": one.status_code,
            "redelivery": one.redelivery,
            "done": one.done,
            "payload": one.payload,
        }
        for one in request.app[HUB].webhooks.deliveries
    ]
    return web.json_response(shown)


async def set_webhook(request: web.Request) -> web.StreamResponse:
    url = (await read_json(request)).get("url")
    request.app[HUB].webhooks.url = None if url is None else str(url)
    return web.Response(status=204)


def add_routes(app: web.Application) -> None:
    app.router.add_post("/_sandbox/faults", add_fault)
    app.router.add_get("/_sandbox/faults", list_faults)
    app.router.add_delete("/_sandbox/faults", clear_faults)
    app.router.add_post("/_sandbox/faults/{id}/release", release_fault)
    app.router.add_get("/_sandbox/requests", list_requests)
    app.router.add_delete("/_sandbox/requests", clear_requests)
    app.router.add_get("/_sandbox/deliveries", list_deliveries)
    app.router.add_put("/_sandbox/webhook", set_webhook)
