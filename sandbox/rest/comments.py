"""Comments on pull requests, and reactions to them."""

from aiohttp import web

from sandbox.actions import comments as actions
from sandbox.answers import answer, invalid, not_found, page_of
from sandbox.gate import Call, Route
from sandbox.model import Comment
from sandbox.rest.pulls import find_pull
from sandbox.shapes.comments import comment as comment_shape
from sandbox.shapes.comments import reaction as reaction_shape
from sandbox.shapes.pulls import REACTIONS

READ = (("issues", "read"), ("pull_requests", "read"))
WRITE = (("issues", "write"), ("pull_requests", "write"))
LONGEST = 65_536


def _body(call: Call) -> str:
    fields = call.fields()
    fields.only(("body",))
    fields.demand("body")
    body = fields.text("body") or ""
    if not body.strip():
        raise invalid("IssueComment", "body", "unprocessable", "Body cannot be blank")
    if len(body) > LONGEST:
        raise invalid(
            "IssueComment", "data", "unprocessable", f"Body is too long (maximum is {LONGEST} characters)"
        )
    return body


def _find(call: Call) -> Comment:
    comment = call.hub.state.comments.get(call.number("comment_id"))
    if comment is None or comment.pull_request.repository is not call.repository:
        raise not_found()
    return comment


async def list_comments(call: Call) -> web.StreamResponse:
    pull = find_pull(call, "issue_number")
    page, headers = page_of(call.request, call.hub.state.comments_of(pull))
    return answer([comment_shape(call.hub.state, one) for one in page], headers=headers)


async def create(call: Call) -> web.StreamResponse:
    pull = find_pull(call, "issue_number")
    app = call.hub.state.app
    comment = actions.add(call.hub, pull, app.bot, _body(call), app)
    shown = comment_shape(call.hub.state, comment)
    return answer(shown, 201, {"Location": str(shown["url"])})


async def get(call: Call) -> web.StreamResponse:
    return answer(comment_shape(call.hub.state, _find(call)))


async def update(call: Call) -> web.StreamResponse:
    comment = _find(call)
    actions.edit(call.hub, comment, _body(call), call.hub.state.app.bot)
    return answer(comment_shape(call.hub.state, comment))


async def delete(call: Call) -> web.StreamResponse:
    actions.delete(call.hub, _find(call), call.hub.state.app.bot)
    return web.Response(status=204)


async def list_reactions(call: Call) -> web.StreamResponse:
    page, headers = page_of(call.request, _find(call).reactions)
    return answer([reaction_shape(call.hub.state, one) for one in page], headers=headers)


async def react(call: Call) -> web.StreamResponse:
    comment = _find(call)
    fields = call.fields()
    fields.only(("content",))
    fields.demand("content")
    content = fields.choice("content", REACTIONS) or ""
    reaction, new = actions.react(call.hub, comment, call.hub.state.app.bot, content)
    return answer(reaction_shape(call.hub.state, reaction), 201 if new else 200)


_ISSUE = "/repos/{owner}/{repo}/issues/{issue_number}/comments"
_COMMENT = "/repos/{owner}/{repo}/issues/comments/{comment_id}"
ROUTES = (
    Route("GET", _ISSUE, list_comments, READ),
    Route("POST", _ISSUE, create, WRITE, creates=True),
    Route("GET", _COMMENT, get, READ),
    Route("PATCH", _COMMENT, update, WRITE, creates=True),
    Route("DELETE", _COMMENT, delete, WRITE),
    Route("GET", f"{_COMMENT}/reactions", list_reactions, READ),
    Route("POST", f"{_COMMENT}/reactions", react, WRITE, creates=True),
)
