"""kustomization.yaml: what an overlay is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import UnreadableFile, facts
from checks.facts.kubernetes import KubernetesObject, objects_in
from checks.facts.yaml_document import YamlNode, yaml_documents, yaml_mapping

_NAME = re.compile(r"[a-z0-9-]+")
_COMMENTED = re.compile(r"^[ \t]*#[# \t]*-[ \t]*(?:path:[ \t]*)?[\"']?([\w./-]+)", re.MULTILINE)
_LISTS = (
    "resources",
    "bases",
    "components",
    "crds",
    "configurations",
    "generators",
    "transformers",
    "validators",
)


@dataclass(frozen=True, slots=True)
class KustomizeReference:
    """A path that the overlay names: `field` is resources, patches, configMapGenerator ..."""

    path: str
    field: str
    line: int

    @property
    def is_remote(self) -> bool:
        """Whether it lies in another repository."""
        return "://" in self.path or self.path.startswith(("git@", "github.com/")) or "?ref=" in self.path


@dataclass(frozen=True, slots=True)
class KustomizePatch:
    """A patch: in the file at `path`, or written in place as `objects`; neither where it is a list of operations.

    `kind` and `name` are its target's, None where that is wide or a patch names its own.
    """

    line: int
    path: str | None = None
    kind: str | None = None
    name: str | None = None
    objects: tuple[KubernetesObject, ...] = ()


@facts("kustomization.yaml", "kustomization.yml", "Kustomization", version=5)
@dataclass(frozen=True, slots=True)
class Kustomization:
    """The paths, images and generated names of an overlay."""

    references: tuple[KustomizeReference, ...] = ()
    images: tuple[tuple[str, str | None, str | None, int], ...] = ()  # name, tag, digest, line
    generated: tuple[tuple[str, str, str, int], ...] = ()  # kind, name, behaviour, line
    replicas: tuple[tuple[str, int, int], ...] = ()  # name, count, line
    namespace: str | None = None
    deprecated: tuple[tuple[str, int], ...] = ()  # fields that kustomize gave up
    patches: tuple[KustomizePatch, ...] = ()
    keys: tuple[str, ...] = ()
    commented: tuple[str, ...] = ()  # entries of lists that are commented out: left out on purpose

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(text)
        old = ("bases", "patchesStrategicMerge", "patchesJson6902", "commonLabels", "vars", "imageTags")
        return cls(
            references=tuple(_references(root)),
            images=tuple(
                (item.string("name") or "", item.string("newTag"), item.string("digest"), item.line)
                for item in root.list("images")
            ),
            generated=tuple(_generated(root)),
            replicas=tuple(
                (
                    item.string("name") or "",
                    1 if (count := item.number("count")) is None else count,
                    item.line,
                )
                for item in root.list("replicas")
            ),
            namespace=root.string("namespace"),
            deprecated=tuple((key, root.line_of(key)) for key in old if root.has(key)),
            patches=tuple(_patches(root)),
            keys=root.keys,
            commented=tuple(_COMMENTED.findall(text)),
        )


def _references(root: YamlNode) -> Iterator[KustomizeReference]:
    for field in (*_LISTS, "patchesStrategicMerge"):
        for item in root.list(field):
            if item.text and "\n" not in item.text:  # a patch may be written in place
                yield KustomizeReference(item.text, field, item.line)
    for field in ("patches", "patchesJson6902", "replacements"):
        for item in root.list(field):
            if path := item.string("path"):
                yield KustomizeReference(path, field, item.line_of("path"))
    for field in ("configMapGenerator", "secretGenerator"):
        for item in root.list(field):
            yield from (KustomizeReference(path, field, line) for path, line in _sources(item))


def _patches(root: YamlNode) -> Iterator[KustomizePatch]:
    for item in root.list("patchesStrategicMerge"):
        if item.text:
            in_place = "\n" in item.text
            written = _written(item.text) if in_place else ()
            yield KustomizePatch(item.line, None if in_place else item.text, objects=written)
    for field in ("patches", "patchesJson6902"):
        for item in root.list(field):
            name = item.string("target", "name")
            yield KustomizePatch(
                item.line,
                item.string("path"),
                item.string("target", "kind"),
                name if name and _NAME.fullmatch(name) else None,  # else a pattern
                _written(item.string("patch") or ""),
            )


def _written(text: str) -> tuple[KubernetesObject, ...]:
    try:
        return tuple(found for document in yaml_documents(text) for found in objects_in(document))
    except UnreadableFile:
        return ()


def _sources(generator: YamlNode) -> Iterator[tuple[str, int]]:
    for key in ("files", "envs"):
        for file in generator.list(key):
            if file.text:
                yield file.text.rpartition("=")[2], file.line
    if env := generator.string("env"):
        yield env, generator.line_of("env")


def _generated(root: YamlNode) -> Iterator[tuple[str, str, str, int]]:
    for field, kind in (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")):
        for item in root.list(field):
            yield kind, item.string("name") or "", item.string("behavior") or "create", item.line
