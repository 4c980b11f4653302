"""An entry point: a file from which something is started, how surely it ships, and what says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from checks.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = (".py", ".ts", ".js", ".tsx", ".mjs", ".rs")


class Rank(StrEnum):
    """How surely an entry point runs in production, surest first."""

    DEPLOYED = "deployed"  # started by an image that compose, Kubernetes or a platform runs
    IMAGE = "image only"  # started by an image that nothing in the tree deploys
    INSTALLED = "installed command"  # a command or plugin that an installation registers
    LIBRARY = "library"  # public modules of a published package: others import them
    CONVENTION = "convention only"  # where a framework or platform looks by itself
    SCRIPT = "script"  # runs when someone starts it by hand
    TOOL = "tool"  # used by a developer's or build tool
    TEST = "test"

    @property
    def ships(self) -> bool:
        """Whether what it reaches is in production, or may be for all that the tree says."""
        return self not in (Rank.TOOL, Rank.TEST)

    @property
    def order(self) -> int:
        """0 for the surest."""
        return list(Rank).index(self)


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """`target` is the file (or Go package folder) that is started; `path` and `line` say where that is declared."""

    rank: Rank
    target: str
    form: str  # how it is started: "uvicorn main:app", "[project.scripts] app"
    path: str
    line: int | None = None
    deployed_by: tuple[str, int | None] | None = None  # the file that runs the image, and the line
    wildcard: bool = False  # one of many by the same rule: not worth a line of evidence of its own

    def evidence(self) -> Iterator[Evidence]:
        """That something was looked for from here: where it is declared, and the file that it starts."""
        yield Evidence(f"looked from {self.form} ({self.rank}): not reached", self.path, self.line)
        if self.target != self.path and self.target.endswith(_FILES):
            yield Evidence("which starts here", self.target, 1)
