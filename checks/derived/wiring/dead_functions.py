"""Functions of Python files that hold set-up code and never run: nobody calls them, or their event never comes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import References, SpelledNames
from checks.facts.python_source import PythonSource
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.source import Call, Definition, Source
    from checks.snapshot import Snapshot

_EVENT = re.compile(r"^([\w.]+)\.on_event\(")
_APPLICATION = re.compile(r"(?:^|\.)(?:FastAPI|Starlette)$")
_IGNORED = "a hook of on_event, which an application made with lifespan= never runs"


@dataclass(frozen=True)
class DeadFunctions:
    """By file, the functions that never run, each with the reason."""

    by_file: Mapping[str, Mapping[str, str]]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        references, spelled = snapshot.derived(References), snapshot.derived(SpelledNames)
        found: dict[str, dict[str, str]] = {}
        for path, source in snapshot.files(PythonSource):
            dead = dict(_hooks(source))
            for definition in _set_ups(source):
                if definition.name not in references.users and definition.name not in spelled.words:
                    dead[definition.name] = f"`{definition.name}`, which nothing calls"
            if dead:
                found[path] = dead
        return cls(found)

    def reason(self, path: str, call: Call) -> str | None:
        """Why a call never happens."""
        dead = self.by_file.get(path)
        if not dead or call.inside is None:
            return None
        parts = call.inside.split(".")
        around = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        return next((dead[name] for name in around if name in dead), None)


def _hooks(source: Source) -> Iterator[tuple[str, str]]:
    """Startup and shutdown hooks of applications that were given a lifespan instead."""
    modern = {
        call.line for call in source.calls if _APPLICATION.search(call.callee) and call.argument("lifespan")
    }
    applications = {
        binding.name
        for binding in source.bindings
        if _APPLICATION.search(binding.value) and binding.line in modern
    }
    for definition in source.definitions:
        for decorator in definition.decorators:
            match = _EVENT.match(decorator)
            if match and match.group(1) in applications:
                yield definition.name, _IGNORED


def _set_ups(source: Source) -> Iterator[Definition]:
    """Functions that set something up on what they are given: only a caller can give it."""
    owners = {(call.inside, call.callee.partition(".")[0]) for call in source.calls if call.inside}
    for definition in source.definitions:
        plain = definition.kind is DefinitionKind.FUNCTION and not definition.decorators
        if plain and "." not in definition.name and not definition.name.startswith("__"):
            given = (name for name in definition.parameters if (definition.name, name) in owners)
            if next(given, None) is not None:
                yield definition
