"""What CI publishes: release files, packages and images, with the place that does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import CiAction, CiCommand, ContinuousIntegration, Origin
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
    ("docker push", "docker buildx imagetools create", "buildah push", "podman push", "ko publish", "ko build", "ko apply", "crane push", "crane copy", "skopeo copy", "depot push", "helm push"),
    ("docker/build-push-action", "docker/bake-action", "redhat-actions/push-to-registry", "depot/build-push-action", "mr-smithers-excellent/docker-build-push",
     "elgohr/publish-docker-github-action", "useblacksmith/build-push-action"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Publication:
    """One place in CI that publishes something."""

    kind: Published
    how: str
    path: str
    line: int
    origin: Origin


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
        for kind, capability in (
            (Published.FILES, _FILES),
            (Published.PACKAGE, _PACKAGES),
            (Published.IMAGE, _IMAGES),
        ):
            for done in capability.performed(ci):
                if isinstance(done, CiCommand) and not _is_rehearsal(done):
                    found.append(Publication(kind, done.text[:80], done.path, done.line, done.origin))
                elif isinstance(done, CiAction) and _publishes(done):
                    found.append(
                        Publication(kind, done.reference.name, done.path, done.reference.line, done.origin)
                    )
        return cls(tuple(found))

    def of(self, *kinds: Published) -> Iterator[Publication]:
        """Those of these kinds."""
        return (publication for publication in self.all if publication.kind in kinds)


def _is_rehearsal(command: CiCommand) -> bool:
    words = command.command.words
    return bool({"--dry-run", "--snapshot", "check", "--help", "-n"} & set(words)) or (
        command.runs("docker buildx") and "--push" not in words and "imagetools" not in words
    )


def _publishes(action: CiAction) -> bool:
    """Whether its inputs say so: build-push-action pushes nothing by itself."""
    step = action.step
    if action.name.rpartition("/")[2] in ("build-push-action", "bake-action"):
        push = (step.input("push") or "false").lower()
        return push != "false" or "push=true" in (step.input("outputs") or "")
    if action.name == "goreleaser/goreleaser-action":
        arguments = step.input("args") or ""
        return (arguments.startswith("release") and "--snapshot" not in arguments) or "${{" in arguments
    return True
