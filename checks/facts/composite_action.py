"""action.yml: an action of the repository, most often steps that its workflows share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts
from checks.facts.workflow_step import Step, read_steps
from checks.facts.yaml_document import yaml_mapping


@facts("action.yml", "action.yaml", version=2)
@dataclass(frozen=True, slots=True)
class CompositeAction:
    """What the action runs; `using` is composite, docker or node with its version."""

    using: str | None = None
    main: str | None = None
    image: str | None = None
    inputs: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        root = yaml_mapping(text)
        runs = root.get("runs")
        return cls(
            using=root.string("runs", "using"),
            main=root.string("runs", "main"),
            image=root.string("runs", "image"),
            inputs=tuple(entry.key for entry in root.table("inputs")),
            steps=tuple(read_steps(runs, text.split("\n"))) if runs else (),
        )
