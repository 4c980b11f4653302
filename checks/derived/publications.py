"""What CI publishes: release files, packages and images, with the place that does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration, Origin
from checks.facts.goreleaser import Goreleaser
from checks.facts.pipeline import Pipeline
from checks.snapshot import Snapshot


class Published(StrEnum):
    """What is published."""

    FILES = "release files"
    PACKAGE = "a package"
    IMAGE = "an image"


_FILES = Capability(
    "release files",
    ("gh release create", "gh release upload", "goreleaser release", "goreleaser", "ghr", "cargo dist host", "hub release", "release-it", "glab release upload", "dist host"),
    ("softprops/action-gh-release", "ncipollo/release-action", "actions/upload-release-asset", "svenstaro/upload-release-action", "goreleaser/goreleaser-action",
     "taiki-e/upload-rust-binary-action", "marvinpinto/action-automatic-releases", "shogo82148/actions-upload-release-asset", "alexellis/upload-assets", "elgohr/github-release-action",
     "wangyoucao577/go-release-action"),
)  # fmt: skip
_PACKAGES = Capability(
    "a package",
    ("cargo publish", "npm publish", "pnpm publish", "yarn publish", "yarn npm publish", "bun publish", "twine upload", "poetry publish", "uv publish", "flit publish", "hatch publish",
     "pdm publish", "maturin publish", "maturin upload", "gem push", "semantic-release", "lerna publish", "changeset publish", "cargo release", "cargo workspaces publish", "cargo smart-release",
     "dotnet nuget push", "vsce publish", "deno publish", "jsr publish", "conda upload", "rye publish"),
    ("pypa/gh-action-pypi-publish", "js-devtools/npm-publish", "changesets/action", "katyo/publish-crates", "cycjimmy/semantic-release-action", "rust-lang/crates-io-auth-action"),
)  # fmt: skip
_IMAGES = Capability(
    "an image",
    ("docker push", "docker buildx build", "docker buildx imagetools create", "buildah push", "podman push", "ko publish", "ko build", "ko apply", "crane push", "crane copy", "skopeo copy", "depot push", "helm push"),
    ("docker/build-push-action", "docker/bake-action", "depot/bake-action", "redhat-actions/push-to-registry", "depot/build-push-action", "mr-smithers-excellent/docker-build-push",
     "elgohr/publish-docker-github-action", "useblacksmith/build-push-action"),
)  # fmt: skip


# Plugins of Woodpecker and Drone, which publish by what they are.
_PLUGINS = (
    (Published.FILES, re.compile(r"(?:^|/)(?:plugin-)?(?:github-|gitea-)?release(?::|$)")),
    (Published.PACKAGE, re.compile(r"(?:^|/)(?:plugins?[/-])(?:npm|pypi)(?::|$)")),
    (Published.IMAGE, re.compile(r"(?:^|/)(?:plugins?[/-]|drone-)(?:docker(?:-buildx)?|buildx|kaniko|ecr|gcr|gar|acr)(?::|$)|(?:^|/)plugin-docker-buildx(?::|$)")),
)  # fmt: skip
_TABLE = ((Published.FILES, _FILES), (Published.PACKAGE, _PACKAGES), (Published.IMAGE, _IMAGES))
# What GoReleaser only builds, or is told not to publish.
_REHEARSED = re.compile(r"--snapshot\b|--skip[= -]?(?:\w+,)*publish\b")
_VALUED = frozenset(
    {
        "--title",
        "-t",
        "--notes",
        "-n",
        "--notes-file",
        "-F",
        "--target",
        "--repo",
        "-R",
        "--discussion-category",
        "--notes-start-tag",
    }
)


@dataclass(frozen=True, slots=True)
class Publication:
    """One place in CI that publishes something. `has_bill`: with a bill of materials, which BuildKit attaches when asked."""

    kind: Published
    how: str
    path: str
    line: int
    origin: Origin
    has_bill: bool = False


@dataclass(frozen=True)
class Publications:
    """All of them."""

    all: tuple[Publication, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        found: list[Publication] = []
        for kind, capability in _TABLE:
            for done in capability.performed(ci):
                how = (
                    done.text[:80]
                    if isinstance(done, CiCommand)
                    else ""
                    if isinstance(done, str)
                    else done.reference.name
                )
                if isinstance(done, str) or not (
                    _command(done) if isinstance(done, CiCommand) else _action(done)
                ):
                    continue
                if "goreleaser" in how and not _goreleaser(snapshot):
                    continue
                line = done.line if isinstance(done, CiCommand) else done.reference.line
                found.append(Publication(kind, how, done.path, line, done.origin, _has_bill(done)))
        found += [one for path, pipeline in snapshot.files(Pipeline) for one in _of_plugins(path, pipeline)]
        return cls(tuple(found))

    def of(self, *kinds: Published) -> Iterator[Publication]:
        """Those of these kinds."""
        return (publication for publication in self.all if publication.kind in kinds)


def _of_plugins(path: str, pipeline: Pipeline) -> Iterator[Publication]:
    for image, line in pipeline.plugins:
        for kind, pattern in _PLUGINS:
            if pattern.search(image):
                yield Publication(kind, image.partition("@")[0], path, line, Origin(path, line))


def _has_bill(done: CiCommand | CiAction) -> bool:
    if isinstance(done, CiAction):
        return (done.step.input("sbom") or "false").lower() != "false"
    words = done.command.words
    return any(word in ("--sbom", "--sbom=true") or "type=sbom" in word for word in words)


def _goreleaser(snapshot: Snapshot) -> bool:
    """Whether it releases files: libraries use it for the notes alone."""
    configured = [facts for path, facts in snapshot.files(Goreleaser) if not path.startswith(".github/")]
    return not configured or not all(facts.builds_nothing for facts in configured)


def _command(command: CiCommand) -> bool:
    """Whether the command publishes: no rehearsal, no release without files, no image that stays."""
    words = command.command.words
    if command.runs("docker buildx build"):
        return "--push" in words and "localhost" not in command.text
    if {"--dry-run", "--snapshot", "check", "--help", "build", "healthcheck"} & set(
        words[1:3]
    ) or "--dry-run" in words:
        return False
    if command.runs("goreleaser") and _REHEARSED.search(command.text):
        return False
    if command.runs("gh release create"):
        return len(_operands(words[words.index("create") + 1 :])) > 1
    return True


def _operands(words: tuple[str, ...]) -> list[str]:
    """The tag and the files of `gh release create`."""
    found, after = [], ""
    for word in words:
        if not word.startswith("-") and after not in _VALUED and "[@]" not in word:
            found.append(word)
        after = word
    return found


def _action(action: CiAction) -> bool:
    """Whether its inputs say that it publishes: build-push-action pushes nothing by itself."""
    step = action.step
    name = action.name.rpartition("/")[2]
    if name in ("build-push-action", "bake-action"):
        push = (step.input("push") or "false").lower()
        return push != "false" or "push=true" in (step.input("outputs") or "")
    if name == "goreleaser-action":
        arguments = step.input("args") or ""
        if _REHEARSED.search(arguments):
            return False
        return arguments.startswith("release") or "${{" in arguments
    if name in ("action-gh-release", "release-action"):
        return any(step.input(key) for key in ("files", "artifacts", "artifact"))
    return True
