"""Helm charts: what Chart.yaml says of a chart, and its default values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.yaml_document import YamlNode, yaml_mapping

_DEPTH = 20


@facts("Chart.yaml", version=1)
@dataclass(frozen=True, slots=True)
class HelmChart:
    """Its name and the version of what it installs."""

    name: str | None = None
    app_version: str | None = None

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(text)
        return cls(root.string("name"), root.string("appVersion"))


@facts("values.yaml", "values.yml", version=1)
@dataclass(frozen=True, slots=True)
class HelmValues:
    """The values that hold where whoever installs the chart gives no others."""

    root: YamlNode

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(yaml_mapping(text).pruned(_DEPTH))
