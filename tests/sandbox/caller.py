"""An app's side of the wire, written out by hand: JWTs, installation tokens, plain requests."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt

from sandbox.model import Repository
from sandbox.sandbox import Sandbox


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    data: bytes
    json: Any


class Caller:
    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session
        self._tokens: dict[int, str] = {}

    def jwt(self, **changed: object) -> str:
        now = int(time.time())
        claims: dict[str, object] = {
            "iat": now - 60,
            "exp": now + 540,
            "iss": str(self.sandbox.app_id),
            **changed,
        }
        return jwt.encode(
            {name: value for name, value in claims.items() if value is not None},
            self.sandbox.private_key,
            algorithm="RS256",
        )

    async def send(self, method: str, path: str, *, token: str | None = None, **options: Any) -> Answer:
        headers = dict(options.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        url = path if path.startswith("http") else self.sandbox.api_url + path
        options.setdefault("allow_redirects", False)
        async with self.session.request(method, url, headers=headers, **options) as response:
            data = await response.read()
            is_json = response.content_type == "application/json"
            return Answer(response.status, response.headers, data, await response.json() if is_json else None)

    async def as_app(self, method: str, path: str, **options: Any) -> Answer:
        return await self.send(method, path, token=self.jwt(), **options)

    async def token(self, repository: Repository, **body: object) -> str:
        installation = self.sandbox.installation(repository)
        made = await self.as_app("POST", f"/app/installations/{installation.id}/access_tokens", json=body)
        assert made.status == 201, made.json
        return str(made.json["token"])

    async def call(self, repository: Repository, method: str, path: str, **options: Any) -> Answer:
        """Within the repository: `path` comes after `/repos/owner/name`."""
        if repository.id not in self._tokens:
            self._tokens[repository.id] = await self.token(repository)
        full = f"/repos/{repository.full_name}{path}"
        return await self.send(method, full, token=self._tokens[repository.id], **options)

    async def graphql(self, repository: Repository, query: str, **variables: object) -> Answer:
        token = await self.token(repository)
        url = f"{self.sandbox.html_url}/graphql"
        return await self.send("POST", url, token=token, json={"query": query, "variables": variables})
