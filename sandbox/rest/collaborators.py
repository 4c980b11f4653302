"""What a person may do in a repository; and the dependency review, which private repositories don't have."""

from aiohttp import web

from sandbox.answers import GitHubError, answer
from sandbox.gate import Call, Route
from sandbox.shapes.accounts import user as user_shape

_COARSE = {
    "admin": "admin",
    "maintain": "write",
    "write": "write",
    "triage": "read",
    "read": "read",
    "none": "none",
}


async def permission(call: Call) -> web.StreamResponse:
    login = call.request.match_info["username"]
    user = call.hub.state.users.get(login.lower())
    if user is None:
        raise GitHubError(404, f"{login} is not a user")
    role = call.hub.state.role(call.repository, user)
    if role == "none" and not call.repository.private:
        role = "read"
    coarse = _COARSE[role]
    ranks = {
        "pull": role != "none",
        "triage": role in ("triage", "write", "maintain", "admin"),
        "push": coarse in ("write", "admin"),
        "maintain": role in ("maintain", "admin"),
        "admin": role == "admin",
    }
    shown = {**user_shape(call.hub.state, user), "permissions": ranks, "role_name": role}
    return answer({"permission": coarse, "role_name": role, "user": shown})


async def dependency_review(call: Call) -> web.StreamResponse:
    if call.repository.private:
        raise GitHubError(403, "Advanced Security must be enabled for this repository to use this endpoint.")
    return answer(call.repository.dependency_changes)


ROUTES = (
    Route(
        "GET",
        "/repos/{owner}/{repo}/collaborators/{username}/permission",
        permission,
        (("metadata", "read"),),
    ),
    Route(
        "GET",
        "/repos/{owner}/{repo}/dependency-graph/compare/{basehead:.+}",
        dependency_review,
        (("contents", "read"),),
    ),
)
