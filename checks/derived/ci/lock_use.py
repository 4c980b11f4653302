"""Commands of CI and Dockerfiles that install or build, with whether they hold to the lock file of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.image_references import is_for_development
from checks.derived.tree_paths import join
from checks.facts.dockerfile import Dockerfile
from checks.facts.shell_commands import ShellCommand
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_CARGO_COMMANDS = "build b test t run r check c clippy doc bench nextest publish llvm-cov tarpaulin"
_CARGO = frozenset(_CARGO_COMMANDS.split())
_SETTINGS = {"uv": ("UV_LOCKED", "UV_FROZEN"), "cargo": ("CARGO_RESOLVER_LOCKFILE_MODE",), "npm": ()}
_WANTED = {"cargo": "--locked", "npm": "`npm ci`", "uv": "--locked or --frozen"}
_LOCKS = {"cargo": "Cargo.lock", "npm": "package-lock.json", "uv": "uv.lock"}
_FOLDER_OPTIONS = frozenset({"--prefix", "-C", "--cwd", "--project", "--directory"})
_OTHER_NAMES = {"npm": ("npm-shrinkwrap.json",)}


@dataclass(frozen=True, slots=True)
class LooseUse:
    """The first command of a file that lets a lock file change; without a `lock` it asks for one that isn't there (`wanted`).

    Of files that one program writes it is one for all, in their folder: `places` are all of them.
    """

    tool: str
    text: str
    path: str
    line: int | None
    lock: str
    wanted: str
    count: int
    places: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True)
class LockUse:
    """Commands that a lock file of the tree could hold; `loose` are those that don't, one for each file and tool."""

    count: int
    loose: tuple[LooseUse, ...]

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        held: dict[tuple[str, str], list[tuple[ShellCommand, str, bool]]] = {}
        without: dict[tuple[str, str], LooseUse] = {}
        count = 0
        for path, folder, command, variables in _commands(snapshot):
            for words in command.chain if not command.words[0].startswith("./") else ():
                judged = _judged(words)
                if judged is None:
                    continue
                tool, holds = judged
                lock = _lock(snapshot, folder, tool)
                if lock:
                    count += 1
                    holds = holds or any(name in variables for name in _SETTINGS[tool])
                    held.setdefault((path, tool), []).append((command, lock, holds))
                elif (
                    holds
                    and tool != "cargo"
                    and "$" not in folder
                    and not _is_elsewhere(words, command)
                    and not _is_asked_first(snapshot, path, tool)
                ):
                    count += 1
                    use = LooseUse(tool, command.text[:80], path, command.line, "", _LOCKS[tool], 1)
                    without.setdefault((path, tool), use)
        return cls(count, (*_with_one_cause(snapshot, tuple(_loose(held))), *without.values()))


def _is_elsewhere(words: tuple[str, ...], command: ShellCommand) -> bool:
    """`uv sync --frozen || uv sync` knows that there may be none; `npm ci --prefix tools` asks for one in another folder."""
    named = {word.partition("=")[0] for word in words} & _FOLDER_OPTIONS
    return bool(named) or command.part == "condition" or command.swallowed is not None


def _is_asked_first(snapshot: Snapshot, path: str, tool: str) -> bool:
    """`if [ -f package-lock.json ]; then npm ci` of an image for whichever tool there is."""
    dockerfile = snapshot.get(path, Dockerfile)
    names = (_LOCKS[tool], *_OTHER_NAMES.get(tool, ()))
    return dockerfile is not None and any(stage.looks_for(*names) for stage in dockerfile.stages)


def _loose(held: dict[tuple[str, str], list[tuple[ShellCommand, str, bool]]]) -> Iterator[LooseUse]:
    for (path, tool), uses in held.items():
        if not any(holds for _, _, holds in uses):
            # NOTE: one command that holds to it proves that it fits; the others then don't change it
            command, lock, _ = uses[0]
            yield LooseUse(tool, command.text[:80], path, command.line, lock, _WANTED[tool], len(uses))


def _with_one_cause(snapshot: Snapshot, loose: tuple[LooseUse, ...]) -> Iterator[LooseUse]:
    """Workflows that a program writes hold one mistake of its template, however many there are."""
    families: dict[tuple[str, str, str], list[LooseUse]] = {}
    for use in loose:
        workflow = snapshot.get(use.path, Workflow)
        if workflow is None or not workflow.is_written_by_program:
            yield use
            continue
        families.setdefault((use.tool, use.lock, use.path.rpartition("/")[0]), []).append(use)
    for (_, _, folder), uses in families.items():
        first, places = uses[0], tuple((use.path, use.line) for use in uses)
        total = sum(use.count for use in uses)
        if len(uses) == 1:
            yield first
        else:
            yield replace(first, path=folder, line=None, count=total, places=places)


def _commands(snapshot: Snapshot) -> Iterator[tuple[str, str, ShellCommand, frozenset[str]]]:
    """Where, in which folder, what, and the variables set around it."""
    for found in snapshot.derived(ContinuousIntegration).commands:
        workflow = snapshot.get(found.origin.path, Workflow)
        job = workflow.job(found.origin.job) if workflow else None
        step = next((s for s in job.steps if s.line == found.origin.line), None) if job else None
        pairs = (*(workflow.env if workflow else ()), *(job.env if job else ()), *(step.env if step else ()))
        yield found.path, found.folder, found.command, frozenset(name for name, _ in pairs)
    for path, dockerfile in snapshot.shipped(Dockerfile):
        if not is_for_development(path):
            folder = _copied_from(snapshot, path, dockerfile)
            for stage in dockerfile.stages:
                names = frozenset(name for name, _, _ in stage.env)
                for command in stage.commands:
                    yield path, folder, command, names


def _copied_from(snapshot: Snapshot, path: str, dockerfile: Dockerfile) -> str:
    """The folder whose lock file the image gets: of what it copies, or its own."""
    own = path.rpartition("/")[0]
    sources = (
        s for stage in dockerfile.stages for c in stage.copies if not c.source_stage for s in c.sources
    )
    for where in (join(base, source) for source in sources for base in (own, "")):
        folder = where if where in snapshot.folders else (where or "").rpartition("/")[0]
        if folder and any(f"{folder}/{name}" in snapshot.paths for name in _LOCKS.values()):
            return folder
    return own


def _judged(words: tuple[str, ...]) -> tuple[str, bool] | None:
    """The tool and whether the command holds to the lock file; None for commands that don't touch it."""
    plain = [word for word in words[1:] if not word.startswith(("-", "+"))]
    options = {word.partition("=")[0] for word in words if word.startswith("-")}
    if words[0] == "cargo" and plain and plain[0] in _CARGO:
        return "cargo", bool(options & {"--locked", "--frozen"})
    if (
        words[0] == "npm"
        and plain[:1] in (["install"], ["i"])
        and len(plain) == 1
        and not options & {"-g", "--global"}
    ):
        return "npm", "--package-lock-only" in options
    if words[0] == "npm" and plain[:1] == ["ci"]:
        return "npm", True
    if words[0] == "uv" and plain[:1] == ["sync"]:
        return "uv", bool(options & {"--locked", "--frozen"})
    return None


def _lock(snapshot: Snapshot, folder: str, tool: str) -> str | None:
    """The lock file in the folder or above it."""
    names = (_LOCKS[tool], *_OTHER_NAMES.get(tool, ()))
    while True:
        for candidate in (f"{folder}/{name}".lstrip("/") for name in names):
            if candidate in snapshot.paths:
                return candidate
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
