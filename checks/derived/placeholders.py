"""Values in what is deployed that were left for somebody to fill in, and that nothing fills in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.facts.compose import Compose
from checks.facts.kubernetes import KubernetesManifest
from checks.facts.kustomization import Kustomization
from checks.facts.source import Source
from checks.facts.workflow import Workflow
from checks.facts.yaml_document import YamlNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

TOKEN = re.compile(
    r"(?<![\w${.-])(?:YOUR[-_][A-Z][A-Z0-9_-]*|(?:YOUR[-_])?(?:GCP[-_])?PROJECT[-_]ID|your-(?:project|domain|org|account|registry|bucket|cluster|company)[\w-]*"
    r"|(?:REPLACE|CHANGE)[-_ ]?(?:ME|WITH|THIS|IT)\w*|change-?me|<[A-Z][A-Z0-9_-]{3,}>)(?![\w}])"
)
EXAMPLE = re.compile(r"(?<![\w.@-])(?:[\w*-]+\.)*example\.(?:com|org|net)\b")
FOR_COPYING = re.compile(
    r"(?:^|[./_-])(?:examples?|samples?|templates?|dist|tpl|default)(?=[./_-])", re.IGNORECASE
)
FILLS = re.compile(r"\b(?:sed|envsubst|perl|yq|gomplate|jinja2|j2)\b")
SECRET = re.compile(r"pass(?:word|wd)?|secret|token|key|credential", re.IGNORECASE)
LONGEST = 300  # characters of a value; more is a file within a file


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A value of a file that is a placeholder. An example's domain is one of less weight."""

    token: str
    line: int
    is_domain: bool


@dataclass(frozen=True)
class Placeholders:
    """By path, with the number of files that were looked at."""

    by_path: dict[str, tuple[Placeholder, ...]]
    judged: int

    def __len__(self) -> int:
        return self.judged

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        filled = _filled(snapshot)
        found: dict[str, tuple[Placeholder, ...]] = {}
        judged = 0
        for path, values in _files(snapshot):
            if FOR_COPYING.search(path):
                continue
            judged += 1
            placeholders = tuple(p for text, line in values if (p := _placeholder(text, line, filled)))
            if placeholders:
                found[path] = placeholders
        return cls(found, judged)


def _placeholder(text: str, line: int, filled: str) -> Placeholder | None:
    if len(text) > LONGEST or "\n" in text or "{{" in text:
        return None
    for pattern in (TOKEN, EXAMPLE):
        for match in pattern.finditer(text):
            if match.group() not in filled:
                return Placeholder(match.group(), line, pattern is EXAMPLE)
    return None


def _files(snapshot: Snapshot) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    renamed = {name for _, file in snapshot.files(Kustomization) for name, *_ in file.images}
    for path, manifest in snapshot.shipped(KubernetesManifest):
        if not manifest.is_templated:
            values = [value for item in manifest.objects for value in _scalars(item.node)]
            yield path, [(text, line) for text, line in values if text.partition(":")[0] not in renamed]
    for path, compose in snapshot.shipped(Compose):
        yield (
            path,
            [
                (text, line)
                for service in compose.services
                for text, line in (
                    (service.image or "", service.image_line),
                    *((v.value or "", v.line) for v in service.variables if not SECRET.search(v.name)),
                )
            ],
        )
    for path, workflow in snapshot.files(Workflow):
        inputs = [(value, step.input_line(name)) for _, step in workflow.steps for name, value in step.inputs]
        yield path, [(text, line) for text, line in inputs if not EXAMPLE.search(text)]


def _scalars(node: YamlNode) -> Iterator[tuple[str, int]]:
    """Every value under a node; the tree is of bounded depth."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current.text is not None:
            yield current.text, current.line
        waiting += current.items or ()
        waiting += [entry.value for entry in current.entries or ()]


def _filled(snapshot: Snapshot) -> str:
    """The text of whatever replaces words in files: scripts, steps of workflows, programs that name the word."""
    parts = [
        argument.text
        for _, source in snapshot.files(Source)
        for call in source.calls
        if FILLS.search(call.callee)
        for argument in call.arguments
    ]
    parts += [
        step.run
        for _, workflow in snapshot.files(Workflow)
        for _, step in workflow.steps
        if step.run and FILLS.search(step.run)
    ]
    parts += [
        string.value
        for _, source in snapshot.files(Source)
        for string in source.strings
        if TOKEN.fullmatch(string.value)
    ]
    return "\n".join(parts)
