"""The aiohttp application: every route under each of GitHub's prefixes, the control surface, the page."""

from aiohttp import web

from sandbox import control
from sandbox.gate import HUB, Endpoint, unknown
from sandbox.graphql import endpoint
from sandbox.hub import Hub
from sandbox.page import routes
from sandbox.recording import recorded
from sandbox.rest import (
    apps,
    archives,
    artifacts,
    check_runs,
    check_suites,
    collaborators,
    comments,
    compare,
    contents,
    deliveries,
    git_objects,
    pulls,
)

ROUTES = (
    *apps.ROUTES,
    *deliveries.ROUTES,
    *pulls.ROUTES,
    *comments.ROUTES,
    *git_objects.ROUTES,
    *compare.ROUTES,
    *archives.ROUTES,
    *artifacts.ROUTES,
    *contents.ROUTES,
    *check_runs.ROUTES,
    *check_suites.ROUTES,
    *collaborators.ROUTES,
)
LARGEST_BODY = 32 * 1024 * 1024


def _addresses(path: str) -> tuple[str, ...]:
    """GitHub's own path, the one by repository id, and both below the prefix of GitHub Enterprise Server."""
    by_id = path.replace("/repos/{owner}/{repo}", "/repositories/{repository_id}")
    own = (path,) if by_id == path else (path, by_id)
    return (*own, *(f"/api/v3{one}" for one in own))


def application(hub: Hub) -> web.Application:
    app = web.Application(middlewares=[recorded], client_max_size=LARGEST_BODY)
    app[HUB] = hub
    app[archives.LINKS] = archives.ArchiveLinks()
    app[artifacts.LINKS] = archives.ArchiveLinks()
    for route in ROUTES:
        for path in _addresses(route.path):
            app.router.add_route(route.method, path, Endpoint(hub, route).__call__)
    for route in endpoint.ROUTES:
        for path in ("/graphql", "/api/graphql"):
            app.router.add_route(route.method, path, Endpoint(hub, route).__call__)
    app.router.add_get(archives.CODELOAD, archives.download)
    app.router.add_get(artifacts.STORED, artifacts.stored)
    control.add_routes(app)
    routes.add_routes(app)
    app.router.add_route("*", "/{path:.*}", unknown)
    return app
