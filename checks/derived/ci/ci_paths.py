"""Paths, Make targets and package scripts that CI names, and those that aren't there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import CiCommand, ContinuousIntegration
from checks.derived.ignored import IgnoreRules
from checks.derived.tree_paths import join
from checks.facts.makefile import Makefile
from checks.facts.package_json import PackageJson
from checks.facts.workflow import Job, Workflow
from checks.snapshot import Snapshot

_SHELLS = frozenset({"bash", "sh", "zsh"})
_PYTHON = re.compile(r"^python[\d.]*$")
_CONTAINERS = frozenset({"docker", "podman", "docker-compose", "kubectl", "ssh", "nerdctl"})
_SCRIPT = re.compile(r"^[\w./-]+\.(?:sh|bash|py|js|mjs|ts|rb)$")
_CLONES = re.compile(
    r"\bgit clone\b|\bunzip\b|\btar\b|\bcurl\b|\bwget\b|\bgh (?:repo clone|release download)\b|\bmkdir\b|\bcookiecutter\b|\bcopier\b|\bnpm (?:init|create)\b|\bcd "
)


@dataclass(frozen=True, slots=True)
class CiPath:
    """Something that CI needs."""

    path: str
    line: int
    text: str
    what: str
    written: str
    looked_for: str


@dataclass(frozen=True)
class CiPaths:
    """What could be looked up; `count` of them."""

    count: int
    missing: tuple[CiPath, ...]

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        looked_up = list(_all(snapshot))
        unique = {(one.path, one.written, one.what): one for one, there in looked_up if not there}
        return cls(len(looked_up), tuple(unique.values()))


def _all(snapshot: Snapshot) -> Iterator[tuple[CiPath, bool]]:
    for path, workflow in snapshot.files(Workflow):
        for reference in workflow.references:
            if reference.is_local:
                yield _local(snapshot, path, reference.text, reference.line)
    makers = set(_jobs_that_make_files(snapshot))
    for command in snapshot.derived(ContinuousIntegration).commands:
        if command.path != command.origin.path or (command.origin.path, command.origin.job) in makers:
            continue
        if not command.command.part and "$" not in command.folder:
            yield from _of_command(snapshot, command)


def _local(snapshot: Snapshot, path: str, text: str, line: int) -> tuple[CiPath, bool]:
    target = re.sub(r"^(?:\./|\$/)", "", text).rstrip("/")
    there = snapshot.exists(target) or "${{" in text or not target.startswith(".github")
    return CiPath(path, line, f"uses: {text}", "action or workflow", text, target), there


def _jobs_that_make_files(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Jobs that bring other trees in: what they name may come from there."""
    for path, workflow in snapshot.files(Workflow):
        for job in workflow.jobs:
            if _makes_files(job):
                yield path, job.id


def _makes_files(job: Job) -> bool:
    for step in job.steps:
        name = step.uses.name if step.uses else ""
        if name == "actions/checkout" and (step.input("path") or step.input("repository")):
            return True
        if name == "actions/download-artifact" or (step.run and _CLONES.search(step.run)):
            return True
    return False


def _of_command(snapshot: Snapshot, command: CiCommand) -> Iterator[tuple[CiPath, bool]]:
    words = command.command.unwrapped().words
    if command.command.program in _CONTAINERS:
        return  # NOTE: the path is one of the container
    if any("$" in word or "*" in word or "`" in word for word in words):
        return
    if words[0] == "make":
        yield from _target(snapshot, command, words[1:])
    elif words[0] in ("npm", "pnpm", "yarn") and words[1:2] == ("run",) and len(words) > 2:
        yield from _package_script(snapshot, command, words[2])
    else:
        yield from _script(snapshot, command, words)


def _script(snapshot: Snapshot, command: CiCommand, words: tuple[str, ...]) -> Iterator[tuple[CiPath, bool]]:
    first = command.command.words[0]
    named = first if "/" in first and _SCRIPT.match(first) else ""
    if words[0] in _SHELLS or _PYTHON.match(words[0]):
        named = (
            next((word for word in words[1:] if not word.startswith("-")), "")
            if words[1:2] != ("-m",)
            else ""
        )
    target = join(command.folder, named) if _SCRIPT.match(named) else None
    if not target or named.startswith("/"):
        return
    top = target.partition("/")[0]
    if "/" in target and top not in snapshot.folders:
        return  # NOTE: a folder that isn't in the tree is made by the job
    if _is_written(snapshot, command.path, named):
        return
    ignored = snapshot.derived(IgnoreRules).ignored(target)
    yield (
        CiPath(command.path, command.line, command.text[:80], "script", named, target),
        snapshot.exists(target) or bool(ignored),
    )


def _is_written(snapshot: Snapshot, path: str, name: str) -> bool:
    """Whether a step writes the script itself: `echo "..." > test.py`."""
    workflow = snapshot.get(path, Workflow)
    writes = re.compile(rf"(?:>|\btee\b)\s*[\"']?(?:\./)?{re.escape(name.removeprefix('./'))}(?![\w.-])")
    runs = (step.run for job in workflow.jobs for step in job.steps if step.run) if workflow else ()
    return any(writes.search(run) for run in runs)


def _target(snapshot: Snapshot, command: CiCommand, words: tuple[str, ...]) -> Iterator[tuple[CiPath, bool]]:
    if any(word.startswith("-") for word in words):
        return
    path = join(command.folder, "Makefile")
    makefile = snapshot.get(path, Makefile) if path else None
    if path is None or makefile is None or makefile.includes or makefile.has_dynamic_targets:
        return
    for word in words:
        if "=" not in word:
            there = makefile.target(word) is not None or snapshot.exists(join(command.folder, word) or word)
            yield (
                CiPath(
                    command.path, command.line, command.text[:80], "Make target", word, f"{word} in {path}"
                ),
                there,
            )


def _package_script(snapshot: Snapshot, command: CiCommand, name: str) -> Iterator[tuple[CiPath, bool]]:
    path = join(command.folder, "package.json")
    package = snapshot.get(path, PackageJson) if path else None
    if (
        package is None
        or name.startswith("-")
        or "--if-present" in command.command.words
        or "*" in name
        or "/" in name
    ):
        return
    there = package.script(name) is not None or any(
        word.startswith(("-w", "--workspace", "--filter", "-C", "--prefix", "--cwd"))
        for word in command.command.words
    )
    yield (
        CiPath(command.path, command.line, command.text[:80], "package script", name, f"{name} in {path}"),
        there,
    )
