"""One file or directory of a repository by its path, and the way to its archive."""

import base64
from urllib.parse import quote

import pygit2
from aiohttp import web
from pygit2.enums import FileMode

from sandbox.answers import GitHubError, answer, not_found
from sandbox.gate import Call, Route
from sandbox.model import Payload
from sandbox.rest.git_objects import wants_raw
from sandbox.shapes.repositories import api_url, html_url

READ = (("contents", "read"),)
JSON_BYTES = 1_000_000
MOST_IN_DIRECTORY = 1_000


def _common(call: Call, ref: str, path: str, item: pygit2.Object, kind: str) -> Payload:
    api, page = api_url(call.hub.state, call.repository), html_url(call.hub.state, call.repository)
    where = quote(path)
    own = f"{api}/contents/{where}?ref={ref}"
    git = f"{api}/git/{'trees' if kind == 'dir' else 'blobs'}/{item.id}"
    html = f"{page}/{'tree' if kind == 'dir' else 'blob'}/{ref}/{where}"
    size = call.repository.git.blob_size(str(item.id))
    return {
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "sha": str(item.id),
        "size": size or 0,
        "url": own,
        "html_url": html,
        "git_url": git,
        "download_url": None if kind == "dir" else f"{page}/raw/{ref}/{where}",
        "type": kind,
        "_links": {"self": own, "git": git, "html": html},
    }


def _directory(call: Call, ref: str, path: str, tree: pygit2.Tree) -> web.StreamResponse:
    kinds = {FileMode.TREE: "dir", FileMode.LINK: "symlink"}
    shown = []
    for item in list(tree)[:MOST_IN_DIRECTORY]:
        name = (item.raw_name or b"").decode("utf-8", "replace")
        kind = kinds.get(FileMode(item.filemode), "file")
        shown.append(_common(call, ref, f"{path}/{name}".lstrip("/"), item, kind))
    return answer(shown)


def _file(call: Call, ref: str, path: str, blob: pygit2.Blob) -> web.StreamResponse:
    if wants_raw(call.request):
        return web.Response(body=blob.data, content_type="application/vnd.github.raw+json", charset="utf-8")
    shown = _common(call, ref, path, blob, "file")
    if blob.size > JSON_BYTES:
        return answer({**shown, "content": "", "encoding": "none"})
    return answer({**shown, "content": base64.encodebytes(blob.data).decode("ascii"), "encoding": "base64"})


async def contents(call: Call) -> web.StreamResponse:
    ref = call.request.query.get("ref") or call.repository.default_branch
    path = call.request.match_info["path"].strip("/")
    sha = call.repository.git.resolve(ref)
    if sha is None:
        raise GitHubError(404, f"No commit found for the ref {ref}")
    tree = call.repository.git.repository[sha].peel(pygit2.Tree)
    try:
        found = tree / path if path else tree
    except KeyError as error:
        raise not_found() from error
    if isinstance(found, pygit2.Tree):
        return _directory(call, ref, path, found)
    if isinstance(found, pygit2.Blob) and found.filemode != FileMode.LINK:
        return _file(call, ref, path, found)
    if isinstance(found, pygit2.Blob):
        return _link(call, ref, path, tree, found)
    raise not_found()


def _link(call: Call, ref: str, path: str, tree: pygit2.Tree, link: pygit2.Blob) -> web.StreamResponse:
    """A symlink to a file of the repository is shown as that file, any other as the link."""
    target = link.data.decode("utf-8", "replace")
    parts = path.split("/")[:-1]
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else parts if part in ("", ".") else [*parts, part]
    try:
        found = tree / "/".join(parts) if parts and not target.startswith("/") else None
    except KeyError:
        found = None
    if isinstance(found, pygit2.Blob):
        return _file(call, ref, path, found)
    return answer({**_common(call, ref, path, link, "symlink"), "target": target})


ROUTES = (Route("GET", "/repos/{owner}/{repo}/contents/{path:.*}", contents, READ),)
