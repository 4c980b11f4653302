"""Objects of Helm charts with the chart's default values put in, as far as that goes without running Helm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Self

from checks.derived.tree_paths import parents
from checks.facts.helm_chart import HelmChart, HelmValues
from checks.facts.helm_template import MARK, SCALAR
from checks.facts.kubernetes import KubernetesObject, objects_in
from checks.facts.yaml_document import TEMPLATE_VALUE, YamlEntry, YamlNode
from checks.snapshot import Snapshot

_MOST_NODES = 5_000  # put into one object
_POD_LISTS = ("containers", "initContainers")
_CONTAINER_PARTS = ("resources", "securityContext", "livenessProbe", "readinessProbe", "startupProbe")


@dataclass(frozen=True)
class HelmCharts:
    """The charts by folder, with their values."""

    charts: dict[str, tuple[HelmChart, YamlNode]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        found = {}
        for path, chart in snapshot.files(HelmChart):
            folder = path.rpartition("/")[0]
            names = (f"{folder}/values.yaml".lstrip("/"), f"{folder}/values.yml".lstrip("/"))
            values = next((v for name in names if (v := snapshot.get(name, HelmValues))), None)
            found[folder] = chart, values.root if values else YamlNode(1, entries=())
        return cls(found)

    def resolved(self, path: str, item: KubernetesObject) -> KubernetesObject:
        """The object with the values in it. It says that it is resolved where nothing that matters of its pod is left open."""
        folder = next((one for one in parents(path) if one in self.charts), None)
        chart, values = self.charts[folder] if folder is not None else (HelmChart(), YamlNode(1, entries=()))
        node = _Filling(chart, values).filled(item.node)
        found = next(objects_in(node), item)
        pod = _pod_node(node)
        is_resolved = folder is not None and pod is not None and not _is_open(pod)
        return replace(found, is_templated=True, is_resolved=is_resolved)


@dataclass(slots=True)
class _Filling:
    chart: HelmChart
    values: YamlNode
    left: int = field(default=_MOST_NODES)

    def filled(self, node: YamlNode) -> YamlNode:
        if node.text is not None:
            return replace(node, text=SCALAR.sub(self._scalar, node.text)) if "(." in node.text else node
        if node.items is not None:
            return replace(node, items=tuple(one for item in node.items for one in self._items(item)))
        named = [entry for entry in node.entries or () if entry.key == MARK]
        if named and len(named) == len(node.entries or ()):
            inserted = [self._value(entry.value.text or "") for entry in named]
            if len(inserted) == 1 and inserted[0] is not None:
                return replace(inserted[0], line=node.line)
        return replace(
            node, entries=tuple(one for entry in node.entries or () for one in self._entries(entry))
        )

    def _items(self, item: YamlNode) -> Iterator[YamlNode]:
        """An item, or the items of the list that a mark names."""
        filled = self.filled(item)
        is_mark = item.entries is not None and len(item.entries) == 1 and item.entries[0].key == MARK
        if is_mark and filled.items is not None:
            yield from filled.items
        else:
            yield filled

    def _entries(self, entry: YamlEntry) -> Iterator[YamlEntry]:
        if entry.key != MARK:
            yield replace(entry, value=self.filled(entry.value))
            return
        value = self._value(entry.value.text or "")
        if value is None or value.entries is None:
            yield entry
        else:
            yield from (replace(one, line=entry.line) for one in value.entries)

    def _value(self, path: str) -> YamlNode | None:
        """What the values hold there; None where that is nothing, or more than is put in: it is left to whoever installs it."""
        node = self.values.get(*path.split("."))
        if node is None or node.is_null or not (node.text or node.items or node.entries):
            return None
        size = sum(1 for _ in islice(node.walk(), self.left + 1))
        if size > self.left:
            return None
        self.left -= size
        return node

    def _scalar(self, found: re.Match[str]) -> str:
        name, default = found.groups()
        if name == ".Chart.Name":
            return self.chart.name or TEMPLATE_VALUE
        node = self.values.get(*name.removeprefix(".Values.").split("."))
        text = node.text if node is not None and node.text and not node.is_null else default
        if text == ".Chart.AppVersion":
            text = self.chart.app_version
        return text or TEMPLATE_VALUE


def _pod_node(node: YamlNode) -> YamlNode | None:
    for keys in (("spec", "jobTemplate", "spec", "template", "spec"), ("spec", "template", "spec")):
        if found := node.get(*keys):
            return found
    return node.get("spec") if node.string("kind") == "Pod" else None


def _is_open(pod: YamlNode) -> bool:
    """Whether a mark is left where the checks of pods look."""
    if MARK in pod.keys or _holds_mark(pod.get("securityContext")):
        return True
    for key in _POD_LISTS:
        listed = pod.get(key)
        if listed is not None and listed.items is None:
            return True
        for container in listed.items or () if listed else ():
            if MARK in container.keys or any(_holds_mark(container.get(part)) for part in _CONTAINER_PARTS):
                return True
    return False


def _holds_mark(node: YamlNode | None) -> bool:
    return node is not None and any(MARK in one.keys or one.text == TEMPLATE_VALUE for one in node.walk())
