"""Check runs, suites and annotations."""

from sandbox.model import CheckRun, CheckSuite, Payload
from sandbox.shapes.accounts import app
from sandbox.shapes.commits import head_commit
from sandbox.shapes.pulls import of_commit
from sandbox.shapes.repositories import api_url, html_url, repository
from sandbox.shapes.values import node_id, stamp
from sandbox.state import State


def check_run(state: State, run: CheckRun) -> Payload:
    where = run.suite.repository
    url = f"{api_url(state, where)}/check-runs/{run.id}"
    page = f"{html_url(state, where)}/runs/{run.id}"
    return {
        "id": run.id,
        "node_id": node_id("CR", run.id),
        "name": run.name,
        "head_sha": run.head_sha,
        "external_id": run.external_id,
        "url": url,
        "html_url": page,
        "details_url": run.details_url or state.html_url,
        "status": run.status,
        "conclusion": run.conclusion,
        "started_at": run.started_at,
        "completed_at": run.completed_at,
        "output": {
            "title": run.title,
            "summary": run.summary,
            "text": run.text,
            "annotations_count": len(run.annotations),
            "annotations_url": f"{url}/annotations",
        },
        "check_suite": {"id": run.suite.id},
        "app": app(state, run.suite.app),
        "pull_requests": of_commit(state, where, run.head_sha),
    }


def check_run_event(state: State, run: CheckRun) -> Payload:
    """The webhook's form: with the suite in full."""
    suite = check_suite(state, run.suite)
    wanted = ("id", "node_id", "head_branch", "head_sha", "status", "conclusion", "url", "before", "after")
    short = {name: suite[name] for name in (*wanted, "pull_requests", "app", "created_at", "updated_at")}
    return {**check_run(state, run), "check_suite": short}


def check_suite(state: State, suite: CheckSuite) -> Payload:
    where = suite.repository
    url = f"{api_url(state, where)}/check-suites/{suite.id}"
    commit = where.git.commit(suite.head_sha)
    return {
        "id": suite.id,
        "node_id": node_id("CS", suite.id),
        "head_branch": suite.head_branch,
        "head_sha": suite.head_sha,
        "status": suite.status,
        "conclusion": suite.conclusion,
        "url": url,
        "before": suite.before,
        "after": suite.head_sha,
        "pull_requests": of_commit(state, where, suite.head_sha),
        "app": app(state, suite.app),
        "repository": repository(state, where),
        "created_at": stamp(suite.created_at),
        "updated_at": stamp(suite.updated_at),
        "rerequestable": True,
        "runs_rerequestable": True,
        "latest_check_runs_count": len({run.name for run in suite.runs}),
        "check_runs_url": f"{url}/check-runs",
        "head_commit": None if commit is None else head_commit(commit),
    }


def annotation(state: State, run: CheckRun, given: Payload) -> Payload:
    return {
        "path": given["path"],
        "blob_href": f"{html_url(state, run.suite.repository)}/blob/{run.head_sha}/{given['path']}",
        "start_line": given["start_line"],
        "start_column": given.get("start_column"),
        "end_line": given["end_line"],
        "end_column": given.get("end_column"),
        "annotation_level": given["annotation_level"],
        "title": given.get("title"),
        "message": given["message"],
        "raw_details": given.get("raw_details"),
    }
