"""A pip requirements file: what it installs, includes and constrains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.requirement import Requirement, egg, local_path, requirement

_COMMENT = re.compile(r"(^|\s)#.*$")
_OPTION = re.compile(r"^(-r|--requirement|-c|--constraint|-e|--editable)(?:\s+|=)?(.+)$")
_HASH = re.compile(r"\s--hash=\S+")


@dataclass(frozen=True, slots=True)
class Include:
    """`-r other.txt` or `-c constraints.txt`, relative to the file's folder."""

    path: str
    line: int
    constraint: bool = False


@facts(
    "requirements*.txt",
    "*requirements.txt",
    "constraints*.txt",
    "requirements*.in",
    "**/requirements/*.txt",
    "**/requirements/*.in",
    version=1,
)
@dataclass(frozen=True, slots=True)
class RequirementsFile:
    """The requirements in order, the files it includes, and whether every one carries a hash."""

    requirements: tuple[Requirement, ...] = ()
    includes: tuple[Include, ...] = ()
    hashed: bool = False
    unread: tuple[int, ...] = ()  # lines that name nothing we know

    @classmethod
    def extract(cls, text: str) -> Self:
        requirements: list[Requirement] = []
        includes: list[Include] = []
        unread: list[int] = []
        hashes = 0
        for number, line in _logical_lines(text):
            option = _OPTION.match(line)
            if option and option.group(1) in ("-r", "--requirement", "-c", "--constraint"):
                constraint = option.group(1) in ("-c", "--constraint")
                includes.append(Include(option.group(2).strip(), number, constraint))
            elif line.startswith("-") and not option:
                continue
            elif found := _read(option.group(2) if option else line, number):
                requirements.append(found)
                hashes += "--hash=" in line
            else:
                unread.append(number)
        hashed = bool(requirements) and hashes == len(requirements)
        return cls(tuple(requirements), tuple(includes), hashed, tuple(unread))


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments, continuations joined, under the number of their first line."""
    start, parts = 0, [""]
    for number, raw in enumerate(text.split("\n"), 1):
        line = _COMMENT.sub("", raw).rstrip()
        start = start or number
        parts.append(line.removesuffix("\\"))
        if not line.endswith("\\"):
            if joined := " ".join(part.strip() for part in parts if part.strip()):
                yield start, joined
            start, parts = 0, []


def _read(text: str, line: int) -> Requirement | None:
    """A requirement by name, by local path or by address."""
    body = _HASH.sub("", text).strip()
    if body[:1] in "\"'" and body[:1] == body[-1:]:
        body = body[1:-1]
    if body.startswith((".", "/", "file:")) or ("://" in body.split(" @ ")[0] and "@ " not in body):
        name = egg(body)
        path = local_path(re.sub(r"\[[^\]]*\]$", "", body))
        return Requirement(name=name or "", line=line, path=path or ("." if body == "." else None), url=body)
    return requirement(body, line)
