"""The log of the app's webhook, and sending one again."""

import base64

from aiohttp import web

from sandbox.answers import GitHubError, answer, not_found
from sandbox.gate import Call, Caller, Route
from sandbox.model import Payload
from sandbox.webhooks import Delivery

RETENTION_SECONDS = 3 * 24 * 3600


def _item(delivery: Delivery) -> Payload:
    return {
        "id": delivery.id,
        "guid": delivery.guid,
        "delivered_at": delivery.delivered_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "redelivery": delivery.redelivery,
        "duration": delivery.duration,
        "status": delivery.status,
        "status_code": delivery.status_code,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": delivery.installation_id,
        "repository_id": delivery.repository_id,
        "throttled_at": delivery.throttled_at and delivery.throttled_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _kept(call: Call) -> list[Delivery]:
    """Answered ones of the last three days, newest first."""
    now = call.hub.state.now()
    past = [
        one
        for one in call.hub.webhooks.deliveries
        if one.done and (now - one.delivered_at).total_seconds() < RETENTION_SECONDS
    ]
    return past[::-1]


def _before(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor.removeprefix("v1_")))
    except ValueError as error:
        raise GitHubError(422, "Invalid cursor") from error


async def list_deliveries(call: Call) -> web.StreamResponse:
    query = call.request.query
    wanted = query.get("status")
    if wanted not in (None, "success", "failure"):
        raise GitHubError(422, "Invalid status")
    found = [one for one in _kept(call) if wanted in (None, "success" if one.succeeded else "failure")]
    if "cursor" in query:
        last = _before(query["cursor"])
        found = [one for one in found if one.id < last]
    text = query.get("per_page", "")
    size = min(int(text) if text.isascii() and text.isdigit() and int(text) else 30, 100)
    page, headers = found[:size], {}
    if len(found) > size:
        cursor = "v1_" + base64.urlsafe_b64encode(str(page[-1].id).encode("ascii")).decode("ascii")
        headers["Link"] = f'<{call.request.url.update_query(cursor=cursor)}>; rel="next"'
    return answer([_item(one) for one in page], headers=headers)


def _find(call: Call) -> Delivery:
    number = call.number("delivery_id")
    for delivery in _kept(call):
        if delivery.id == number:
            return delivery
    raise not_found()


async def get_delivery(call: Call) -> web.StreamResponse:
    delivery = _find(call)
    body = {
        **_item(delivery),
        "url": call.hub.webhooks.url or "",
        "request": {"headers": delivery.request_headers, "payload": delivery.payload},
        "response": {"headers": delivery.response_headers, "payload": delivery.response_body},
    }
    return answer(body)


async def redeliver(call: Call) -> web.StreamResponse:
    call.hub.webhooks.redeliver(_find(call))
    return answer({}, 202)


_ALL = "/app/hook/deliveries"
ROUTES = (
    Route("GET", _ALL, list_deliveries, caller=Caller.APP),
    Route("GET", f"{_ALL}/{{delivery_id}}", get_delivery, caller=Caller.APP),
    Route("POST", f"{_ALL}/{{delivery_id}}/attempts", redeliver, caller=Caller.APP),
)
