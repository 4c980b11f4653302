"""Environment variables that an example tells people to set, and that nothing reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.compose import Compose
from checks.facts.environment_example import EnvironmentExample, ExampleVariable
from checks.facts.source import Source
from checks.facts.upper_words import UpperWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

# Read by runtimes, frameworks, client libraries and the images of databases.
READ_BY_OTHERS = re.compile(
    r"^(?:PORT|HOST(?:NAME)?|TZ|LANG|DEBUG|HOME|PATH|USER|(?:HTTP|HTTPS|NO)_PROXY|DATABASE_URL|NODE_\w+|NPM_\w+|NEXT_\w+|NUXT_\w+|VITE_\w+|REACT_APP_\w+"
    r"|PYTHON\w*|UV_\w+|PIP_\w+|GO(?:PROXY|FLAGS|PATH|ROOT|MAXPROCS|GC|OS|ARCH|PRIVATE|MEMLIMIT|TOOLCHAIN)|RUST\w*|CARGO_\w+|(?:POSTGRES|PG|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ|MINIO|ELASTIC|GRAFANA|GF)_?\w+|AWS_\w+|AZURE_\w+"
    r"|GOOGLE_\w+|GCP_\w+|GCLOUD_\w+|OPENAI_\w+|ANTHROPIC_\w+|XAI_\w+|CLAUDE_\w+|HUGGINGFACE_\w+|HF_\w+|LANGCHAIN_\w+|LANGSMITH_\w+|SENTRY_\w+|OTEL_\w+"
    r"|DD_\w+|COMPOSE_\w+|DOCKER_\w+|KUBE\w+|GIT_\w+|GITHUB_TOKEN|GH_TOKEN|SLACK_BOT_TOKEN|DJANGO_\w+|FLASK_\w+|UVICORN_\w+|GUNICORN_\w+|CELERY_\w+|SSL_\w+|AUTH_\w+|NEXTAUTH_\w+)$"
)
NAME = re.compile(r"^[A-Za-z][\w.-]{2,60}$")
_SIGNS = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class ExampleVariables:
    """The unread variables by the example's path, and how many variables were looked for."""

    unread: dict[str, tuple[ExampleVariable, ...]]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        examples = list(snapshot.files(EnvironmentExample))
        # Without code that was read, nothing can be said of what it reads.
        code = any(True for _ in snapshot.shipped(Source))
        if not examples or not code:
            return cls({}, 0)
        known = frozenset(_SIGNS.sub("", name.lower()) for name in _names(snapshot))
        images = frozenset(_images(snapshot))
        unread = {
            path: tuple(
                v
                for v in example.variables
                if v.name.lower().partition("_")[0] not in images and not _is_known(v.name, known)
            )
            for path, example in examples
        }
        judged = sum(len(example.variables) for _, example in examples)
        return cls({path: variables for path, variables in unread.items() if variables}, judged)


def _images(snapshot: Snapshot) -> Iterator[str]:
    """The names of others' images that a compose file gives its variables to: `ngrok` reads `NGROK_AUTHTOKEN`."""
    for _, compose in snapshot.files(Compose):
        for service in compose.services:
            if service.env_files and service.build is None and (image := service.resolved_image):
                yield image.name.rpartition("/")[2].lower()


def _names(snapshot: Snapshot) -> Iterator[str]:
    """Whatever may name a variable or a setting: in code, in configuration, in scripts."""
    for _, source in snapshot.files(Source):
        yield from source.references
        yield from (field.name for field in source.fields)
        yield from (read.name for read in source.environment)
        yield from (definition.name.rpartition(".")[2] for definition in source.definitions)
        yield from (string.value for string in source.strings if NAME.match(string.value))
    for _, file in snapshot.files(UpperWords):
        yield from file.words


def _is_known(name: str, known: frozenset[str]) -> bool:
    """Whether the name, or what is left of it without a prefix, is one that something else uses too."""
    if READ_BY_OTHERS.match(name):
        return True
    words = name.lower().split("_")
    shortest = min(2, len(words))
    return any("".join(words[start:]) in known for start in range(len(words) - shortest + 1))
