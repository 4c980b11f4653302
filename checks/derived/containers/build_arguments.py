"""Arguments that CI and compose files pass to image builds, and those that no Dockerfile of the build declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_image_builds import CiImageBuilds, existing
from checks.derived.image_references import is_for_development
from checks.derived.tree_paths import join
from checks.facts.compose import Compose
from checks.facts.dockerfile import Dockerfile, declared
from checks.facts.roles import Role
from checks.snapshot import Snapshot

# Known to every build without an ARG: proxies, BuildKit's own switches and platforms.
_PREDEFINED = frozenset(
    f"{scheme}_PROXY" for scheme in ("HTTP", "HTTPS", "FTP", "NO", "ALL")
) | frozenset({"SOURCE_DATE_EPOCH", "DOCKER_BUILDKIT", "TZ"})  # fmt: skip
_PREFIXES = ("BUILDKIT_", "TARGET", "BUILD", "DOCKER_")
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class PassedArgument:
    """An argument with the Dockerfiles that may get it."""

    name: str
    path: str
    line: int
    dockerfiles: tuple[str, ...]
    is_declared: bool
    for_development: bool = False  # by a compose file that only developers use


@dataclass(frozen=True)
class PassedArguments:
    """All that are passed to Dockerfiles of the tree."""

    all: tuple[PassedArgument, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(tuple(dict.fromkeys((*_of_ci(snapshot), *_of_compose(snapshot)))))

    @property
    def undeclared(self) -> Iterator[PassedArgument]:
        """Those that no Dockerfile of their build knows."""
        return (argument for argument in self.all if not argument.is_declared)


def _of_ci(snapshot: Snapshot) -> Iterator[PassedArgument]:
    for build in snapshot.derived(CiImageBuilds).all:
        files = existing(snapshot, build)
        for name, line in build.arguments if files else ():
            known = any(_declares(dockerfile, name) for _, dockerfile in files)
            paths = tuple(dict.fromkeys(path for path, _ in files))
            yield PassedArgument(name, build.path, line, paths, known)


def _of_compose(snapshot: Snapshot) -> Iterator[PassedArgument]:
    for path, compose in snapshot.files(Compose):
        for service in compose.services if snapshot.role(path) in _OURS else ():
            build = service.build
            if build is None or build.is_remote or build.is_inline:
                continue
            context = join(path.rpartition("/")[0], build.context)
            target = join(context, build.dockerfile or "Dockerfile") if context is not None else None
            dockerfile = snapshot.get(target, Dockerfile) if target else None
            if target is None or dockerfile is None:
                continue
            for name, _ in build.args:
                known = _declares(dockerfile, name)
                yield PassedArgument(name, path, build.args_line, (target,), known, is_for_development(path))


def _declares(dockerfile: Dockerfile, name: str) -> bool:
    if name.upper() in _PREDEFINED or name.startswith(_PREFIXES) or not name.isidentifier():
        return True
    names = {known for known, _ in dockerfile.arguments}
    for instruction in dockerfile.instructions:
        if instruction.keyword == "ARG":
            names |= {known for known, _ in declared(instruction)}
    return name in names
