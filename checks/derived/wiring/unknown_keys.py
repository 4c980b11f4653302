"""Keys of the repository's own configuration files that the type they are loaded into doesn't have."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from checks.derived.references import SpelledNames, is_test_code
from checks.derived.tree_paths import is_hidden
from checks.facts.configuration_keys import ConfigurationKeys
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.configuration_keys import ConfigurationKey
    from checks.facts.source import Definition, Field
    from checks.snapshot import Snapshot

_CONFIGURATION = re.compile(
    r"(?:^|[/._-])(?:config|configuration|settings|conf)(?:[._-]|$)|(?:^|/)(?:config|conf|settings)/",
    re.IGNORECASE,
)
_TYPE = re.compile(r"(?:Config|Configuration|Settings|Conf|Options)$")
_TAG = re.compile(r"\b(?:yaml|toml|mapstructure|koanf):\"([^\",]*)([^\"]*)\"")
_RENAMED = re.compile(r"\b(?:rename|alias)\s*=\s*\"([^\"]+)\"|\b(?:validation_alias|alias)=[\"']([^\"']+)")
_ALL = re.compile(r"rename_all\s*=\s*\"([\w-]+)\"")
_WORD = re.compile(r"[A-Za-z_]\w*")
_STRICT = re.compile(
    r"KnownFields$|UnmarshalStrict$|DisallowUnknownFields$|deny_unknown_fields|ErrorUnused|ErrorOnUnknown"
)
_MODEL = re.compile(r"^(?:pydantic(?:_settings)?\.)?Base(?:Model|Settings)$")
_OWN = re.compile(r"^(?:x-|_|\.|\$)|^(?:version|schema|include|extends|defaults)$")
_OURS = frozenset({Role.SHIPPED, Role.TOOL, Role.EXAMPLE})
_FEWEST = 3  # keys that a file and a type must share
_SHARE = 0.7  # of a file's keys that the type must have


@dataclass(frozen=True, slots=True)
class Schema:
    """A type of settings: its keys with the types of their values."""

    name: str
    path: str
    line: int
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class UnknownKeys:
    """A file, the type that it is for, and the keys that this doesn't have."""

    path: str
    schema: Schema
    keys: tuple[ConfigurationKey, ...]


@dataclass(frozen=True, slots=True)
class ConfigurationsOfTypes:
    """The files with unknown keys; `looked_at` counts all that are plainly for a type."""

    unknown: tuple[UnknownKeys, ...]
    looked_at: int

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        schemas = _Schemas(snapshot)
        spelled = snapshot.derived(SpelledNames).words
        words = (
            spelled.union(*(source.references for _, source in snapshot.files(Source)))
            if schemas.all
            else spelled
        )
        loaded = {
            text.value.rpartition("/")[2]
            for _, source in snapshot.shipped(Source)
            for text in source.strings
            if text.value.endswith((".toml", ".yaml", ".yml"))
        }
        found = []
        for path, facts in snapshot.files(ConfigurationKeys):
            ours = snapshot.role(path) in _OURS and not is_hidden(path)
            named = _CONFIGURATION.search(path) or path.rpartition("/")[2] in loaded
            schema = schemas.of(facts.keys) if ours and named else None
            if schema is not None:
                unknown = schemas.unknown(facts.keys, schema)
                # What any code names may be read from the file in another way.
                nowhere = tuple(
                    key for key in unknown if words.isdisjoint({key.name, key.name.replace("-", "_")})
                )
                found.append(UnknownKeys(path, schema, nowhere))
        return cls(tuple(one for one in found if one.keys), len(found))


