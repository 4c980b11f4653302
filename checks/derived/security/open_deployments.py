"""Places that deploy something for everyone on the internet to call, without signing in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.workloads import Manifests
from checks.facts.configuration_text import ConfigurationText
from checks.facts.roles import Role
from checks.facts.shell_script import ShellScript
from checks.facts.source import Call, Source
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_FLAG = "allow-unauthenticated"
_EVERYONE = re.compile(r"\ballUsers\b")
_WORKFLOW_FLAG = re.compile(r"(?<![\w-])--allow-unauthenticated(?![\w=-])|\ballUsers\b")
_DEPLOYING = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class OpenDeployment:
    """A place that opens a deployment: `subject` is what opens it, the same in every language."""

    path: str
    line: int
    subject: str
    by: str


@dataclass(frozen=True)
class OpenDeployments:
    """The first of each kind in every file; `read` counts scripts, workflows, manifests and sources."""

    all: tuple[OpenDeployment, ...]
    read: int

    def __len__(self) -> int:
        return self.read

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found: dict[tuple[str, str], OpenDeployment] = {}
        for one in (*_scripts(snapshot), *_workflows(snapshot), *_sources(snapshot), *_settings(snapshot)):
            found.setdefault((one.path, one.subject), one)
        read = (
            snapshot.count(ShellScript)
            + snapshot.count(Workflow)
            + snapshot.count(Source)
            + len(snapshot.derived(Manifests))
        )
        return cls(tuple(found.values()), read)


def _scripts(snapshot: Snapshot) -> Iterator[OpenDeployment]:
    for path, script in snapshot.files(ShellScript):
        if snapshot.role(path) in _DEPLOYING:
            for command in script.commands:
                if f"--{_FLAG}" in command.words:
                    yield OpenDeployment(path, command.line, _FLAG, f"`{command.program} ... --{_FLAG}`")
                elif any(_EVERYONE.search(word) for word in command.words):
                    yield OpenDeployment(path, command.line, "allUsers", f"`{command.program} ... allUsers`")


def _workflows(snapshot: Snapshot) -> Iterator[OpenDeployment]:
    for path, workflow in snapshot.files(Workflow):
        for _, step in workflow.steps:
            texts = (step.run or "", step.input("flags") or "")
            if match := next((m for text in texts if (m := _WORKFLOW_FLAG.search(text))), None):
                subject = match.group().strip("-")
                yield OpenDeployment(path, step.line, subject, f"a step with `{match.group()}`")


def _sources(snapshot: Snapshot) -> Iterator[OpenDeployment]:
    """A deployment tool whose flag is on unless it is switched off, or which gives the flag to a command by itself."""
    for path, source in snapshot.files(Source):
        if snapshot.role(path) not in _DEPLOYING:
            continue
        switch = next((call for call in source.calls if _is_switch(call)), None)
        if switch is not None:
            if _is_on(switch):
                yield OpenDeployment(path, switch.line, _FLAG, f"a flag `--{_FLAG}` that is on by default")
            continue
        literal = next((one for one in source.strings if one.value == f"--{_FLAG}"), None)
        if literal is not None and not source.in_test(literal.line):
            yield OpenDeployment(path, literal.line, _FLAG, f"`--{_FLAG}` given to a command")


def _is_switch(call: Call) -> bool:
    return any(
        argument.literal and argument.text.lstrip("-") == _FLAG for argument in call.arguments
    ) and bool(re.search(r"(?:Bool(?:Var)?P?|add_argument|option|Option|arg)$", call.callee))


def _is_on(call: Call) -> bool:
    return any(argument.text in ("true", "True") for argument in call.arguments)


def _settings(snapshot: Snapshot) -> Iterator[OpenDeployment]:
    for path, text in snapshot.files(ConfigurationText):
        if snapshot.role(path) in _DEPLOYING:
            for setting in text.settings:
                if setting.key in ("publicly_accessible", "PubliclyAccessible") and setting.value == "true":
                    yield OpenDeployment(path, setting.line, setting.key, f"`{setting.key}: true`")
