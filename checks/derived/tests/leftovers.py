"""What a shell script starts or makes, and would leave behind if a later command failed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Self

from checks.derived.own_scripts import OwnScript, OwnScripts
from checks.facts.shell_structure_reader import Background
from checks.snapshot import Snapshot

_MEANT_TO_STAY = re.compile(r"\b(?:nohup|disown|setsid|daemon|exec)\b")
_STOPS = ("docker stop", "docker rm", "docker kill", "podman stop", "podman rm", "podman kill")
_ENOUGH = 50  # of one kind in one script
_ENDS = frozenset({"wait", "kill", "pkill", "killall"})


@dataclass(frozen=True, slots=True)
class Leftover:
    """One thing that would stay."""

    line: int
    what: str
    text: str


@dataclass(frozen=True)
class ScriptLeftovers:
    """By script. CI and images are exempt: their machine is thrown away."""

    by_script: tuple[tuple[str, tuple[Leftover, ...]], ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = [
            (script.path, tuple(sorted(_of(script), key=lambda item: item.line)))
            for script in snapshot.derived(OwnScripts)
            if not script.cleans_up and not script.is_in_image and not script.is_run_by_ci
        ]
        return cls(tuple((path, leftovers) for path, leftovers in found if leftovers))


def _of(script: OwnScript) -> Iterator[Leftover]:
    if not script.exits_on_failure:  # it always reaches its own end
        return
    if not script.runs("nohup", "disown", "setsid"):
        for job in script.structure.background[:_ENOUGH]:
            if not _MEANT_TO_STAY.search(job.text) and _may_fail_before_end(script, job):
                yield Leftover(job.line, "a background process", job.text)
    for command in islice((c for c in script.commands if c.runs("mktemp")), _ENOUGH):
        if _may_fail(script, command.line, _last(script, "rm", "mv")):
            yield Leftover(command.line, "a temporary file or folder", command.text)
    stop = _last(script, *_STOPS)
    for command in islice((c for c in script.commands if c.runs("docker run", "podman run")), _ENOUGH):
        if stop and _is_detached(command.words) and _may_fail(script, command.line, stop):
            yield Leftover(command.line, "a container", command.text)


def _is_detached(words: tuple[str, ...]) -> bool:
    return any(word == "--detach" or re.fullmatch(r"-[a-zA-Z]*d[a-zA-Z]*", word) for word in words)


def _may_fail_before_end(script: OwnScript, job: Background) -> bool:
    """Whether a command between the job's start and the script's word about its end may fail."""
    ends = [
        c.line
        for c in script.commands
        if c.words[0] in _ENDS and c.line > job.end_line and not _probes(c.words)
    ]
    return bool(ends) and _may_fail(script, job.end_line, ends[-1])


def _probes(words: tuple[str, ...]) -> bool:
    return words[:2] == ("kill", "-0")


def _may_fail(script: OwnScript, first: int, last: int) -> bool:
    """Whether one of the commands between the lines ends the script when it fails; to the end if nothing comes last."""
    jobs = [(job.line, job.end_line) for job in script.structure.background]
    return any(
        command.line > first
        and (not last or command.line < last)
        and command.swallowed is None
        and command.part == ""
        and not any(start <= command.line <= end for start, end in jobs)
        for command in script.working
    )


def _last(script: OwnScript, *programs: str) -> int:
    """The line of the last such command; 0 if there is none."""
    return max((command.line for command in script.commands if command.runs(*programs)), default=0)
