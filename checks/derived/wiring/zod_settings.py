"""Settings that a schema of zod reads from the environment, and that no code reads of its result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Self

from checks.derived.environment import WELL_KNOWN
from checks.derived.references import SpelledNames, is_test_code
from checks.derived.resolution.ecmascript import ecmascript_sources
from checks.facts.environment_names import EnvironmentUses
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Call, Source
    from checks.snapshot import Snapshot

_OBJECT = re.compile(r"^(?:z|zod)\.(?:strictO|o)bject$")
_PARSES = re.compile(r"\.(?:safeP|p)arse(?:Async)?$")
_ENVIRONMENT = re.compile(r"\b(?:process\.env|import\.meta\.env|Bun\.env|Deno\.env)\b")
_WHOLE = re.compile(
    r"^(?:Object\.(?:entries|keys|values|assign|fromEntries)|JSON\.stringify|structuredClone)$"
)
_MOST = 20  # schemas of one file
_KEY = re.compile(r"^[A-Za-z_]\w{2,}$")


@dataclass(frozen=True, slots=True)
class SchemaKey:
    """A key that can be set, with its schema."""

    name: str
    schema: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class ZodSettings:
    """All keys, and those that nothing reads."""

    keys: tuple[SchemaKey, ...]
    unread: tuple[SchemaKey, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = {
            path: source
            for path, source in ecmascript_sources(snapshot).items()
            if not is_test_code(snapshot, path)
        }
        keys = [
            key
            for path, source in sources.items()
            if snapshot.role(path) is Role.SHIPPED
            for key in _keys(path, source)
        ]
        used = {word for source in sources.values() for word in source.references} if keys else set()
        used |= snapshot.derived(SpelledNames).words if keys else set()
        for _, uses in snapshot.files(EnvironmentUses) if keys else ():
            used |= uses.names
        unread = tuple(key for key in keys if key.name not in used and not WELL_KNOWN.match(key.name))
        return cls(tuple(keys), unread)


def _keys(path: str, source: Source) -> Iterator[SchemaKey]:
    """The keys of each object schema that parses the environment, unless its result is handed on as a whole."""
    names = {
        b.line: b.name
        for b in source.bindings
        if b.value.startswith(("z.object", "z.strictObject", "zod.object"))
    }
    parses = (call for call in source.calls if _PARSES.search(call.callee))
    for parse in islice((c for c in parses if any(_ENVIRONMENT.search(a.text) for a in c.arguments)), _MOST):
        schema = next((call for call in source.calls if _is_schema(call, parse, names)), None)
        if schema is None or _is_whole(source, parse):
            continue
        for argument in schema.arguments:
            if argument.name and _KEY.match(argument.name):
                yield SchemaKey(argument.name, names.get(schema.line, "the schema"), path, schema.line)


def _is_schema(call: Call, parse: Call, names: dict[int, str]) -> bool:
    """Whether a call makes the schema that another parses with: by its name, or in one expression."""
    if not _OBJECT.match(call.callee):
        return False
    by_name = names.get(call.line) == parse.callee.partition(".")[0]
    return by_name or (
        parse.callee.startswith(f"{call.callee}()") and parse.line <= call.line <= parse.end_line
    )


def _is_whole(source: Source, parse: Call) -> bool:
    """Whether the result is read without naming its keys."""
    result = next((b.name for b in source.bindings if b.line == parse.line), "")
    name = re.compile(rf"(?:\.\.\.|^){re.escape(result)}\b") if result.isidentifier() else None
    return name is not None and any(
        name.search(argument.text) and (_WHOLE.match(call.callee) or "..." in argument.text)
        for call in source.calls
        for argument in call.arguments
    )
