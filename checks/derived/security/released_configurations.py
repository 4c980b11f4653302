"""Configuration files that a release copies into what it publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.configurations import is_example
from checks.derived.security.external_endpoints import ExternalEndpoints
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_COPIES = re.compile(r"^\s*(?:cp|mv|install|tar|zip|7z|Copy-Item|Compress-Archive)\b", re.IGNORECASE)
_WORD = re.compile(r"""[^\s"'`,;()=|&]+""")
_SUFFIXES = (".toml", ".yaml", ".yml", ".json", ".ini", ".cfg", ".conf", ".env", ".properties")
_RELEASES = re.compile(r"releas|publish|package|dist", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReleasedConfiguration:
    """A workflow's line that copies a tracked configuration, and what in it is a developer's own."""

    path: str
    line: int
    configuration: str
    host: str
    host_line: int


@dataclass(frozen=True)
class ReleasedConfigurations:
    """The first line of each workflow for each file."""

    all: tuple[ReleasedConfiguration, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        own = {endpoint.path: endpoint for endpoint in snapshot.derived(ExternalEndpoints).all}
        found: dict[tuple[str, str], ReleasedConfiguration] = {}
        workflows = [(path, flow) for path, flow in snapshot.files(Workflow) if _RELEASES.search(path)]
        for path, workflow in workflows:
            for line, name in _copied(workflow):
                endpoint = own.get(name)
                if endpoint is not None and not is_example(name):
                    released = ReleasedConfiguration(path, line, name, endpoint.host, endpoint.line)
                    found.setdefault((path, name), released)
        return cls(tuple(found.values()))


def _copied(workflow: Workflow) -> Iterator[tuple[int, str]]:
    """The configuration files that copying and packing commands name, with the step's line."""
    for _, step in workflow.steps:
        for text in (step.run or "").split("\n"):
            if _COPIES.match(text):
                words = (word.removeprefix("./") for word in _WORD.findall(text))
                yield from ((step.line, word) for word in words if word.endswith(_SUFFIXES))
