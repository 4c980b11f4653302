"""Kubernetes manifests: the objects of a YAML file, with what their pods run.

Only what has both apiVersion and kind is an object. Helm templates are read with marks in the place of template lines:
what is written there is seen, what is absent proves nothing until the values are put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.facts.helm_template import MARK, template_documents
from checks.facts.kinds import facts
from checks.facts.yaml_document import (
    TEMPLATE_VALUE,
    YamlNode,
    is_template,
    yaml_documents,
)

_OBJECT = re.compile(r"^apiVersion\s*:", re.MULTILINE)
_KIND = re.compile(r"^kind\s*:", re.MULTILINE)
_POD_PATHS: dict[str, tuple[str, ...]] = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "ReplicationController", "Rollout"),
        ("spec", "template", "spec"),
    ),
}
_EXPANDED_LISTS = 1_000
_STORED_DEPTH = (
    30  # JSON readers stop at 200 levels, and a level of YAML is three of JSON; schemas are left out
)


@dataclass(frozen=True, slots=True)
class Probe:
    """A probe of a container: `handler` is httpGet, exec, tcpSocket or grpc."""

    name: str  # liveness, readiness, startup
    handler: str
    line: int
    path: str | None = None
    port: str | None = None
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    """A container of a pod. `security` and `limits` hold scalars by dotted name, as written."""

    name: str
    line: int
    image: str | None = None
    image_line: int = 0
    command: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    command_line: int = 0
    ports: tuple[tuple[str, str, int], ...] = ()  # name, port, line
    variables: tuple[tuple[str, str | None, int], ...] = ()
    references: tuple[
        tuple[str, str, int], ...
    ] = ()  # ("ConfigMap" or "Secret", name, line) read as variables
    probes: tuple[Probe, ...] = ()
    requests: tuple[tuple[str, str], ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    has_resources: bool = False
    security: tuple[tuple[str, str], ...] = ()
    has_security: bool = False
    mounts: tuple[tuple[str, str], ...] = ()  # volume, path
    is_init: bool = False

    def probe(self, name: str) -> Probe | None:
        """The probe of this name."""
        return next((probe for probe in self.probes if probe.name == name), None)

    def setting(self, name: str) -> str | None:
        """A setting of its security context: "runAsNonRoot", "capabilities.drop"."""
        return next((value for key, value in self.security if key == name), None)


@dataclass(frozen=True, slots=True)
class Pod:
    """A pod template. `volumes` are (name, kind, what it names)."""

    line: int
    containers: tuple[Container, ...] = ()
    security: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    service_account: str | None = None
    mounts_token: bool | None = None
    pull_secrets: tuple[str, ...] = ()
    volumes: tuple[tuple[str, str, str], ...] = ()
    host_namespaces: tuple[str, ...] = ()
    priority_class: str | None = None

    def setting(self, name: str) -> str | None:
        """A setting of the pod's security context."""
        return next((value for key, value in self.security if key == name), None)


@dataclass(frozen=True, slots=True)
class KubernetesObject:
    """An object with the parts that checks ask for; everything else is in `node`."""

    api_version: str
    kind: str
    line: int
    node: YamlNode
    name: str | None = None
    namespace: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    annotations: tuple[tuple[str, str], ...] = ()
    pod: Pod | None = None
    is_templated: bool = False
    is_resolved: bool = False  # a template's, with the values in it

    @property
    def label(self) -> str:
        """`Deployment web`."""
        return f"{self.kind} {self.name or self.node.string('metadata', 'generateName') or '(unnamed)'}"

    @property
    def selector(self) -> tuple[tuple[str, str], ...]:
        """The labels it selects: of a service or of a workload."""
        labels = self.node.get("spec", "selector", "matchLabels") or self.node.get("spec", "selector")
        return tuple((e.key, e.value.text) for e in (labels.entries or () if labels else ()) if e.value.text)

    @property
    def replicas(self) -> int | None:
        return self.node.number("spec", "replicas")


@facts("*.yaml", "*.yml", version=3)
@dataclass(frozen=True, slots=True)
class KubernetesManifest:
    """The objects of the file; none where it is another kind of YAML."""

    objects: tuple[KubernetesObject, ...] = ()
    is_templated: bool = False

    @classmethod
    def extract(cls, text: str) -> Self:
        if not (_OBJECT.search(text) and _KIND.search(text)):
            return cls()
        templated = is_template(text)
        documents = template_documents(text) if templated else yaml_documents(text)
        found = [item for document in documents for item in objects_in(document)]
        return cls(tuple(replace(item, is_templated=templated) for item in found), templated)


