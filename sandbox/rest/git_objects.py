"""The git database: trees, blobs, commits."""

import asyncio
import base64

from aiohttp import web

from sandbox.answers import GitHubError, answer, not_found
from sandbox.gate import Call, Route
from sandbox.git import SHA, TreeEntry
from sandbox.model import Payload
from sandbox.shapes.commits import git_commit
from sandbox.shapes.repositories import api_url
from sandbox.shapes.values import node_id

READ = (("contents", "read"),)
RAW = ("application/vnd.github.raw+json", "application/vnd.github.v3.raw", "application/vnd.github.raw")


def wants_raw(request: web.Request) -> bool:
    accepted = request.headers.get("Accept", "")
    return any(one.split(";")[0].strip() in RAW for one in accepted.split(","))


def _tree_item(entry: TreeEntry, api: str) -> Payload:
    shown: Payload = {"path": entry.path, "mode": f"{entry.mode:06o}", "type": entry.type, "sha": entry.sha}
    if entry.size is not None:
        shown["size"] = entry.size
    if entry.type != "commit":
        shown["url"] = f"{api}/git/{entry.type}s/{entry.sha}"
    return shown


async def tree(call: Call) -> web.StreamResponse:
    git = call.repository.git
    found = git.tree(call.request.match_info["tree_sha"])
    if found is None:
        raise not_found()
    recursive = "recursive" in call.request.query
    entries = await asyncio.to_thread(git.entries, found, recursive=recursive)
    most = call.hub.state.settings.limits.tree_entries
    truncated = recursive and len(entries) > most
    api = api_url(call.hub.state, call.repository)
    body = {
        "sha": str(found.id),
        "url": f"{api}/git/trees/{found.id}",
        "tree": [_tree_item(entry, api) for entry in (entries[:most] if truncated else entries)],
        "truncated": truncated,
    }
    return answer(body)


def _checked_blob_size(call: Call, sha: str) -> int:
    if not SHA.fullmatch(sha):
        raise GitHubError(422, "The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    size = call.repository.git.blob_size(sha)
    if size is None:
        raise not_found()
    if size > call.hub.state.settings.limits.blob_bytes:
        message = "The requested blob is too large to fetch via the API, but you can always clone the repository via Git."
        raise GitHubError(403, message, errors=[{"resource": "Blob", "field": "data", "code": "too_large"}])
    return size


async def blob(call: Call) -> web.StreamResponse:
    sha = call.request.match_info["file_sha"]
    size = _checked_blob_size(call, sha)
    data = call.repository.git.blob(sha) or b""
    if wants_raw(call.request):
        return web.Response(body=data, content_type="application/vnd.github.raw+json", charset="utf-8")
    body = {
        "sha": sha,
        "node_id": node_id("B", int(sha[:7], 16)),
        "size": size,
        "url": f"{api_url(call.hub.state, call.repository)}/git/blobs/{sha}",
        "content": base64.encodebytes(data).decode("ascii"),
        "encoding": "base64",
    }
    return answer(body)


async def commit(call: Call) -> web.StreamResponse:
    found = call.repository.git.commit(call.request.match_info["commit_sha"])
    if found is None:
        raise not_found()
    return answer(git_commit(call.hub.state, call.repository, found))


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", tree, READ),
    Route("GET", "/repos/{owner}/{repo}/git/blobs/{file_sha}", blob, READ),
    Route("GET", "/repos/{owner}/{repo}/git/commits/{commit_sha}", commit, READ),
)