class _Schemas:
    """The types of settings of a tree."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def all(self) -> list[Schema]:
        found: list[Schema] = []
        for language in (RustSource, GoSource, PythonSource):
            sources = [
                (p, s) for p, s in self.snapshot.shipped(language) if not is_test_code(self.snapshot, p)
            ]
            if not any(_is_strict(source) for _, source in sources):
                found += [schema for path, source in sources for schema in _schemas(path, source)]
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Schema]]:
        found: dict[str, list[Schema]] = defaultdict(list)
        for schema in self.all:
            found[schema.name].append(schema)
        return found

    @cached_property
    def _having(self) -> dict[str, list[Schema]]:
        """By key, the types of settings that have it."""
        found: dict[str, list[Schema]] = defaultdict(list)
        for schema in self.all:
            if _TYPE.search(schema.name):
                for key in schema.keys:
                    found[key].append(schema)
        return found

    def of(self, keys: tuple[ConfigurationKey, ...]) -> Schema | None:
        """The one type that has nearly all of a file's keys."""
        names = {key.name for key in keys if not key.section and not _OWN.search(key.name)}
        shared: dict[int, int] = defaultdict(int)
        schemas: dict[int, Schema] = {}
        for name in names:
            for schema in self._having.get(name, ()):
                shared[id(schema)] += 1
                schemas[id(schema)] = schema
        best = sorted(shared.items(), key=lambda item: -item[1])[:2]
        if not best or best[0][1] < max(_FEWEST, _SHARE * len(names)):
            return None
        return schemas[best[0][0]] if len(best) == 1 or best[1][1] < best[0][1] else None

    def unknown(self, keys: tuple[ConfigurationKey, ...], schema: Schema) -> Iterator[ConfigurationKey]:
        """Those that the type, or the type of their section, doesn't have."""
        for key in keys:
            held = schema if not key.section else self._section(schema, key.section)
            if held is not None and key.name not in held.keys and not _OWN.search(key.name):
                yield key

    def _section(self, schema: Schema, key: str) -> Schema | None:
        words = [word for word in _WORD.findall(schema.keys.get(key, "")) if word in self._by_name]
        is_map = re.search(r"Map|dict|list|List|Vec|\[\]|map\[", schema.keys.get(key, ""))
        found = self._by_name[words[0]] if len(words) == 1 and not is_map else []
        return found[0] if len(found) == 1 else None


def _is_strict(source: Source) -> bool:
    return any(_STRICT.search(call.callee) for call in source.calls)


def _schemas(path: str, source: Source) -> Iterator[Schema]:
    fields: dict[str, list[Field]] = defaultdict(list)
    for field in source.fields:
        fields[field.inside].append(field)
    for one in source.definitions:
        if one.name in fields and not source.in_test(one.line):
            keys = _keys(path, one, fields[one.name])
            if keys is not None:
                yield Schema(one.name, path, one.line, keys)


def _keys(path: str, item: Definition, fields: list[Field]) -> dict[str, str] | None:
    """The keys by which the fields are set; None where others may be too, or are refused."""
    if path.endswith(".go"):
        return _of_go(fields)
    marks = " ".join(item.decorators)
    if path.endswith(".rs"):
        if (
            "Deserialize" not in marks
            or "deny_unknown" in marks
            or any("flatten" in (f.tag or "") for f in fields)
        ):
            return None
        style = _ALL.search(marks)
        return {
            key: f.type or ""
            for f in fields
            for key in _names(f, f.tag or "", style.group(1) if style else "")
        }
    plain = all(_MODEL.match(base) for base in item.bases) and item.bases
    extra = any(f.name in ("model_config", "Config") or "extra" in (f.default or "") for f in fields)
    if not plain or extra:
        return None
    return {key: f.type or "" for f in fields for key in _names(f, f.default or "", "")}


def _of_go(fields: list[Field]) -> dict[str, str] | None:
    keys: dict[str, str] = {}
    for field in fields:
        tag = _TAG.search(field.tag or "")
        if tag is None or "inline" in tag.group(2) or "squash" in tag.group(2) or "remain" in tag.group(2):
            return None
        keys[tag.group(1) or field.name.lower()] = field.type or ""
    return keys


def _names(field: Field, said: str, style: str) -> Iterator[str]:
    yield from (first or second for first, second in _RENAMED.findall(said))
    yield field.name
    if style == "kebab-case":
        yield field.name.replace("_", "-")
    elif style == "camelCase":
        first, *others = field.name.split("_")
        yield first + "".join(word.capitalize() for word in others)
    elif style:
        yield field.name.upper() if style.startswith("SCREAMING") else field.name.replace("_", "")
