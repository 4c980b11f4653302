"""Where the repository's own files name a developer's home folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.home_path import HomePathsInText
from checks.facts.roles import Role
from checks.snapshot import Snapshot

# Accounts of images, of services, and names made up to be replaced.
_NOBODY = re.compile(
    r"^(?:user\w*|you\w*|name|username|me|myself|someone|somebody|dev|developer|admin|root|ubuntu|debian|ec2-user|centos|node|app\w*|runner\w*|ferris|vscode|coder|"
    r"jovyan|vagrant|pi|git|gitpod|codespace|circleci|jenkins|test\w*|example\w*|foo|bar|baz|alice|bob|john\w*|jane\w*|joe|shared|public|default|linuxbrew|"
    r"deploy\w*|service|server|www|web|python|agent\w*|worker|sandbox|container|nonroot|nobody|oracle|postgres|redis|steam|opam|rust|go|bun|deno|frappe|"
    r"celery|media|html|github|pages|django|wagtail|supervisor|homeassistant|odoo|airflow|spark|superset|[a-z]|x{2,}|your[\w-]*|my[\w-]*|some[\w-]*|project\w*|build\w*|ci|docker|client|guest|demo|nix\w*|builder|zulip|"
    r"discourse|claude|codex|opencode|devuser|localuser|homeuser|workspace|abc|u|hacker|attacker|victim|target|mock\w*|fake\w*|dummy\w*|sample\w*|tester\w*)$",
    re.IGNORECASE,
)
_SILENT = frozenset({Role.VENDORED, Role.FIXTURE, Role.ARCHIVE, Role.GENERATED, Role.TEST})
_IMAGE_FILE = re.compile(
    r"(?:^|/)(?:[\w.-]*Dockerfile[\w.-]*|[\w.-]*compose[\w.-]*\.ya?ml|devcontainer\.json|Vagrantfile|[\w.@-]+\.service)$"
)


@dataclass(frozen=True, slots=True)
class DeveloperHome:
    """A path in a developer's home: `root` is the home itself."""

    path: str
    line: int
    text: str
    root: str
    in_document: bool


@dataclass(frozen=True)
class HomePaths:
    """Every such path, and how many files were looked through."""

    files: int
    all: tuple[DeveloperHome, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        own = [
            (p, text)
            for p, text in snapshot.files(HomePathsInText)
            if snapshot.role(p) not in _SILENT and not _IMAGE_FILE.search(p)
        ]
        found = (home for path, text in own for home in _developers(path, text))
        return cls(len(own), tuple(found))

    def __len__(self) -> int:
        return self.files

    def first_of_each_file(self) -> Iterator[DeveloperHome]:
        """One for each file and home."""
        seen: set[tuple[str, str]] = set()
        for home in self.all:
            if (home.path, home.root) not in seen:
                seen.add((home.path, home.root))
                yield home


def _developers(path: str, text: HomePathsInText) -> Iterator[DeveloperHome]:
    for home in text.homes:
        parts = [part for part in re.split(r"[/\\]+", home.text) if part]
        account = parts[2] if parts[0].endswith(":") else parts[1]
        in_document = path.endswith((".md", ".mdx", ".rst"))
        if not _NOBODY.match(account) and not (in_document and parts[0] == "home"):
            root = "/".join(parts[: parts.index(account) + 1])
            yield DeveloperHome(
                path, home.line, home.text[:120], root, path.endswith((".md", ".mdx", ".rst"))
            )
