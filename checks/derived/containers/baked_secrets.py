"""Secrets that Dockerfiles put into the image that is handed out: in variables, in build arguments, in copied files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.credentials import NAME
from checks.derived.image_references import is_for_development
from checks.derived.prepared_files import PreparedFiles
from checks.facts.dockerfile import Dockerfile, Stage, declared
from checks.facts.roles import Role
from checks.facts.secret_text import PLACEHOLDER, WORDS
from checks.facts.token_formats import shaped_like
from checks.model import Severity
from checks.snapshot import Snapshot

_NOT_SECRET = re.compile(
    r"(?:_|^)(?:FILE|PATH|DIR|URL|NAME|ID|HEADER|ENABLED|LENGTH|TTL|EXPIR\w*|TYPE|PUBLIC\w*|COUNT|LIMIT|MAX\w*|MIN\w*|ALGORITHM)$",
    re.IGNORECASE,
)
_SECRET_FILE = re.compile(
    r"^(?:\.env(?:\.(?:local|prod(?:uction)?|staging|dev(?:elopment)?))?|id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.git-credentials|\.pgpass|\.aws|\.ssh|\.kube|kubeconfig"
    r"|credentials\.json|service[-_]?account(?:[-_]key)?\.json|gcp[-_]?key\.json|.*\.(?:p12|pfx|jks|keystore)|.*(?:private|server|tls|ssl)[-_.]?key\.pem|privkey\.pem|.*\.key)$",
    re.IGNORECASE,
)
# Public by name, a form to fill in, or the public key of a package repository.
_FOR_EVERYONE = re.compile(r"public|example|sample|template|gpg|pgp|keyring|archive", re.IGNORECASE)
_TOKEN = re.compile(r"^\$\{?(\w+)\}?$")
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class BakedSecret:
    """A secret that everyone who has the image can read."""

    path: str
    line: int
    subject: str
    what: str
    severity: Severity


@dataclass(frozen=True)
class BakedSecrets:
    """All of them; `images` counts the Dockerfiles looked at."""

    images: int
    all: tuple[BakedSecret, ...]

    def __len__(self) -> int:
        return self.images

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        images, found, prepared = 0, list[BakedSecret](), snapshot.derived(PreparedFiles)
        for path, dockerfile in snapshot.files(Dockerfile):
            if snapshot.role(path) in _OURS and not is_for_development(path) and dockerfile.final:
                images += 1
                for stage in dockerfile.lineage(dockerfile.final):
                    found += (
                        *_variables(path, stage),
                        *_arguments(path, stage),
                        *_files(path, stage, prepared),
                    )
        return cls(images, tuple(found))


def _variables(path: str, stage: Stage) -> Iterator[BakedSecret]:
    for name, value, line in stage.env:
        if _is_secret_name(name) and _is_secret(value):
            yield BakedSecret(path, line, name, f"ENV {name} holds a secret's value", Severity.CRITICAL)


def _arguments(path: str, stage: Stage) -> Iterator[BakedSecret]:
    """Arguments with a value of their own, and those that ENV or a command of the final image keeps."""
    kept = {match.group(1): line for _, value, line in stage.env if (match := _TOKEN.match(value))}
    for instruction in stage.all("ARG"):
        for name, default in declared(instruction):
            if not _is_secret_name(name):
                continue
            if default and _is_secret(default):
                what = f"ARG {name} has a secret as its default"
                yield BakedSecret(path, instruction.line, name, what, Severity.CRITICAL)
            elif name in kept and not default:
                what = f"the build argument {name} stays in the image as a variable"
                yield BakedSecret(path, kept[name], name, what, Severity.HIGH)
            elif not default and (line := _used(stage, name)):
                what = f"the build argument {name} stays in the image's history"
                yield BakedSecret(path, line, name, what, Severity.HIGH)


def _used(stage: Stage, name: str) -> int | None:
    """The command of the stage that uses the argument."""
    word = re.compile(rf"\$\{{?{re.escape(name)}\b")
    for command in stage.commands:
        if any(word.search(text) for text in (*command.words, *command.assignments)):
            return command.line
    return None


def _files(path: str, stage: Stage, prepared: PreparedFiles) -> Iterator[BakedSecret]:
    for copy in stage.copies:
        for source in copy.sources if copy.source_stage is None else ():
            name = posixpath.basename(source.rstrip("/"))
            secret = _SECRET_FILE.match(name) and not _FOR_EVERYONE.search(name)
            if secret and not prepared.is_of_example(name):
                yield BakedSecret(
                    path, copy.line, source, f"`{source}` is copied into the image", Severity.HIGH
                )


def _is_secret_name(name: str) -> bool:
    return NAME.search(name) is not None and not _NOT_SECRET.search(name) and "PUBLIC" not in name.upper()


def _is_secret(value: str) -> bool:
    """A literal that is neither a placeholder for the build nor a word."""
    if shaped_like(value):
        return True
    is_word = PLACEHOLDER.search(value) or WORDS.match(value) or not any(c.isdigit() for c in value)
    return (
        len(value) >= 8
        and not is_word
        and re.search(r"build|temp|unused|static|collect", value, re.IGNORECASE) is None
    )
