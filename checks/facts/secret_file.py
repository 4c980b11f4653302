"""Files that exist to hold secrets: whether they do. The secret itself is never kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.secret_text import is_random
from checks.facts.token_formats import shaped_like

_ASSIGNMENT = re.compile(r"""^\s*(?:export\s+)?([\w.\-/:]+)\s*[=:]\s*["']?([^"'#\s]+)""")
_SECRET_NAME = re.compile(r"passw|passphrase|secret|token|_?key$|credential|_auth", re.IGNORECASE)
_PUBLIC_NAME = re.compile(
    r"public|publishable|(?:^|_)NEXT_|VITE_|client_?id|key_?id|site_?key", re.IGNORECASE
)
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|PuTTY-User-Key-File")
_SERVICE_ACCOUNT = re.compile(r'"private_key"\s*:\s*"-----BEGIN')
_KUBERNETES = re.compile(r"\b(?:client-key-data|token)\s*:\s*[A-Za-z0-9+/=_.-]{40,}")
_NETRC = re.compile(r"\bpassword\s+(\S{8,})")
_URL_LOGIN = re.compile(r"^https?://[^:/\s]+:([^@/\s]{8,})@")
_HELD_LIMIT = 20


@dataclass(frozen=True, slots=True)
class HeldSecret:
    """A secret that the file holds: what it is and under which name."""

    what: str
    line: int
    name: str = ""


@facts(
    *("*.pem", "*.key", "*.ppk", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"),
    *(
        ".env",
        ".env.*",
        "*.env",
        ".npmrc",
        ".pypirc",
        ".netrc",
        "_netrc",
        ".git-credentials",
        ".pgpass",
        ".htpasswd",
    ),
    *(
        "kubeconfig",
        "*.kubeconfig",
        "credentials",
        "credentials.json",
        "*service-account*.json",
        "*service_account*.json",
    ),
    *(
        "*serviceaccount*.json",
        "*-key.json",
        "secrets.json",
        "secrets.yaml",
        "secrets.yml",
        "secrets.toml",
        "*.tfvars",
        "*.tfstate",
    ),
    version=2,
    size_limit=5_000_000,
)
@dataclass(frozen=True, slots=True)
class SecretFile:
    """The secrets in the file, at most twenty."""

    held: tuple[HeldSecret, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        found: list[HeldSecret] = []
        for number, line in enumerate(text.split("\n"), 1):
            if (
                len(line) < 5_000
                and not line.lstrip().startswith(("#", ";", "//"))
                and (held := _held(line, number))
            ):
                found.append(held)
        return cls(tuple(found[:_HELD_LIMIT]))


def _held(line: str, number: int) -> HeldSecret | None:
    if _SERVICE_ACCOUNT.search(line):
        return HeldSecret("the key of a service account", number)
    if _PRIVATE_KEY.search(line):
        return HeldSecret("a private key", number)
    if _KUBERNETES.search(line):
        return HeldSecret("access to a cluster", number)
    for login in (_NETRC.search(line), _URL_LOGIN.match(line)):
        if login and is_random(login.group(1)):
            return HeldSecret("a login", number)
    assigned = _ASSIGNMENT.match(line)
    name, value = assigned.groups() if assigned else ("", line)
    if shape := shaped_like(value):
        return HeldSecret(shape, number, name)
    if name and _SECRET_NAME.search(name) and not _PUBLIC_NAME.search(name) and is_random(value):
        return HeldSecret("a credential", number, name)
    return None
