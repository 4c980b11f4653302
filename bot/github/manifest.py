"""The last step of registering the app from a manifest: the one call that needs no credentials."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp
from pydantic import TypeAdapter

from bot.github import answers, limits
from bot.github.calls import Call, Effect, address
from bot.github.options import Options
from bot.github.transport import Transport


@dataclass(frozen=True, slots=True)
class Registration:
    """The app that GitHub has made for us, with the secrets it tells only now."""

    id: int
    slug: str
    html_url: str
    pem: str = field(repr=False)
    webhook_secret: str | None = field(default=None, repr=False)


REGISTRATION = TypeAdapter(Registration)


async def registered(code: str, options: Options) -> Registration:
    """Change the code of GitHub's redirect into the app's credentials; it works once, within an hour."""
    url = address(options.api_url, "/app-manifests/{code}/conversions", {"code": code})
    # The code is a credential, so errors name the call without it.
    what = "POST /app-manifests/conversions"
    call = Call("POST", url, content=b"", effect=Effect.WRITE, label=what)
    async with aiohttp.ClientSession() as session:
        answer = await Transport(session, options).exchange(call, authorization="")
    now = datetime.now(UTC)
    limit = limits.limit_of(answer.status, answer.headers, answers.refusal_of(answer.body).message, now)
    error = answers.rate_limited(what, limit) if limit else answers.error_of(answer, what, now)
    if error is not None:
        raise error
    return answers.parsed(REGISTRATION, answer.body, what)
