"""Dockerfiles: stages with their bases, copies, commands, users, ports and health checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.dockerfile_reader import Instruction, directives, instructions
from checks.facts.kinds import UnreadableFile, facts
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.workflow_step import image_name

_VARIABLE = re.compile(r"\$(?:\{(\w+)(?:(:?[-+])([^}]*))?\}|(\w+))")
_HEREDOC_WORD = re.compile(r"<<-?\s*[\"']?([A-Za-z_]\w*)")
_SOUGHT = re.compile(r"(?:\[|\btest)\s+-[efs]\s+[\"']?([\w./-]+)")
INSTRUCTION_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class Image:
    """A base as written and with its arguments put in; `is_known` is false where an argument has no default."""

    written: str
    resolved: str
    is_known: bool

    @property
    def name(self) -> str:
        """Without tag and digest."""
        return image_name(self.resolved)

    @property
    def tag(self) -> str | None:
        tail = self.resolved.partition("@")[0].rpartition("/")[2]
        return tail.partition(":")[2] or None

    @property
    def is_pinned(self) -> bool:
        """Whether a digest fixes it."""
        return "@sha256:" in self.resolved


@dataclass(frozen=True, slots=True)
class Copy:
    """COPY or ADD. `source_stage` is what --from names; sources are "" for here-documents."""

    line: int
    sources: tuple[str, ...]
    destination: str
    source_stage: str | None = None
    owner: str | None = None
    is_add: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A build stage. `base` is the image, or the name of the earlier stage that `base_stage` holds."""

    index: int
    line: int
    base: Image
    name: str | None = None
    platform: str | None = None
    base_stage: int | None = None
    instructions: tuple[Instruction, ...] = ()

    @property
    def label(self) -> str:
        """Its name, or its base's."""
        return self.name or self.base.name

    def all(self, *keywords: str) -> tuple[Instruction, ...]:
        """Its instructions of these keywords."""
        return tuple(i for i in self.instructions if i.keyword in keywords and not i.on_build)

    def last(self, keyword: str) -> Instruction | None:
        """The one that counts where a later one replaces the earlier."""
        found = self.all(keyword)
        return found[-1] if found else None

    @property
    def copies(self) -> Iterator[Copy]:
        """What COPY and ADD bring in."""
        return (copy for instruction in self.all("COPY", "ADD") if (copy := _copy(instruction)))

    @property
    def commands(self) -> Iterator[ShellCommand]:
        """The commands of its RUN instructions."""
        for instruction in self.all("RUN"):
            yield from run_commands(instruction)

    def looks_for(self, *names: str) -> bool:
        """Whether a RUN asks first for one of these files: `[ -f yarn.lock ]`."""
        sought = {word for i in self.all("RUN") for word in _SOUGHT.findall(i.text)}
        return any(word.rpartition("/")[2] in names for word in sought)

    @property
    def ports(self) -> tuple[tuple[str, int], ...]:
        """What EXPOSE names, with lines."""
        return tuple((word, i.line) for i in self.all("EXPOSE") for word in i.words)

    @property
    def workdirs(self) -> tuple[str, ...]:
        return tuple(i.text for i in self.all("WORKDIR"))

    @property
    def env(self) -> tuple[tuple[str, str, int], ...]:
        """What ENV sets: name, value, line."""
        return tuple((name, value, i.line) for i in self.all("ENV") for name, value in assignments(i.text))


