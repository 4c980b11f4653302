"""Calls to GitHub in one identity's name: authorised, limited, retried, counted, and answered with typed values."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar

import stamina

from bot.github import answers, graphql, limits
from bot.github.calls import Call, CallRecord, Effect, address, same_origin
from bot.github.errors import Forbidden, GitHubError, ServerError, Unauthenticated, Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
    from datetime import timedelta

    from pydantic import TypeAdapter

    from bot.github.answers import Answer
    from bot.github.etags import Etags
    from bot.github.limiter import Limiter
    from bot.github.options import Options
    from bot.github.transport import Transport
    from bot.github.usage import Counter

T = TypeVar("T")
A = TypeVar("A", bound=graphql.Answered)
Value = str | int | Sequence[str] | None
MOST_PAGES = 100
RETRIED = frozenset({502, 503, 504})


class Identity(Protocol):
    """Who makes the calls. `installation` is 0 for the app itself."""

    @property
    def installation(self) -> int: ...

    async def authorization(self) -> str:
        """The value of the Authorization header, valid now."""

    def refused(self, authorization: str) -> bool:
        """GitHub answered 401 to it; True if another one is worth a try."""


@dataclass(frozen=True, slots=True)
class Line:
    """What all clients of one installation share."""

    transport: Transport
    options: Options
    limiter: Limiter
    etags: Etags
    observe: Callable[[CallRecord], None]


class Client:
    """GitHub, as one identity may use it."""

    def __init__(self, line: Line, identity: Identity, counter: Counter) -> None:
        self.identity = identity
        self.counter = counter
        self.skew: timedelta | None = None
        self._line = line

    async def get(self, shape: TypeAdapter[T], path: str, *, conditional: bool = False, **values: Value) -> T:
        """Read one resource."""
        call = Call("GET", self._address(path, values), conditional=conditional)
        return answers.parsed(shape, (await self._send(call)).body, call.what)

    async def pages(
        self, shape: TypeAdapter[T], path: str, *, conditional: bool = False, **values: Value
    ) -> AsyncIterator[T]:
        """Read a list page by page, 10,000 entries at most."""
        url: str | None = self._address(path, values)
        for _ in range(MOST_PAGES):
            if url is None:
                return
            call = Call("GET", url, conditional=conditional)
            answer = await self._send(call)
            yield answers.parsed(shape, answer.body, call.what)
            url = limits.next_page(answer.headers)
            if url is not None and not same_origin(url, self._line.options.api_url):
                raise ServerError(f"{call.what}: the next page is on another host")

    async def raw(self, path: str, accept: str, limit: int, **values: Value) -> bytes:
        """Read bytes as they are."""
        return (await self._send(Call("GET", self._address(path, values), accept, limit=limit))).body

    async def stream(self, path: str, **values: Value) -> AsyncGenerator[bytes, None]:
        """Read a large body piece by piece. Never retried: the reader already has some of it."""
        call = Call("GET", self._address(path, values), timeout=self._line.options.archive_timeout)
        authorization = await self.identity.authorization()
        async with self._line.limiter.slot(call, "core"):
            started = monotonic()
            chunks = self._line.transport.stream(
                call, authorization, lambda answer: self._judge(call, answer, started, retry=False)
            )
            async with aclosing(chunks):
                async for chunk in chunks:
                    yield chunk

    async def write(
        self,
        method: str,
        path: str,
        shape: TypeAdapter[T],
        body: Mapping[str, object],
        *,
        effect: Effect = Effect.WRITE,
        **values: Value,
    ) -> T:
        """Create or change a resource. Not retried: after a lost answer nobody knows whether it happened."""
        call = Call(method, self._address(path, values), content=_encoded(body), effect=effect)
        return answers.parsed(shape, (await self._send(call)).body, call.what)

    async def graphql(self, shape: TypeAdapter[A], query: str, variables: Mapping[str, object]) -> A:
        """Ask a GraphQL query (never a mutation: it is retried). Errors about single objects are left in it."""
        content = _encoded({"query": query, "variables": variables})
        call = Call("POST", self._line.options.graphql_url, content=content)
        try:
            answer = await self._send(call)
        except Unauthenticated as error:
            # A fresh token was refused too: that is how GraphQL says that a permission is missing.
            raise Forbidden(str(error)) from error
        result = answers.parsed(shape, answer.body, call.what)
        answer, message = graphql.as_limit(answer, result.errors)
        self._line.limiter.learn(call, "graphql", answer, message)
        failure = graphql.error_of(result.errors, call.what)
        if failure is not None:
            raise failure
        return result

    async def _send(self, call: Call) -> Answer:
        options = self._line.options
        attempts = 1 if call.effect is Effect.WRITE else options.attempts
        async for attempt in stamina.retry_context(
            on=worth_another_try,
            attempts=attempts,
            timeout=options.total_timeout,
            wait_initial=options.retry_wait,
            wait_jitter=options.retry_wait,
        ):
            with attempt:
                return await self._authorized(call, retry=attempt.num > 1)
        raise AssertionError("the last attempt returns or raises")

    async def _authorized(self, call: Call, *, retry: bool) -> Answer:
        """Make the call; when the token is refused, once more with a new one (nothing was done, even for a write)."""
        authorization = await self.identity.authorization()
        try:
            return await self._exchange(call, authorization, retry=retry)
        except Unauthenticated:
            if not self.identity.refused(authorization):
                raise
        return await self._exchange(call, await self.identity.authorization(), retry=True)

    async def _exchange(self, call: Call, authorization: str, *, retry: bool) -> Answer:
        known = self._line.etags.get(self.identity.installation, call)
        async with self._line.limiter.slot(call, self._resource(call)):
            started = monotonic()
            try:
                answer = await self._line.transport.exchange(
                    call, authorization, known.headers["etag"] if known else None
                )
            except GitHubError:
                self._count(call, None, started, retry=retry)
                raise
            self._judge(call, answer, started, retry=retry)
        return self._line.etags.resolve(self.identity.installation, call, answer, known)

    def _judge(self, call: Call, answer: Answer, started: float, *, retry: bool) -> None:
        """Count the answer, learn its limits, and raise the error that it is."""
        self._count(call, answer, started, retry=retry)
        now = datetime.now(UTC)
        theirs = limits.server_time(answer.headers)
        self.skew = now - theirs if theirs else self.skew
        message = answers.refusal_of(answer.body).message if answer.status >= 400 else ""
        self._line.limiter.learn(call, self._resource(call), answer, message)
        error = None if answer.status == 304 else answers.error_of(answer, call.what, now)
        if error is not None:
            raise error

    def _count(self, call: Call, answer: Answer | None, started: float, *, retry: bool) -> None:
        record = CallRecord(
            installation=self.identity.installation,
            resource=self._resource(call),
            method=call.method,
            status=answer.status if answer else 0,
            points=call.points,
            seconds=monotonic() - started,
            remaining=limits.remaining_of(answer.headers) if answer else None,
        )
        self.counter.count(record, write=call.effect is Effect.WRITE, retry=retry)
        self._line.observe(record)

    def _resource(self, call: Call) -> str:
        return "graphql" if call.url == self._line.options.graphql_url else "core"

    def _address(self, path: str, values: Mapping[str, Value]) -> str:
        return address(self._line.options.api_url, path, values)


def worth_another_try(error: Exception) -> bool:
    """Whether the same read may well work a moment later."""
    return isinstance(error, Unreachable) or (isinstance(error, ServerError) and error.status in RETRIED)


def _encoded(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
