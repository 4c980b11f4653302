"""Handlers of the pages, and of what is pressed there."""

from pathlib import Path
from urllib.parse import urlsplit

import jinja2
import pygit2
from aiohttp import web

from sandbox.actions import checks, comments, pulls
from sandbox.gate import HUB
from sandbox.model import PullRequest, Repository
from sandbox.page.emoji import drawn
from sandbox.page.views import latest_runs, pull_view

HERE = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
PEOPLE = ("owner", "writer", "reader", "stranger")
LONGEST_FILE = 1_000_000
PAGE = "/{owner}/{repo}/pull/{number}"

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["drawn"] = drawn


def _html(template: str, **values: object) -> web.Response:
    text = TEMPLATES.get_template(template).render(**values)
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(text=text, content_type="text/html", headers=headers)


def _repository(request: web.Request) -> Repository:
    names = request.match_info
    found = request.app[HUB].state.repository(f"{names['owner']}/{names['repo']}")
    if found is None:
        raise web.HTTPNotFound
    return found


def _pull(request: web.Request) -> PullRequest:
    text = request.match_info["number"]
    found = (
        request.app[HUB].state.pull(_repository(request), int(text))
        if text.isascii() and text.isdigit()
        else None
    )
    if found is None:
        raise web.HTTPNotFound
    return found


def _from_here(request: web.Request) -> None:
    """Only the page's own buttons act: another site's form may not."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden


async def index(request: web.Request) -> web.StreamResponse:
    state = request.app[HUB].state
    return _html("index.html", pulls=[pull_view(state, pull) for pull in state.pull_requests])


async def pull_page(request: web.Request) -> web.StreamResponse:
    view = pull_view(request.app[HUB].state, _pull(request))
    if "live" in request.query:
        return _html("live.html", pull=view)
    return _html("pull.html", pull=view, people=PEOPLE)


def _back(pull: PullRequest) -> web.Response:
    return web.Response(status=303, headers={"Location": f"/{pull.repository.full_name}/pull/{pull.number}"})


async def add_comment(request: web.Request) -> web.StreamResponse:
    _from_here(request)
    hub, pull, form = request.app[HUB], _pull(request), await request.post()
    body, login = str(form.get("body", "")).strip(), str(form.get("user", ""))
    if login not in PEOPLE or not body:
        raise web.HTTPBadRequest(text="a comment needs a text and one of the users")
    comments.add(hub, pull, hub.state.user(login), body.replace("\r\n", "\n"))
    return _back(pull)


async def rerun(request: web.Request) -> web.StreamResponse:
    _from_here(request)
    hub, pull = request.app[HUB], _pull(request)
    user = hub.state.user("writer")
    wanted = request.match_info["run"]
    if wanted == "all":
        checks.rerequest_suite(
            hub, checks.suite_for(hub, pull.repository, hub.state.app, pull.head_sha), user
        )
        return _back(pull)
    for run in latest_runs(hub.state, pull):
        if str(run.id) == wanted:
            checks.rerequest_run(hub, run, user)
            return _back(pull)
    raise web.HTTPNotFound


async def push_next(request: web.Request) -> web.StreamResponse:
    _from_here(request)
    hub, pull = request.app[HUB], _pull(request)
    if not pull.prepared:
        raise web.HTTPConflict(text="there is no next commit")
    pulls.push(hub, pull, pull.prepared.pop(0), pull.author)
    return _back(pull)


async def blob(request: web.Request) -> web.StreamResponse:
    """A file at a commit, where permalinks and annotations lead."""
    repository, path = _repository(request), request.match_info["path"]
    sha = repository.git.resolve(request.match_info["sha"])
    try:
        found = None if sha is None else repository.git.repository[sha].peel(pygit2.Tree) / path
    except KeyError:
        found = None
    if not isinstance(found, pygit2.Blob):
        raise web.HTTPNotFound
    text = found.data[:LONGEST_FILE].decode("utf-8", "replace")
    return _html("blob.html", repository=repository.full_name, path=path, sha=sha, lines=text.splitlines())


async def commit(request: web.Request) -> web.StreamResponse:
    repository = _repository(request)
    found = repository.git.commit(request.match_info["sha"])
    if found is None:
        raise web.HTTPNotFound
    parent = found.parents[0].peel(pygit2.Tree) if found.parents else None
    own = found.peel(pygit2.Tree)
    diff = own.diff_to_tree(parent, swap=True) if parent is not None else own.diff_to_tree(swap=True)
    diff.find_similar()
    files = [(delta.status_char(), delta.new_file.path) for delta in diff.deltas]
    return _html("commit.html", repository=repository.full_name, commit=found, files=files)


async def run_page(request: web.Request) -> web.StreamResponse:
    """A check run's own address leads to it on the pull request."""
    state, repository = request.app[HUB].state, _repository(request)
    run = next((one for one in state.check_runs.values() if str(one.id) == request.match_info["run"]), None)
    for pull in state.pulls_of(repository):
        if run is not None and pull.head_sha == run.head_sha:
            place = f"/{repository.full_name}/pull/{pull.number}#check-{run.id}"
            return web.Response(status=302, headers={"Location": place})
    raise web.HTTPNotFound


def add_routes(app: web.Application) -> None:
    app.router.add_get("/", index)
    app.router.add_get(PAGE, pull_page)
    app.router.add_post(f"{PAGE}/comments", add_comment)
    app.router.add_post(f"{PAGE}/rerun/{{run}}", rerun)
    app.router.add_post(f"{PAGE}/push", push_next)
    app.router.add_get("/{owner}/{repo}/blob/{sha}/{path:.+}", blob)
    app.router.add_get("/{owner}/{repo}/commit/{sha}", commit)
    app.router.add_get("/{owner}/{repo}/runs/{run}", run_page)
    app.router.add_static("/_page/", HERE / "static")
