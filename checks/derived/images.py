"""Images that the tree's Dockerfiles build: their build context, where files of the tree land, what they start."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Self

from checks.derived.tree_paths import join, parents
from checks.facts.dockerfile import Dockerfile, Stage, run_commands
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_START = ("ENTRYPOINT", "CMD")
_DEPTH = 4
_MOST_PLACES = 500  # of one stage


@dataclass(frozen=True, slots=True)
class Start:
    """A command line that an image runs when it starts."""

    words: tuple[str, ...]
    text: str
    line: int


@dataclass(frozen=True)
class Image:
    """One Dockerfile with its context. `placed` lists (path in the image, path in the tree) of what it copies."""

    path: str
    context: str
    dockerfile: Dockerfile
    placed: tuple[tuple[str, str], ...]  # a source may be a pattern
    workdir: str
    search_path: tuple[str, ...]  # PYTHONPATH, in the image
    starts: tuple[Start, ...]
    built: tuple[tuple[str, str, int], ...]  # binaries: (path in the image, source as written, line)

    def in_tree(self, path: str) -> Iterator[str]:
        """The paths of the tree that may stand at a path of the image, the most specific copy first."""
        absolute = posixpath.normpath(posixpath.join(self.workdir, path))
        for placed, source in sorted(self.placed, key=lambda item: -len(item[0])):
            if absolute == placed:
                yield source
            elif placed == "/" or absolute.startswith(f"{placed}/"):
                rest = absolute.removeprefix(placed).strip("/")
                yield f"{source}/{rest}".strip("/")

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The folders of the tree from which the image imports: its working folder and PYTHONPATH."""
        found = (folder for path in (".", *self.search_path) for folder in self.in_tree(path))
        return tuple(dict.fromkeys(found))

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Top-level names of the working folder whose folder is called otherwise in the tree."""
        found = {}
        for placed, source in self.placed:
            name = posixpath.basename(placed)
            is_top = posixpath.dirname(placed) in (
                self.workdir,
                posixpath.dirname(self.workdir),
                "/app",
                *self.search_path,
            )
            if is_top and source and name != posixpath.basename(source) and name.isidentifier():
                found[name] = source
        return found


@dataclass(frozen=True)
class Images:
    """Every image of the tree, by the Dockerfile's path."""

    images: tuple[Image, ...]

    def __len__(self) -> int:
        return len(self.images)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        skipped = (Role.VENDORED, Role.FIXTURE, Role.ARCHIVE, Role.DOCUMENTATION)
        files = ((p, d) for p, d in snapshot.files(Dockerfile) if snapshot.role(p) not in skipped)
        return cls(
            tuple(image for path, dockerfile in files if (image := _image(snapshot, path, dockerfile)))
        )


def _image(snapshot: Snapshot, path: str, dockerfile: Dockerfile) -> Image | None:
    final = dockerfile.final
    if final is None:
        return None
    context = _context(snapshot, path, dockerfile)
    workdir = _workdir(dockerfile, final)
    values = {name: value for stage in dockerfile.lineage(final) for name, value, _ in stage.env}
    search = tuple(part for part in re.split(r"[:;]", values.get("PYTHONPATH", "")) if part.startswith("/"))
    return Image(
        path,
        context,
        dockerfile,
        _placed(snapshot, dockerfile, final, context, 0, {}),
        workdir,
        search,
        tuple(_starts(dockerfile, final)),
        tuple(_built(dockerfile)),
    )


def _context(snapshot: Snapshot, path: str, dockerfile: Dockerfile) -> str:
    """The nearest folder above the Dockerfile that has most of what it copies."""
    sources = [
        source
        for stage in dockerfile.stages
        for copy in stage.copies
        if copy.source_stage is None
        for source in copy.sources
        if source not in ("", ".", "./", "/") and "$" not in source and "://" not in source
    ]
    best, most = path.rpartition("/")[0], -1
    for folder in parents(path):
        there = sum(1 for source in sources if _matches(snapshot, folder, source))
        if there > most:
            best, most = folder, there
    return best


def _matches(snapshot: Snapshot, folder: str, source: str) -> bool:
    target = join(folder, source.lstrip("/"))
    if target is None:
        return False
    if any(c in source for c in "*?["):
        return any(fnmatch.fnmatch(path, target) for path in snapshot.paths if path.startswith(folder))
    return snapshot.exists(target)