def objects_in(document: YamlNode) -> Iterator[KubernetesObject]:
    """The object that a document is, or those of the list that it is; none where it is something else."""
    version, kind = document.string("apiVersion"), document.string("kind")
    if not version or not kind:
        return
    if kind == "List" and version == "v1":
        for item in document.list("items")[:_EXPANDED_LISTS]:
            if item.string("kind") != "List":
                yield from objects_in(item)
        return
    path = _POD_PATHS.get(kind)
    spec = document.get(*path) if path else None
    metadata = document.get("metadata") or YamlNode(document.line)
    template = document.get(*path[:-1], "metadata") if path and len(path) > 1 else metadata
    yield KubernetesObject(
        api_version=version,
        kind=kind,
        line=document.line_of("kind"),
        node=document.pruned(0 if kind == "CustomResourceDefinition" else _STORED_DEPTH),
        name=metadata.string("name"),
        namespace=metadata.string("namespace"),
        labels=_scalars(metadata, "labels"),
        annotations=_scalars(metadata, "annotations"),
        pod=_pod(spec, template) if spec and spec.entries is not None else None,
    )


def _pod(spec: YamlNode, metadata: YamlNode | None) -> Pod:
    return Pod(
        line=spec.line,
        containers=(
            *(
                _container(item, init=True)
                for item in spec.list("initContainers")
                if item.entries is not None
            ),
            *(_container(item, init=False) for item in spec.list("containers") if item.entries is not None),
        ),
        security=tuple(_settings(spec.get("securityContext"))),
        labels=_scalars(metadata, "labels") if metadata else (),
        service_account=spec.string("serviceAccountName") or spec.string("serviceAccount"),
        mounts_token=spec.flag("automountServiceAccountToken"),
        pull_secrets=tuple(name for item in spec.list("imagePullSecrets") if (name := item.string("name"))),
        volumes=tuple(volume for item in spec.list("volumes") if (volume := _volume(item))),
        host_namespaces=tuple(key for key in ("hostNetwork", "hostPID", "hostIPC") if spec.flag(key)),
        priority_class=spec.string("priorityClassName"),
    )


def _container(node: YamlNode, *, init: bool) -> Container:
    return Container(
        name=node.string("name") or "",
        line=node.line_of("name"),
        image=node.string("image"),
        image_line=node.line_of("image"),
        command=node.strings("command"),
        arguments=node.strings("args"),
        command_line=node.line_of("command") if node.has("command") else node.line_of("args"),
        ports=tuple(
            (item.string("name") or "", item.string("containerPort") or "", item.line)
            for item in node.list("ports")
        ),
        variables=tuple(
            (name, item.string("value"), item.line)
            for item in node.list("env")
            if (name := item.string("name"))
        ),
        references=tuple(_references(node)),
        probes=tuple(_probes(node)),
        requests=_scalars(node, "resources", "requests"),
        limits=_scalars(node, "resources", "limits"),
        has_resources=node.has("resources") or _is_filled_in(node, "resources"),
        security=tuple(_settings(node.get("securityContext"))),
        has_security="securityContext" in node.keys,
        mounts=tuple(
            (item.string("name") or "", item.string("mountPath") or "") for item in node.list("volumeMounts")
        ),
        is_init=init,
    )


def _is_filled_in(node: YamlNode, key: str) -> bool:
    """`resources:` with nothing behind it but what a template writes."""
    found = node.get(key)
    return found is not None and (found.text == TEMPLATE_VALUE or MARK in found.keys)


def _probes(node: YamlNode) -> Iterator[Probe]:
    for name in ("liveness", "readiness", "startup"):
        probe = node.get(f"{name}Probe")
        if probe is None:
            continue
        handler = next((key for key in ("httpGet", "exec", "tcpSocket", "grpc") if probe.has(key)), "")
        yield Probe(
            name,
            handler,
            node.line_of(f"{name}Probe"),
            probe.string("httpGet", "path"),
            probe.string(handler, "port") if handler else None,
            probe.strings("exec", "command"),
        )


def _references(node: YamlNode) -> Iterator[tuple[str, str, int]]:
    for item in node.list("env"):
        for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
            name = item.string("valueFrom", key, "name")
            if name and item.flag("valueFrom", key, "optional") is not True:
                yield kind, name, item.line
    for item in node.list("envFrom"):
        for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
            name = item.string(key, "name")
            if name and item.flag(key, "optional") is not True:
                yield kind, name, item.line


def _volume(node: YamlNode) -> tuple[str, str, str] | None:
    kind = next((key for key in node.keys if key != "name"), None)
    if kind is None:
        return None
    names = ("name", "secretName", "claimName", "path", "driver")
    named = next((text for key in names if (text := node.string(kind, key))), "")
    return node.string("name") or "", kind, named


def _settings(node: YamlNode | None) -> Iterator[tuple[str, str]]:
    """The scalars of a security context by dotted name; lists joined with commas."""
    for entry in (node.entries or ()) if node else ():
        if entry.value.entries is not None:
            yield from ((f"{entry.key}.{key}", value) for key, value in _settings_flat(entry.value))
        else:
            yield entry.key, ",".join(entry.value.strings()) or (entry.value.text or "")


def _settings_flat(node: YamlNode) -> Iterator[tuple[str, str]]:
    for entry in node.entries or ():
        yield entry.key, ",".join(entry.value.strings())


def _scalars(node: YamlNode, *keys: str) -> tuple[tuple[str, str], ...]:
    return tuple((entry.key, entry.value.text) for entry in node.table(*keys) if entry.value.text is not None)
