"""GoReleaser's configuration: what a release builds, and whether it signs and lists what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.yaml_document import is_template, without_templates, yaml_mapping


@facts(".goreleaser*.yml", ".goreleaser*.yaml", "goreleaser*.yml", "goreleaser*.yaml", version=2)
@dataclass(frozen=True, slots=True)
class Goreleaser:
    """The sections that matter."""

    builds_nothing: bool = False  # every build is skipped, as libraries do
    signs: bool = False
    signs_images: bool = False
    makes_bills: bool = False
    makes_images: bool = False
    hooks: tuple[str, ...] = ()
    binaries: tuple[str, ...] = ()  # what it builds, by name

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(without_templates(text) if is_template(text) else text)
        builds, project = root.list("builds"), root.string("project_name")
        return cls(
            builds_nothing=bool(builds) and all(build.flag("skip") is True for build in builds),
            signs=root.has("signs") or root.has("binary_signs") or root.has("attestations"),
            signs_images=root.has("docker_signs"),
            makes_bills=root.has("sboms"),
            makes_images=any(root.has(key) for key in ("dockers", "dockers_v2", "kos", "docker_manifests")),
            hooks=root.strings("before", "hooks"),
            binaries=tuple(filter(None, (build.string("binary") or project for build in builds))),
        )
