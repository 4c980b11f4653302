"""Check suites."""

from aiohttp import web

from sandbox.actions import checks as actions
from sandbox.answers import answer, not_found, page_of
from sandbox.gate import Call, Route
from sandbox.model import CheckSuite
from sandbox.rest.check_runs import READ, WRITE, listed
from sandbox.shapes.checks import check_suite


def _find(call: Call) -> CheckSuite:
    suite = call.hub.state.check_suites.get(call.number("check_suite_id"))
    if suite is None or suite.repository is not call.repository:
        raise not_found()
    return suite


async def get(call: Call) -> web.StreamResponse:
    return answer(check_suite(call.hub.state, _find(call)))


async def runs(call: Call) -> web.StreamResponse:
    return listed(call, _find(call).runs)


async def rerequest(call: Call) -> web.StreamResponse:
    actions.rerequest_suite(call.hub, _find(call), call.hub.state.app.bot)
    return answer({}, 201)


async def of_ref(call: Call) -> web.StreamResponse:
    sha = call.repository.git.resolve(call.request.match_info["ref"])
    if sha is None:
        raise not_found()
    suites = call.hub.state.suites_of(call.repository, sha)
    wanted_app = call.request.query.get("app_id")
    suites = [suite for suite in suites if wanted_app in (None, str(suite.app.id))]
    page, headers = page_of(call.request, suites)
    shown = [check_suite(call.hub.state, suite) for suite in page]
    return answer({"total_count": len(suites), "check_suites": shown}, headers=headers)


_SUITE = "/repos/{owner}/{repo}/check-suites/{check_suite_id}"
ROUTES = (
    Route("GET", _SUITE, get, READ),
    Route("GET", f"{_SUITE}/check-runs", runs, READ),
    Route("POST", f"{_SUITE}/rerequest", rerequest, WRITE),
    Route("GET", "/repos/{owner}/{repo}/commits/{ref:.+}/check-suites", of_ref, READ),
)
