"""Who calls: the app by a signed JWT, an installation by a token with its repositories and permissions."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sandbox.answers import GitHubError
from sandbox.model import App, Installation, Repository
from sandbox.settings import Settings

LONGEST_JWT = 600
RANKS = {"none": 0, "read": 1, "write": 2, "admin": 3}


@dataclass(slots=True, eq=False)
class Token:
    value: str
    installation: Installation
    repositories: Mapping[int, Repository] | None
    permissions: Mapping[str, str]
    expires_at: float

    def reaches(self, repository: Repository) -> bool:
        chosen = self.installation.repositories
        return repository.id in chosen and (self.repositories is None or repository.id in self.repositories)

    def granted(self, permission: str) -> str:
        """The lesser of what the token was given and what the installation still has."""
        mine = self.permissions.get(permission, "none")
        theirs = self.installation.permissions.get(permission, "none")
        return min(mine, theirs, key=lambda level: RANKS[level])


def new_key() -> tuple[str, rsa.RSAPublicKey]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return pem.decode("ascii"), key.public_key()


def _unauthorized(message: str) -> GitHubError:
    return GitHubError(401, message)


def _check_times(claims: Mapping[str, object], now: float) -> None:
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(expires, int) or isinstance(expires, bool) or expires <= now:
        text = "must be a numeric value representing the future time at which the assertion expires"
        raise _unauthorized(f"'Expiration time' claim ('exp') {text}")
    if not isinstance(issued, int) or isinstance(issued, bool) or issued > now + 1:
        raise _unauthorized(
            "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
        )
    if expires - now > LONGEST_JWT:
        raise _unauthorized("'Expiration time' claim ('exp') is too far in the future")


def check_jwt(encoded: str, key: rsa.RSAPublicKey, app: App, now: float) -> None:
    """401 in GitHub's words unless this is a JWT of the app, RS256, valid now and for at most ten minutes."""
    try:
        options: dict[str, bool | str | list[str]] = {
            f"verify_{name}": False for name in ("exp", "iat", "nbf", "aud", "iss")
        }
        claims = jwt.decode(encoded, key, algorithms=["RS256"], options=options)  # type: ignore[arg-type]
    except jwt.PyJWTError as error:
        raise _unauthorized("A JSON web token could not be decoded") from error
    _check_times(claims, now)
    if str(claims.get("iss")) != str(app.id):
        raise _unauthorized("'Issuer' claim ('iss') must be an Integer")


class Tokens:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._live: dict[str, Token] = {}

    def issue(
        self,
        installation: Installation,
        repositories: Mapping[int, Repository] | None,
        permissions: Mapping[str, str],
        *,
        stateless: bool | None = None,
    ) -> Token:
        value = self._value(stateless=self._settings.stateless_tokens if stateless is None else stateless)
        expires = self._settings.clock() + self._settings.token_seconds
        token = self._live[value] = Token(value, installation, repositories, permissions, expires)
        return token

    def find(self, value: str) -> Token:
        token = self._live.get(value)
        if token is None or token.expires_at <= self._settings.clock():
            raise _unauthorized("Bad credentials")
        return token

    def expire_all(self) -> None:
        """As if an hour had passed."""
        self._live.clear()

    def revoke(self, installation: Installation) -> None:
        self._live = {value: t for value, t in self._live.items() if t.installation is not installation}

    def _value(self, *, stateless: bool) -> str:
        """The opaque form, or the long one of 2026 with its two dots."""
        if not stateless:
            return "ghs_" + secrets.token_hex(18)
        parts = (secrets.token_urlsafe(27), secrets.token_urlsafe(100) + "-_", secrets.token_urlsafe(256))
        return f"ghs_{self._settings.app_id}_" + ".".join(parts)


def expiry(token: Token) -> str:
    return datetime.fromtimestamp(token.expires_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
