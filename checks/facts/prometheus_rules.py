"""Prometheus rules: which metrics the expressions of alerts and recordings name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.yaml_document import YamlNode, is_template, yaml_documents

_METRIC = re.compile(
    r"(?<![\w:$\"'.\[{/-])([a-zA-Z_][\w:]{2,120})(?![\w:]*\s*\()(?=\s*(?:[{\[),+\-*/=<>!^%]|$|\s))"
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LABELS = re.compile(r"\{[^{}]*\}|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)")
_KEYWORDS = frozenset(
    [
        "and",
        "or",
        "unless",
        "by",
        "without",
        "on",
        "ignoring",
        "group_left",
        "group_right",
        "offset",
        "bool",
        "inf",
        "nan",
        "start",
        "end",
    ]
)


@dataclass(frozen=True, slots=True)
class Rule:
    """An alert or a recording with the metrics of its expression."""

    name: str
    line: int
    metrics: tuple[str, ...]
    is_alert: bool


@facts("*.yaml", "*.yml", "*.rules", version=1)
@dataclass(frozen=True, slots=True)
class PrometheusRules:
    """The rules of a file; none where it is another kind of YAML."""

    rules: tuple[Rule, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        if "expr:" not in text or is_template(text):
            return cls()
        found: list[Rule] = []
        for document in yaml_documents(text):
            for group in document.list("groups") or document.list("spec", "groups"):
                found += [rule for node in group.list("rules") if (rule := _rule(node)) is not None]
        return cls(tuple(found))


def _rule(node: YamlNode) -> Rule | None:
    name = node.string("alert") or node.string("record")
    expression = node.string("expr")
    if name is None or expression is None:
        return None
    return Rule(name, node.line_of("expr"), metrics_of(expression), node.has("alert"))


def metrics_of(expression: str) -> tuple[str, ...]:
    """The metrics that an expression of PromQL names, each once."""
    bare = _LABELS.sub(" ", _QUOTED.sub('""', expression[:4_000]))
    names = (match.group(1) for match in _METRIC.finditer(bare))
    return tuple(dict.fromkeys(name for name in names if name.lower() not in _KEYWORDS and "_" in name))