@facts(
    "Dockerfile",
    "Dockerfile.*",
    "Dockerfile-*",
    "Dockerfile_*",
    "*.Dockerfile",
    "*.dockerfile",
    "Containerfile",
    "Containerfile.*",
    version=1,
)
@dataclass(frozen=True, slots=True)
class Dockerfile:
    """The stages in order; `arguments` are the ARGs before the first FROM, with their defaults."""

    stages: tuple[Stage, ...] = ()
    arguments: tuple[tuple[str, str | None], ...] = ()
    syntax: str | None = None

    @classmethod
    def extract(cls, text: str) -> Self:
        arguments: list[tuple[str, str | None]] = []
        groups: list[list[Instruction]] = []
        for number, instruction in enumerate(instructions(text)):
            if number == INSTRUCTION_LIMIT:
                raise UnreadableFile(f"more than {INSTRUCTION_LIMIT} instructions: too many to be read")
            if instruction.keyword == "FROM":
                groups.append([instruction])
            elif groups:
                groups[-1].append(instruction)
            elif instruction.keyword == "ARG":
                arguments += declared(instruction)
        stages: list[Stage] = []
        for group in groups:
            if stage := _stage(group, stages, dict(arguments)):
                stages.append(stage)
        return cls(tuple(stages), tuple(arguments), directives(text).get("syntax"))

    @property
    def final(self) -> Stage | None:
        """The stage that a build without --target makes."""
        return self.stages[-1] if self.stages else None

    def stage(self, name: str) -> Stage | None:
        """The stage of this name or number."""
        return next(
            (s for s in self.stages if (s.name or "").lower() == name.lower() or str(s.index) == name), None
        )

    def lineage(self, stage: Stage) -> tuple[Stage, ...]:
        """The stage and the stages it is built from, nearest first."""
        found = [stage]
        while (base := found[-1].base_stage) is not None:
            found.append(self.stages[base])
        return tuple(found)

    def effective(self, keyword: str, stage: Stage | None = None) -> Instruction | None:
        """The instruction that holds in a stage (the final one): its own, or inherited from the stages below it."""
        stage = stage or self.final
        lineage = self.lineage(stage) if stage else ()
        return next((found for s in lineage if (found := s.last(keyword))), None)

    @property
    def instructions(self) -> Iterator[Instruction]:
        return (instruction for stage in self.stages for instruction in stage.instructions)


def run_commands(instruction: Instruction) -> tuple[ShellCommand, ...]:
    """The commands of RUN, CMD, ENTRYPOINT or HEALTHCHECK CMD, in either form; lines are the file's."""
    if instruction.arguments is not None:
        return (ShellCommand(instruction.arguments, instruction.line, " ".join(instruction.arguments)[:200]),)
    line = instruction.line + instruction.lead
    if instruction.heredocs and instruction.text.startswith("<<"):
        first = line + 1 + instruction.text.count("\n")
        return shell_commands("\n".join(instruction.heredocs), line=first, errexit=False)
    script = " \\\n".join(instruction.text.split("\n"))
    for word, body in zip(_HEREDOC_WORD.findall(script), instruction.heredocs, strict=False):
        script += f"\n{body}\n{word}"
    return shell_commands(script, line=line, errexit=False)


def substituted(text: str, values: dict[str, str | None]) -> tuple[str, bool]:
    """The text with ${NAME}, ${NAME:-default} and $NAME put in, and whether all of them are known."""
    known = True

    def value(match: re.Match[str]) -> str:
        nonlocal known
        name = match.group(1) or match.group(4)
        found = values.get(name)
        if found is None and match.group(2) in ("-", ":-"):
            return str(match.group(3))
        if found is None:
            known = False
            return match.group(0)
        return found

    return _VARIABLE.sub(value, text), known


def assignments(text: str) -> Iterator[tuple[str, str]]:
    """`A=1 B="x y"` or the old `A 1`."""
    found = list(re.finditer(r"""([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)""", text))
    if not found and " " in text:
        name, _, value = text.partition(" ")
        yield name, value.strip()
    for match in found:
        yield match.group(1), match.group(2).strip("\"'")


def declared(instruction: Instruction) -> Iterator[tuple[str, str | None]]:
    """What an ARG declares: names with defaults."""
    for word in re.findall(r"""[A-Za-z_]\w*(?:=(?:"[^"]*"|'[^']*'|\S*))?""", instruction.text):
        name, equals, default = word.partition("=")
        yield name, default.strip("\"'") if equals else None


def _stage(group: list[Instruction], earlier: list[Stage], arguments: dict[str, str | None]) -> Stage | None:
    head = group[0]
    words = head.text.split()
    if not words:
        return None
    name = words[2] if len(words) > 2 and words[1].upper() == "AS" else None
    resolved, known = substituted(words[0], arguments)
    base = next((s.index for s in earlier if s.name and s.name.lower() == resolved.lower()), None)
    image = Image(words[0], resolved, known)
    return Stage(len(earlier), head.line, image, name, head.flag("platform"), base, tuple(group[1:]))


def _copy(instruction: Instruction) -> Copy | None:
    words = instruction.words
    if instruction.heredocs:
        words = tuple(word for word in words if not word.startswith("<<"))
        words = ("", *words)
    if len(words) < 2:
        return None
    return Copy(
        instruction.line,
        words[:-1],
        words[-1],
        instruction.flag("from"),
        instruction.flag("chown"),
        instruction.keyword == "ADD",
    )
