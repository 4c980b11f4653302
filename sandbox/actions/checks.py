"""Check suites and runs: their life, and the events about it."""

from sandbox.hub import Hub
from sandbox.model import App, CheckRun, CheckSuite, Payload, Repository, User
from sandbox.shapes.checks import check_run_event, check_suite

WORST_FIRST = (
    "action_required",
    "timed_out",
    "startup_failure",
    "cancelled",
    "failure",
    "stale",
    "success",
    "neutral",
    "skipped",
)


def suite_for(hub: Hub, repository: Repository, app: App, sha: str) -> CheckSuite:
    """One suite per app and commit; made when there is none."""
    for suite in hub.state.suites_of(repository, sha):
        if suite.app is app:
            return suite
    now = hub.state.now()
    branch = next(
        (p.head_ref for p in hub.state.pulls_of(repository) if p.head_sha == sha and not p.from_fork), None
    )
    suite = CheckSuite(hub.state.next_id(), repository, app, sha, branch, now, now)
    hub.state.check_suites[suite.id] = suite
    return suite


def _announce_suite(hub: Hub, suite: CheckSuite, action: str, sender: User) -> None:
    """Every subscribed app hears of a completed suite; the rest is for the app that it belongs to."""
    if suite.app is hub.state.app or (action == "completed" and "check_suite" in hub.state.app.events):
        payload: Payload = {"check_suite": check_suite(hub.state, suite)}
        hub.announce("check_suite", action, suite.repository, sender, payload)


def _announce_run(hub: Hub, run: CheckRun, action: str, sender: User, extra: Payload | None = None) -> None:
    if run.suite.app is hub.state.app:
        payload: Payload = {"check_run": check_run_event(hub.state, run), **(extra or {})}
        hub.announce("check_run", action, run.suite.repository, sender, payload)


def request_suite(
    hub: Hub, repository: Repository, sha: str, branch: str, sender: User, before: str | None = None
) -> None:
    """What a push does for an app that may write checks."""
    installation = hub.state.installation_of(repository)
    if installation is None or installation.permissions.get("checks") != "write":
        return
    if any(suite.app is hub.state.app for suite in hub.state.suites_of(repository, sha)):
        return
    suite = suite_for(hub, repository, hub.state.app, sha)
    suite.head_branch, suite.before = branch, before
    _announce_suite(hub, suite, "requested", sender)


def settle(hub: Hub, suite: CheckSuite) -> None:
    """Status and conclusion of a suite follow from the latest run of each name."""
    latest = {run.name: run for run in suite.runs}.values()
    before = suite.status
    suite.updated_at = hub.state.now()
    if latest and all(run.status == "completed" for run in latest):
        conclusions = {run.conclusion for run in latest}
        suite.status = "completed"
        suite.conclusion = next((name for name in WORST_FIRST if name in conclusions), "neutral")
    else:
        suite.status = "in_progress" if any(run.status != "queued" for run in latest) else "queued"
        suite.conclusion = None
    if suite.status == "completed" and before != "completed":
        _announce_suite(hub, suite, "completed", suite.app.bot)


def add_run(hub: Hub, run: CheckRun) -> None:
    hub.state.check_runs[run.id] = run
    run.suite.runs.append(run)
    _announce_run(hub, run, "created", run.suite.app.bot)
    if run.status == "completed":
        _announce_run(hub, run, "completed", run.suite.app.bot)
    settle(hub, run.suite)


def run_changed(hub: Hub, run: CheckRun, previous_status: str) -> None:
    if run.status == "completed" and previous_status != "completed":
        _announce_run(hub, run, "completed", run.suite.app.bot)
    settle(hub, run.suite)


def rerequest_run(hub: Hub, run: CheckRun, sender: User) -> None:
    """The suite is queued again; the run itself stays as it is: that is the app's to change."""
    run.suite.status, run.suite.conclusion = "queued", None
    _announce_run(hub, run, "rerequested", sender)


def rerequest_suite(hub: Hub, suite: CheckSuite, sender: User) -> None:
    suite.status, suite.conclusion = "queued", None
    _announce_suite(hub, suite, "rerequested", sender)


def request_action(hub: Hub, run: CheckRun, identifier: str, sender: User) -> None:
    _announce_run(hub, run, "requested_action", sender, {"requested_action": {"identifier": identifier}})
