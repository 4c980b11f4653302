"""What the environment says: every variable of `gonogo serve`, read once, checked, and frozen.

Secrets left by the set-up page in DATA_DIR count when the environment holds no credentials at all.
"""

import base64
import binascii
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

CREDENTIALS_FILE = "credentials.json"


class SettingsError(Exception):
    """The configuration can't be used; the message is one line that names the variable."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What identifies the app at GitHub. The secrets stay out of its representation."""

    app_id: int
    private_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)


def read_private_key(text: str) -> str:
    """A PEM private key from PEM, from PEM with its line ends escaped, or from base64 of PEM."""
    pem = text.strip().replace("\\n", "\n")
    if not pem.startswith("-----BEGIN"):
        try:
            pem = base64.b64decode("".join(pem.split()), validate=True).decode("ascii").strip()
        except (binascii.Error, UnicodeDecodeError):
            raise ValueError("is neither a PEM private key nor base64 of one") from None
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("is not a readable PEM private key (without a password)") from None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("is not an RSA private key")  # noqa: TRY004 - pydantic reports ValueError
    return pem + "\n"


def _http_url(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("is not an http or https address")
    return value.rstrip("/")


def _database_url(value: object) -> object:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, str) and urlsplit(value).scheme not in {"postgres", "postgresql"}:
        raise ValueError("is not a postgresql:// address")
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


Url = Annotated[str, BeforeValidator(_http_url)]


class Settings(BaseSettings):
    """The environment of `gonogo serve`."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True, validate_default=True
    )

    app_id: int | None = Field(None, gt=0, description="The GitHub App's id, a number.")
    private_key: SecretStr | None = Field(
        None,
        description="The App's private key: PEM, PEM with literal `\\n` for line ends, or base64 of PEM.",
    )
    private_key_path: Path | None = Field(
        None, description="A file that holds the private key, instead of `PRIVATE_KEY`."
    )
    webhook_secret: SecretStr | None = Field(
        None, description="The secret that GitHub signs deliveries with, as set in the App."
    )
    github_api_url: Url = Field(
        "https://api.github.com",
        description="GitHub's API; for GitHub Enterprise Server `https://HOST/api/v3`.",
    )
    database_url: Annotated[SecretStr | None, BeforeValidator(_database_url)] = Field(
        None,
        description="A PostgreSQL (`postgresql://...`) that any number of processes share. "
        "Without it a PostgreSQL is run in `DATA_DIR`.",
    )
    data_dir: Path = Field(
        Path("data"),
        description="Where the embedded PostgreSQL and the secrets made by the set-up page are kept.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    public_url: Url | None = Field(
        None,
        description="The address under which browsers and GitHub reach this server; links to the pages of "
        "checks and the set-up page's webhook address are made from it.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="The least level that is logged: `debug`, `info`, `warning` or `error`."
    )
    log_format: Annotated[Literal["auto", "json", "console"], BeforeValidator(_lower)] = Field(
        "auto", description="`json`, `console`, or `auto`: JSON unless the output is a terminal."
    )
    write_spacing: float = Field(
        1.0,
        ge=0,
        le=10,
        description="Seconds between two writes to GitHub for one installation; GitHub asks for 1. "
        "0 for an Enterprise Server without rate limits.",
    )
    concurrency: int = Field(4, ge=1, le=64, description="Reviews that one process works on at a time.")
    review_seconds: int = Field(
        600,
        ge=1,
        le=86_400,
        description="Seconds that a whole review may take; then its process is killed and the Check Run says so.",
    )
    processes: int = Field(
        default_factory=lambda: min(os.cpu_count() or 1, 8),
        ge=1,
        le=64,
        description="Worker processes that parse files; by default one for each processor, 8 at most.",
    )
    sweep_seconds: int = Field(
        600,
        ge=1,
        le=86_400,
        description="Seconds between two sweeps for deliveries and pull requests that were missed.",
    )
    stalled_seconds: int = Field(
        15,
        ge=2,
        le=600,
        description="Seconds without a sign of life after which another process takes over a dead one's work.",
    )

    @model_validator(mode="after")
    def _all_or_no_credentials(self) -> Self:
        given = {
            "APP_ID": self.app_id is not None,
            "PRIVATE_KEY or PRIVATE_KEY_PATH": self.private_key is not None
            or self.private_key_path is not None,
            "WEBHOOK_SECRET": self.webhook_secret is not None,
        }
        missing = [name for name, present in given.items() if not present]
        if missing and len(missing) < len(given):
            raise ValueError(f"{missing[0]}: is missing")
        return self

    @property
    def web_url(self) -> str:
        """Where people see this GitHub: the API's address without the `api.` host or `/api/v3` path."""
        if self.github_api_url == "https://api.github.com":
            return "https://github.com"
        return self.github_api_url.removesuffix("/api/v3")

    def credentials(self) -> Credentials | None:
        """From the environment, else from the set-up page's file, else none."""
        if self.app_id is not None and self.webhook_secret is not None:
            return Credentials(self.app_id, self._environment_key(), self.webhook_secret.get_secret_value())
        return read_credentials(self.data_dir)

    def _environment_key(self) -> str:
        if self.private_key is not None:
            return _key("PRIVATE_KEY", self.private_key.get_secret_value())
        assert self.private_key_path is not None
        try:
            text = self.private_key_path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not text"
            raise SettingsError(f"PRIVATE_KEY_PATH: can't be read: {reason}") from None
        return _key("PRIVATE_KEY_PATH", text)


def _key(name: str, text: str) -> str:
    try:
        return read_private_key(text)
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from None


def read_credentials(data_dir: Path) -> Credentials | None:
    """What the set-up page wrote, if it ran."""
    path = data_dir / CREDENTIALS_FILE
    try:
        written = json.loads(path.read_text("utf-8"))
        return Credentials(
            int(written["app_id"]), read_private_key(written["private_key"]), str(written["webhook_secret"])
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"DATA_DIR: {CREDENTIALS_FILE} can't be used ({type(error).__name__}); remove it to set up again"
        ) from None


def load_settings() -> Settings:
    """The environment as settings, credentials checked too; SettingsError names what is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_problems(error))) from None
    settings.credentials()
    return settings


def _problems(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors(include_input=False, include_context=False, include_url=False):
        message = problem["msg"].removeprefix("Value error, ")
        name = str(problem["loc"][0]).upper() if problem["loc"] else ""
        lines.append(f"{name}: {message}" if name else message)
    return lines