def _workdir(dockerfile: Dockerfile, stage: Stage) -> str:
    found = "/"
    for one in reversed(dockerfile.lineage(stage)):
        for text in one.workdirs:
            found = posixpath.normpath(posixpath.join(found, text.strip().strip("\"'")))
    return found


Placed = tuple[tuple[str, str], ...]


def _placed(
    snapshot: Snapshot,
    dockerfile: Dockerfile,
    stage: Stage,
    context: str,
    depth: int,
    known: dict[tuple[int, int], Placed],
) -> Placed:
    """Where files of the tree stand in a stage, worked out once for each depth: stages may copy from each other in rings."""
    key = stage.index, depth
    if key not in known:
        found = _copied(snapshot, dockerfile, stage, context, depth, known) if depth <= _DEPTH else ()
        known[key] = tuple(islice(found, _MOST_PLACES))
    return known[key]


def _copied(
    snapshot: Snapshot,
    dockerfile: Dockerfile,
    stage: Stage,
    context: str,
    depth: int,
    known: dict[tuple[int, int], Placed],
) -> Iterator[tuple[str, str]]:
    """A stage's own copies, those of its bases, those taken from other stages."""
    for one in dockerfile.lineage(stage):
        workdir = _workdir(dockerfile, one)
        for copy in one.copies:
            destination = posixpath.normpath(posixpath.join(workdir, copy.destination))
            into = copy.destination.endswith(("/", "/.")) or copy.destination == "." or len(copy.sources) > 1
            for source in filter(None, copy.sources):
                if copy.source_stage is not None:
                    other = dockerfile.stage(copy.source_stage)
                    if other is not None:
                        inner = _placed(snapshot, dockerfile, other, context, depth + 1, known)
                        yield from _taken(inner, _workdir(dockerfile, other), source, destination)
                    continue
                target = join(context, source.lstrip("/"))
                if target is None:
                    continue
                is_file = target in snapshot.paths
                if is_file and into:
                    yield posixpath.join(destination, posixpath.basename(target)), target
                else:
                    yield destination, target


def _taken(inner: Placed, workdir: str, source: str, destination: str) -> Iterator[tuple[str, str]]:
    """What COPY --from takes of another stage's files."""
    wanted = posixpath.normpath(posixpath.join(workdir, source))
    for placed, target in inner:
        if placed == wanted or placed.startswith(f"{wanted.rstrip('/')}/"):
            yield (
                posixpath.normpath(posixpath.join(destination, placed.removeprefix(wanted).strip("/"))),
                target,
            )
        elif wanted.startswith(f"{placed.rstrip('/')}/"):
            yield destination, f"{target}/{wanted.removeprefix(placed).strip('/')}".strip("/")


def _starts(dockerfile: Dockerfile, final: Stage) -> Iterator[Start]:
    """ENTRYPOINT, CMD, and both together where CMD holds its arguments."""
    found = {keyword: dockerfile.effective(keyword, final) for keyword in _START}
    words: dict[str, tuple[str, ...]] = {}
    for keyword, instruction in found.items():
        if instruction is None:
            continue
        for command in run_commands(instruction):
            words.setdefault(keyword, command.words)
            yield Start(command.words, command.text, command.line)
    entry, command_line = found["ENTRYPOINT"], found["CMD"]
    if entry is not None and command_line is not None and entry.is_exec_form:
        both = (*words.get("ENTRYPOINT", ()), *words.get("CMD", ()))
        yield Start(both, " ".join(both)[:200], entry.line)


def _built(dockerfile: Dockerfile) -> Iterator[tuple[str, str, int]]:
    """`go build -o /bin/x ./cmd/x`: the binary and what it is built from."""
    for stage in dockerfile.stages:
        workdir = _workdir(dockerfile, stage)
        for command in stage.commands:
            for words in command.chain:
                if words[:2] == ("go", "build") or words[:2] == ("go", "install"):
                    yield from _go_build(words[2:], workdir, command.line)


def _go_build(words: tuple[str, ...], workdir: str, line: int) -> Iterator[tuple[str, str, int]]:
    output = next((words[i + 1] for i, word in enumerate(words[:-1]) if word == "-o"), "")
    output = next((word[3:] for word in words if word.startswith("-o=")), output)
    sources = [
        word
        for word in words
        if word.startswith("./") or word == "." or word.endswith(".go") or "/cmd/" in word
    ]
    sources = [word for word in sources if word != output] or ["."]
    for source in sources:
        yield posixpath.normpath(posixpath.join(workdir, output or posixpath.basename(source))), source, line
