"""What a public project gives those who upgrade, contribute or review: notes of releases, guidance, owners."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.publications import Publication, Publications, Published
from checks.derived.unbuilt_images import ServedImages
from checks.facts.goreleaser import Goreleaser
from checks.facts.markdown import Markdown
from checks.facts.workflow import Workflow
from checks.snapshot import Snapshot

_CHANGES = re.compile(
    r"(?:^|/)(?:change[-_]?logs?|changes|history|news|releases?|release[-_]?notes|whats[-_]?new)(?:[-._][\w.-]*)?\.(?:md|mdx|rst|txt|adoc)$|(?:^|/)(?:changelog|changes|history|news)$"
    r"|(?:^|/)(?:\.changeset|changelog\.d|newsfragments|release-notes|releasenotes|changes|changelogs?|releases)/|(?:^|/)\.?cliff\.toml$|release-drafter|release-please|(?:^|/)\.github/release\.ya?ml$|(?:^|/)\.releaserc",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"change-?log|release[-_ ]?notes|generate-notes|--notes|git-cliff|release-drafter", re.IGNORECASE
)
_NOTE_INPUTS = frozenset(
    {"body", "body_path", "bodyfile", "generate_release_notes", "generatereleasenotes", "notes"}
)
_GUIDANCE = re.compile(
    r"^(?:\.github/|\.gitlab/|docs?/(?:[\w-]+/)*|documentation/(?:[\w-]+/)*)?(?:contribut\w*|hacking|development|developing|developers?)(?:[-._][\w.-]*)?$",
    re.IGNORECASE,
)
_GUIDED = re.compile(r"contribut|develop|hacking|building from source", re.IGNORECASE)
_OWNERS = re.compile(
    r"^(?:\.github/|\.gitlab/|docs/)?CODEOWNERS$|(?:^|/)(?:OWNERS|MAINTAINERS)(?:\.(?:md|txt|rst|toml))?$"
)
_SEVERAL = 3  # services: more than one person overlooks


@dataclass(frozen=True)
class Releases:
    """The releases that CI makes of a public project. `notes` is what tells people what changed, if anything does.

    Where people make the releases themselves the notes stand with them, outside the tree.
    """

    all: tuple[Publication, ...]
    notes: str | None

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        files = snapshot.derived(Publications).of(Published.FILES)
        made = tuple(p for p in files if not _is_for_release(snapshot, p))
        return cls(made, _notes(snapshot) if made else None)


def _is_for_release(snapshot: Snapshot, publication: Publication) -> bool:
    """Whether the workflow adds files to a release that a person has made."""
    workflow = snapshot.get(publication.origin.path, Workflow)
    return workflow is not None and workflow.trigger("release") is not None


def _notes(snapshot: Snapshot) -> str | None:
    """A file with notes, or what writes them in CI: GitHub's own notes, a tool, a release that people write."""
    ci = snapshot.derived(ContinuousIntegration)
    if file := next((path for path in sorted(snapshot.paths) if _CHANGES.search(path)), None):
        return file
    if any(name.lower() in _NOTE_INPUTS for action in ci.actions for name, _ in action.step.inputs):
        return "notes of the release"
    if ci.mentions(_NOTES) or any(snapshot.files(Goreleaser)):
        return "notes made by CI"
    return None


def guidance(snapshot: Snapshot) -> str | None:
    """What tells contributors how to begin: a file, or a section of the README."""
    file = next((path for path in sorted(snapshot.paths) if _GUIDANCE.match(path)), None)
    if file:
        return file
    for path, markdown in snapshot.files(Markdown):
        speaks = (*(h.text for h in markdown.headings), *(link.target for link in markdown.links))
        if (
            "/" not in path
            and path.lower().startswith("readme")
            and any(_GUIDED.search(text) for text in speaks)
        ):
            return path
    other = (
        path
        for path in snapshot.paths
        if path.lower() in ("readme.rst", "readme.adoc", "readme.txt", "readme")
    )
    return next(other, None)


@dataclass(frozen=True)
class ServiceFolders:
    """The folders of the services of a repository that has several; `owners` names who reviews what."""

    folders: tuple[str, ...]
    owners: str | None

    def __len__(self) -> int:
        return len(self.folders) if len(self.folders) >= _SEVERAL else 0

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        images = (image.path.rpartition("/")[0] for image in snapshot.derived(ServedImages).all)
        owners = next((path for path in sorted(snapshot.paths) if _OWNERS.search(path)), None)
        return cls(tuple(sorted(set(images) - {""})), owners)
