"""Check runs: create, update, read, list, run again."""

from collections.abc import Sequence

from aiohttp import web

from sandbox.actions import checks as actions
from sandbox.answers import GitHubError, answer, malformed, not_found, page_of
from sandbox.gate import Call, Route
from sandbox.model import CheckRun
from sandbox.rest.check_run_fields import CREATE_KEYS, UPDATE_KEYS, apply, demand_output
from sandbox.shapes.checks import annotation, check_run
from sandbox.shapes.values import stamp

READ = (("checks", "read"),)
WRITE = (("checks", "write"),)


def find_run(call: Call) -> CheckRun:
    run = call.hub.state.check_runs.get(call.number("check_run_id"))
    if run is None or run.suite.repository is not call.repository:
        raise not_found()
    return run


async def create(call: Call) -> web.StreamResponse:
    state, fields = call.hub.state, call.fields()
    fields.only(CREATE_KEYS)
    fields.demand("name", "head_sha")
    name, sha = fields.text("name") or "", fields.text("head_sha") or ""
    if call.repository.git.commit(sha) is None:
        raise GitHubError(422, f"No commit found for SHA: {sha}")
    if not name.strip():
        raise malformed("For 'properties/name', \"\" is too short.")
    demand_output(fields, ("title", "summary"))
    suite = actions.suite_for(call.hub, call.repository, state.app, sha)
    run = CheckRun(state.next_id(), suite, name, "", None, "queued", None, stamp(state.now()), None)
    apply(run, fields, state.now())
    actions.add_run(call.hub, run)
    shown = check_run(state, run)
    return answer(shown, 201, {"Location": str(shown["url"])})


async def update(call: Call) -> web.StreamResponse:
    run, fields = find_run(call), call.fields()
    if run.suite.app is not call.hub.state.app:
        message = f"Invalid app_id `{call.hub.state.app.id}` - check run can only be modified by the GitHub App that created it."
        raise GitHubError(403, message)
    fields.only(UPDATE_KEYS)
    demand_output(fields, ("summary",))
    before = run.status
    apply(run, fields, call.hub.state.now())
    actions.run_changed(call.hub, run, before)
    return answer(check_run(call.hub.state, run))


async def get(call: Call) -> web.StreamResponse:
    return answer(check_run(call.hub.state, find_run(call)))


async def annotations(call: Call) -> web.StreamResponse:
    run = find_run(call)
    page, headers = page_of(call.request, run.annotations)
    return answer([annotation(call.hub.state, run, one) for one in page], headers=headers)


async def rerequest(call: Call) -> web.StreamResponse:
    actions.rerequest_run(call.hub, find_run(call), call.hub.state.app.bot)
    return answer({}, 201)


def listed(call: Call, runs: Sequence[CheckRun]) -> web.StreamResponse:
    query = call.request.query
    newest_first = sorted(runs, key=lambda run: run.id, reverse=True)
    wanted = [
        run
        for run in newest_first
        if query.get("check_name", run.name) == run.name
        and query.get("status", run.status) == run.status
        and query.get("app_id", str(run.suite.app.id)) == str(run.suite.app.id)
    ]
    if query.get("filter", "latest") == "latest":
        newest: dict[tuple[int, str], CheckRun] = {}
        for run in wanted:
            newest.setdefault((run.suite.id, run.name), run)
        wanted = list(newest.values())
    page, headers = page_of(call.request, wanted)
    body = {"total_count": len(wanted), "check_runs": [check_run(call.hub.state, run) for run in page]}
    return answer(body, headers=headers)


async def of_ref(call: Call) -> web.StreamResponse:
    sha = call.repository.git.resolve(call.request.match_info["ref"])
    if sha is None:
        raise GitHubError(422, f"No commit found for SHA: {call.request.match_info['ref']}")
    return listed(call, list(call.hub.state.runs_of(call.repository, sha)))


_RUNS = "/repos/{owner}/{repo}/check-runs"
ROUTES = (
    Route("POST", _RUNS, create, WRITE, creates=True),
    Route("GET", f"{_RUNS}/{{check_run_id}}", get, READ),
    Route("PATCH", f"{_RUNS}/{{check_run_id}}", update, WRITE, creates=True),
    Route("GET", f"{_RUNS}/{{check_run_id}}/annotations", annotations, READ),
    Route("POST", f"{_RUNS}/{{check_run_id}}/rerequest", rerequest, WRITE),
    Route("GET", "/repos/{owner}/{repo}/commits/{ref:.+}/check-runs", of_ref, READ),
)
