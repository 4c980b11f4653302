"""The configuration that the repository's software runs with: settings by file, examples and tools' own files left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.configuration_text import ConfigurationText, Setting
from checks.facts.roles import Role
from checks.snapshot import Snapshot

_RUNS = frozenset({Role.SHIPPED, Role.TEST})
_EXAMPLE = re.compile(
    r"example|sample|template|results?(?:[/._-]|$)|reports?(?:[/._-]|$)|\.dist$|(?:^|[./_-])(?:schema|locale|i18n|translations?)(?:[./_-]|$)",
    re.IGNORECASE,
)
_TOOLS = re.compile(
    r"(?:^|/)(?:package(?:-lock)?\.json|tsconfig[\w.]*\.json|pnpm-lock\.yaml|composer\.json|Cargo\.toml|pyproject\.toml|setup\.cfg|tox\.ini|\.pre-commit[\w.-]*"
    r"|\.(?:woodpecker|drone|travis|gitlab-ci|appveyor|cirrus)\.ya?ml|(?:azure|bitbucket)-pipelines\.ya?ml|mkdocs\.ya?ml|\.golangci\.ya?ml|deny\.toml|renovate\.json5?|turbo\.json|nx\.json|biome\.jsonc?|openapi[\w.-]*|swagger[\w.-]*|[\w.-]*lock\.json)$"
    r"|(?:^|/)(?:\.[\w-]+/workflows|\.github|\.gitlab|\.woodpecker|\.buildkite|\.circleci|\.vscode|\.idea|\.devcontainer|\.claude|\.cursor|locales?|i18n|lang|messages|translations?|migrations?|schemas?|distribution)/"
    r"|\.schema\.json$|(?:^|/)[\w.-]*(?:openapi|swagger)[\w.-]*\.(?:json|ya?ml)$"
)
_DEVELOPMENT = re.compile(
    r"(?:^|[/._-])(?:dev|devel|development|devcontainer|local|test|tests|testing|ci|e2e|debug|override)(?:[/._-]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A file of settings. `is_test` where it stands with the tests, `for_development` where its name says that."""

    path: str
    settings: tuple[Setting, ...]
    is_test: bool
    for_development: bool


@dataclass(frozen=True)
class Configurations:
    """All of them, by path."""

    files: tuple[Configuration, ...]

    def __len__(self) -> int:
        return len(self.files)

    def __iter__(self) -> Iterator[Configuration]:
        return iter(self.files)

    @property
    def shipped(self) -> Iterator[Configuration]:
        """Those that belong neither to tests nor to development."""
        return (file for file in self.files if not file.is_test and not file.for_development)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = [
            Configuration(
                path,
                text.settings,
                snapshot.role(path) is Role.TEST,
                is_for_development(path),
            )
            for path, text in snapshot.files(ConfigurationText)
            if text.settings and snapshot.role(path) in _RUNS and not is_example(path)
        ]
        return cls(tuple(sorted(found, key=lambda file: file.path)))


def is_for_development(path: str) -> bool:
    """Whether the file's name or folder says that it serves development, tests or CI."""
    return _DEVELOPMENT.search(path) is not None


def is_example(path: str) -> bool:
    """Whether the file only shows what a configuration looks like, or configures a developer's tool."""
    return _EXAMPLE.search(path) is not None or _TOOLS.search(path) is not None
