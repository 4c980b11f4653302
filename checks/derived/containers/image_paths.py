"""Paths of the tree that Dockerfiles copy or build, and those that no possible build context holds."""

from __future__ import annotations

import fnmatch
import itertools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.go_modules import VALUED_FLAGS
from checks.derived.ignored import IgnoreRules
from checks.derived.image_references import is_for_development
from checks.derived.prepared_files import PreparedFiles
from checks.derived.tree_paths import join, parents
from checks.facts.dockerfile import Dockerfile, Stage
from checks.facts.roles import Role
from checks.snapshot import Snapshot

# Made by a build before the image's: their absence from the tree says nothing.
_BUILT = re.compile(
    r"(?:^|/)(?:dist|build|target|out|bin|node_modules|\.next|output|release|artifacts?|_build|publish|public|coverage|generated|vendor|wheels?|wheelhouse)(?:/|$)|\.(?:jar|war|whl|tgz|tar\.gz|zip|deb|rpm|exe|so|apk)$|\$|^https?:|^git@"
)
_LOOKED_AT = frozenset({Role.SHIPPED, Role.TOOL})
_GO_TARGET = re.compile(r"^\./[\w-][\w./-]*$|^[\w-][\w./-]*/[\w-]+\.go$")
_REQUIREMENTS = re.compile(r"^[\w-][\w./-]*\.(?:txt|in)$")


@dataclass(frozen=True, slots=True)
class MissingPath:
    """A path that a Dockerfile needs and no folder above it has."""

    path: str
    line: int
    instruction: str
    written: str
    looked_in: tuple[str, ...]


@dataclass(frozen=True)
class ImagePaths:
    """All paths that shipped Dockerfiles name; `count` of them were looked up."""

    count: int
    missing: tuple[MissingPath, ...]

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        count, missing = 0, []
        for path, dockerfile in snapshot.files(Dockerfile):
            if snapshot.role(path) not in _LOOKED_AT or is_for_development(path):
                continue
            for stage in dockerfile.stages:
                for line, instruction, written in (*_copied(stage), *_built(dockerfile, stage)):
                    count += 1
                    folders = tuple(parents(path))
                    if not any(_has(snapshot, folder, written) for folder in folders):
                        missing.append(MissingPath(path, line, instruction, written, folders))
        return cls(count, tuple(one for one in missing if not _comes_later(snapshot, one)))


def _copied(stage: Stage) -> Iterator[tuple[int, str, str]]:
    for copy in stage.copies:
        if copy.source_stage is None:
            for source in copy.sources:
                if (
                    source not in ("", ".", "./", "/", "*")
                    and not _BUILT.search(source)
                    and "<<" not in source
                ):
                    yield copy.line, "ADD" if copy.is_add else "COPY", source


def _built(dockerfile: Dockerfile, stage: Stage) -> Iterator[tuple[int, str, str]]:
    """`go build ./cmd/x` and `pip install -r x.txt` after the whole context was copied."""
    whole = any(copy.source_stage is None and set(copy.sources) & {".", "./"} for copy in stage.copies)
    for command in stage.commands if whole else ():
        for words in command.chain:
            if words[:2] in (("go", "build"), ("go", "install")):
                for word in _operands(words[2:]):
                    if _GO_TARGET.match(word) and "..." not in word:
                        yield command.line, " ".join(words[:2]), word
            if words[:2] == ("pip", "install"):
                for option, value in itertools.pairwise(words):
                    asked = option in ("-r", "--requirement") and _REQUIREMENTS.match(value)
                    if asked and not _is_made_in_image(dockerfile, value):
                        yield command.line, "pip install -r", value


def _is_made_in_image(dockerfile: Dockerfile, written: str) -> bool:
    """Whether an earlier stage hands the file over, or a command of the image writes it."""
    name = posixpath.basename(written)
    writes = re.compile(
        rf"(?:>|\s-o|--output(?:-file)?[ =]|\btee)\s{{0,4}}\S{{0,200}}{re.escape(name)}(?![\w.-])"
    )
    return any(
        (copy.source_stage and name in map(posixpath.basename, (copy.destination, *copy.sources)))
        for stage in dockerfile.stages
        for copy in stage.copies
    ) or any(writes.search(one.text) for one in dockerfile.instructions if one.keyword == "RUN")


def _operands(words: tuple[str, ...]) -> Iterator[str]:
    """The words that are no options, nor values of options."""
    after = ""
    for word in words:
        if not word.startswith("-") and after not in VALUED_FLAGS:
            yield word
        after = word if word.startswith("-") else ""


def _has(snapshot: Snapshot, folder: str, written: str) -> bool:
    target = join(folder, written.lstrip("/"))
    if target is None:
        return True  # it leaves the tree: not ours to judge
    if any(character in written for character in "*?["):
        prefix = f"{folder}/" if folder else ""
        known = (p for p in (*snapshot.paths, *snapshot.folders) if p.startswith(prefix))
        return any(fnmatch.fnmatchcase(path, target.rstrip("/")) for path in known)
    return snapshot.exists(target)


def _comes_later(snapshot: Snapshot, missing: MissingPath) -> bool:
    """Whether .gitignore keeps the path out, or a step or script makes it: then it is there before the image is built."""
    if any(character in missing.written for character in "*?["):
        return True  # a pattern may match nothing on purpose
    rules = snapshot.derived(IgnoreRules)
    prepared = snapshot.derived(PreparedFiles)
    candidates = (join(folder, missing.written.lstrip("/")) for folder in missing.looked_in)
    return any(
        prepared.makes(path) or rules.ignored(path) or rules.ignored(f"{path}/")
        for path in candidates
        if path
    )
