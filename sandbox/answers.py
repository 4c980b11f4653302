"""Answers in GitHub's form: errors, pages with their Link header."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from aiohttp import web

from sandbox.model import Payload

DOCUMENTATION = "https://docs.github.com/rest"
T = TypeVar("T")


class GitHubError(Exception):
    """An answer other than the wanted one; becomes JSON with `message` and `documentation_url`."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        errors: Sequence[Payload] = (),
        headers: Mapping[str, str] | None = None,
        documentation: str = DOCUMENTATION,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = dict(headers or {})
        self.documentation = documentation

    def answer(self) -> web.Response:
        body: Payload = {"message": self.message}
        if self.errors:
            body["errors"] = list(self.errors)
        body |= {"documentation_url": self.documentation, "status": str(self.status)}
        return answer(body, self.status, self.headers)


def not_found() -> GitHubError:
    return GitHubError(404, "Not Found")


def invalid(resource: str, field: str, code: str, message: str | None = None) -> GitHubError:
    """422 as the application gives it: the request was understood, a value is refused."""
    error: Payload = {"resource": resource, "field": field, "code": code}
    if message is not None:
        error["message"] = message
    return GitHubError(422, "Validation Failed", errors=[error])


def malformed(detail: str) -> GitHubError:
    """422 as the schema check in front of the application gives it."""
    return GitHubError(422, f"Invalid request.\n\n{detail}")


def answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return web.Response(
        body=text.encode("utf-8", "replace"),
        status=status,
        headers=headers,
        content_type="application/json",
        charset="utf-8",
    )


def _number(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and int(text) > 0 else default


def page_of(request: web.Request, items: Sequence[T], default: int = 30) -> tuple[list[T], dict[str, str]]:
    """The asked page and its Link header. More than 100 a page is cut to 100, as GitHub does."""
    size = min(_number(request, "per_page", default), 100)
    page = _number(request, "page", 1)
    last = max(1, -(-len(items) // size))
    links = []
    if page < last:
        links += [("next", page + 1), ("last", last)]
    if page > 1:
        links += [("first", 1), ("prev", min(page - 1, last))]
    header = ", ".join(
        f'<{request.url.update_query(page=str(number))}>; rel="{rel}"' for rel, number in links
    )
    return list(items[(page - 1) * size : page * size]), {"Link": header} if header else {}
