"""One exchange with GitHub over aiohttp: time limits, redirects by hand, bounded bodies, aiohttp's errors as ours."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import aiohttp
import yarl
from aiohttp.http_exceptions import HttpProcessingError

from bot.github.answers import Answer
from bot.github.calls import redirect_of, same_origin
from bot.github.errors import Oversized, ServerError, Unreachable
from bot.github.options import API_VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping

    from bot.github.calls import Call
    from bot.github.options import Options

MOST_REDIRECTS = 5
CHUNK = 64 * 1024

# Everything that aiohttp lets out of a request or of reading its answer; TimeoutError is an OSError.
FAULTS: tuple[type[Exception], ...] = (aiohttp.ClientError, HttpProcessingError, OSError)


class Transport:
    """The connections to GitHub. Knows nothing of tokens, limits or retries."""

    def __init__(self, session: aiohttp.ClientSession, options: Options) -> None:
        self._session = session
        self._options = options

    async def exchange(self, call: Call, authorization: str, etag: str | None = None) -> Answer:
        """Send the call and read the answer to its end."""
        with translated(call):
            async with self._open(call, self._headers(call, authorization, etag)) as response:
                body = await _read(response, call)
                return Answer(response.status, _lowered(response), body)

    async def stream(
        self, call: Call, authorization: str, judge: Callable[[Answer], None]
    ) -> AsyncGenerator[bytes, None]:
        """Send the call and hand on the body as it comes; `judge` sees the answer first and may raise."""
        with translated(call):
            async with self._open(call, self._headers(call, authorization)) as response:
                body = b"" if response.ok else await _read(response, call)
                judge(Answer(response.status, _lowered(response), body))
                async for chunk in response.content.iter_chunked(CHUNK):
                    yield chunk

    @asynccontextmanager
    async def _open(self, call: Call, headers: dict[str, str]) -> AsyncIterator[aiohttp.ClientResponse]:
        url = call.url
        for _ in range(MOST_REDIRECTS + 1):
            async with self._request(call, url, headers) as response:
                target = redirect_of(call, response.status, response.headers.get("Location"), url)
                if target is None:
                    yield response
                    return
            url = target
            if not same_origin(call.url, url):
                headers = {name: value for name, value in headers.items() if name != "Authorization"}
        raise ServerError(f"{call.what}: redirected more than {MOST_REDIRECTS} times")

    @asynccontextmanager
    async def _request(
        self, call: Call, url: str, headers: dict[str, str]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        timeout = aiohttp.ClientTimeout(
            total=call.timeout or self._options.total_timeout, sock_connect=self._options.connect_timeout
        )
        async with self._session.request(
            call.method,
            yarl.URL(url, encoded=True),
            headers=headers,
            data=call.content,
            timeout=timeout,
            allow_redirects=False,
        ) as response:
            yield response

    def _headers(self, call: Call, authorization: str, etag: str | None = None) -> dict[str, str]:
        headers = {
            "Accept": call.accept,
            "User-Agent": self._options.user_agent,
            "X-GitHub-Api-Version": API_VERSION,
        }
        if authorization:
            headers["Authorization"] = authorization
        if call.content is not None:
            headers["Content-Type"] = "application/json"
        if etag is not None:
            headers["If-None-Match"] = etag
        return headers


@contextmanager
def translated(call: Call) -> Iterator[None]:
    """Errors of aiohttp and of the socket as Unreachable; an error of ours passes."""
    try:
        yield
    except FAULTS as error:
        # Only the kind: texts of aiohttp can hold addresses with their query.
        raise Unreachable(f"{call.what}: {type(error).__name__}") from error


async def _read(response: aiohttp.ClientResponse, call: Call) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_chunked(CHUNK):
        size += len(chunk)
        if size > call.limit:
            raise Oversized(f"{call.what}: the answer is longer than {call.limit} bytes")
        parts.append(chunk)
    return b"".join(parts)


def _lowered(response: aiohttp.ClientResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}
