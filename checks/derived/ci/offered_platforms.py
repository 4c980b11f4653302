"""The platforms that documents offer builds for, and those that CI builds. Platforms are Rust's target triples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.documents import COUNTED, Documents
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_TARGET = re.compile(
    r"\b(?:x86_64|i686|aarch64|armv7|arm|riscv64gc|powerpc64le|s390x)-(?:unknown|apple|pc)-(?:linux|darwin|windows|freebsd)(?:-(?:gnu|musl|msvc)(?:eabi(?:hf)?)?)?\b"
)
_FEWEST = 2  # targets: then the release names them


@dataclass(frozen=True)
class OfferedPlatforms:
    """`not_built` has the place of the first offer of each target that CI never names."""

    built: frozenset[str]
    not_built: dict[str, tuple[str, int]]
    offered: int

    def __len__(self) -> int:
        return self.offered

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        built = frozenset(_built(snapshot))
        if len(built) < _FEWEST:
            return cls(built, {}, 0)
        offers: dict[str, tuple[str, int]] = {}
        for target, path, line in _offers(snapshot):
            offers.setdefault(target, (path, line))
        return cls(
            built, {target: place for target, place in offers.items() if target not in built}, len(offers)
        )


def _built(snapshot: Snapshot) -> Iterator[str]:
    ci = snapshot.derived(ContinuousIntegration)
    texts = [command.text for command in ci.commands]
    texts += [value for action in ci.actions for _, value in action.step.inputs]
    for _, workflow in snapshot.files(Workflow):
        texts += [value for job in workflow.jobs for _, values in job.matrix for value in values]
    for text in texts:
        yield from _TARGET.findall(text)


def _offers(snapshot: Snapshot) -> Iterator[tuple[str, str, int]]:
    """Names of files to download: a target with a suffix, or behind the name of the program."""
    for document in snapshot.derived(Documents).all:
        if document.standing in COUNTED:
            for passage in document.markdown.passages:
                for match in re.finditer(
                    rf"[\w.]-({_TARGET.pattern})\.(?:tar|zip|exe|tgz|gz|xz|deb)", passage.text
                ):
                    yield match.group(1), document.path, passage.line
