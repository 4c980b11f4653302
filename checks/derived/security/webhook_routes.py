"""Routes that receive deliveries of providers who sign them, and whether the code that serves them verifies anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.service_code import RunningServices, ServiceCode
from checks.facts.source import Source
from checks.snapshot import Snapshot

_PROVIDER = (
    r"github|gitlab|bitbucket|gitea|jira|atlassian|linear|slack|sentry|stripe|paypal|shopify|twilio|sendgrid|mailgun|postmark|discord|telegram|whatsapp|facebook"
    r"|zoom|clerk|auth0|intercom|hubspot|razorpay|paddle|lemonsqueezy|square|adyen|plaid|pagerduty|zendesk|docusign|calendly|typeform|contentful|vercel|notion|asana"
)
_ROUTE = re.compile(
    rf"^/?(?:[\w{{}}:.-]+/){{0,5}}(?:(?:web)?-?hooks?/(?:[\w-]+/)?(?:{_PROVIDER})|(?:{_PROVIDER})/(?:[\w-]+/)?(?:web)?-?(?:hooks?|callback|events?))(?:/[\w{{}}:.-]+){{0,2}}/?$",
    re.IGNORECASE,
)
_REGISTERS = re.compile(
    r"(?:^|\.)(?:post|POST|Post|route|add_route|add_api_route|add_url_rule|api_route|HandleFunc|Handle|Any|all|on|route\(\).*|add_post|use)$"
)
_VERIFIES = re.compile(
    r"hmac|compare_digest|timing_?safe_?equal|constant_?time|secure_?compare|verify_?(?:webhook|signature|request|slack|github)|signature[\w.]*(?:verif|valid|check)|webhook[\w.]*verif"
    r"|(?:verif|valid|check)\w*(?:signature|hmac)|construct_?event|webhooks?\.(?:unwrap|construct)|request_?validator|hub.signature|x-.*-signature"
    r"|ValidatePayload|ed25519|verify_key|nacl\.sign|svix|jwt\.decode|parseEvent",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"(?:webhook|hook|signing|hmac)[-_]?(?:secret|key)", re.IGNORECASE)
_HEADERS = re.compile(
    r"(?:headers|Header|query|query_params|args)(?:\(\))?\.(?:get|Get)$|^(?:c|ctx)\.(?:GetHeader|get)$|^req\.(?:get|header)$"
)
_HANDLER = re.compile(r"webhook", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebhookRoute:
    """A place that takes deliveries. `handlers` are functions about webhooks in the same service."""

    path: str
    line: int
    route: str


@dataclass(frozen=True, slots=True)
class WebhookService:
    """The routes of one service, what else in it handles webhooks, and whether anything verifies a signature."""

    routes: tuple[WebhookRoute, ...]
    handlers: tuple[WebhookRoute, ...]
    verified: bool
    read: int


@dataclass(frozen=True)
class WebhookRoutes:
    """By service. `taken` are secrets that the request itself brings along."""

    services: tuple[WebhookService, ...]
    taken: tuple[WebhookRoute, ...]

    def __len__(self) -> int:
        return len(self.services) + len(self.taken)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = tuple(
            service for one in snapshot.derived(RunningServices) if (service := _service(one)) is not None
        )
        taken = (
            WebhookRoute(path, call.line, call.arguments[0].text)
            for path, source in snapshot.shipped(Source)
            for call in source.calls
            if call.arguments
            and call.arguments[0].literal
            and _HEADERS.search(call.callee)
            and _TAKEN.search(call.arguments[0].text)
            and not source.in_test(call.line)
        )
        return cls(found, tuple(taken))


def _service(service: ServiceCode) -> WebhookService | None:
    routes = tuple(_routes(service))
    if not routes:
        return None
    verified = service.calls(_VERIFIES) or service.defines(_VERIFIES) or service.says(_VERIFIES)
    with_routes = {route.path for route in routes}
    handlers = (
        WebhookRoute(path, one.line, one.name)
        for path, source in service.sources
        if path not in with_routes and _HANDLER.search(path)
        for one in source.functions()[:1]
    )
    return WebhookService(routes, tuple(handlers), verified, len(service.sources))


def _routes(service: ServiceCode) -> Iterator[WebhookRoute]:
    for path, source in service.sources:
        for call in source.calls:
            text = call.arguments[0].text if call.arguments and call.arguments[0].literal else ""
            route = text.removeprefix("POST ")
            if route and _ROUTE.match(route) and _REGISTERS.search(call.callee):
                yield WebhookRoute(path, call.line, route)
