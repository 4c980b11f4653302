"""Types that hold settings, and those of their fields that no code reads."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import SpelledNames, is_test_code
from checks.derived.tree_index import folders_up
from checks.derived.wiring.zod_settings import ZodSettings
from checks.facts.cargo import CargoManifest
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.source import Definition, DefinitionKind, Field, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_NAMED_SO = re.compile(r"(?:Config|Configuration|Settings|Options|Opts|Conf)$")
_CONFIGURATION_TAG = re.compile(
    r"\b(?:yaml|toml|mapstructure|envconfig|env|koanf|ini|hcl|conf|json):\"([^\"]*)\""
)
_JSON_ONLY = re.compile(r"^`?\s*json:\"[^\"]*\"\s*`?$")
# A row of a database, or a message: what reads it whole is a table, a form or the other side.
_ROW_OR_MESSAGE = re.compile(
    r"\b(?:gorm|xorm|bun|db|pg|bson|dynamodbav|firestore|datastore|form|query|uri|binding|xml|protobuf|jsonapi|swaggertype):\""
)
_SENT = re.compile(r",omitempty\b")  # says how it is written, which nobody asks of what is only read
_SETTINGS_BASE = re.compile(r"^(?:pydantic_settings\.|pydantic\.)?BaseSettings$")
_DERIVES = re.compile(r"derive\(.*\b(?:Deserialize|Parser|Args)\b")
_SERIALIZES = re.compile(r"derive\(.*\bSerialize\b")
# Ways by which all fields of a value are read at once, without a name.
_YAML_WHOLE = re.compile(
    r"^(?:yaml\w*|toml\w*|reflect|mapstructure|structs|copier)\.(?:Marshal\w*|NewEncoder|ValueOf|TypeOf|Decode|DeepEqual|Map|Copy)$|\.Execute(?:Template)?$"
)
_JSON_WHOLE = re.compile(r"\.(?:Marshal\w*|NewEncoder|Encode|JSON|Execute(?:Template)?|ValueOf|DeepEqual)$")
_PYTHON_WHOLE = re.compile(r"(?:^|\.)(?:model_dump\w*|asdict|astuple|vars|dict|getattr|model_fields)$")
_FROM_ENVIRONMENT = re.compile(r"\b(?:getenv|environ)\b")
_CALLED_SETTINGS = re.compile(r"settings|config|\bcfg\b|\bconf\b", re.IGNORECASE)
_NOT_FOR_READING = re.compile(r"\bflatten\b|\bskip|\bhide\b|\boverrides_with|\bexternal_subcommand")
_KEPT = re.compile(
    r"deprecat|unused|reserved|ignored|no longer|backward|compatib|legacy|placeholder", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class UnreadField:
    """A field of a settings type that nothing reads; `copied` are places that only hand it on."""

    type: str
    field: Field
    path: str
    copied: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class SettingsTypes:
    """By (path, type) how many fields it has, and the fields that nothing reads."""

    sizes: dict[tuple[str, str], int]
    unread: tuple[UnreadField, ...]

    def __len__(self) -> int:
        return len(self.sizes)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        types = [*_go(snapshot), *_rust(snapshot), *_python(snapshot)]
        sizes: dict[tuple[str, str], int] = defaultdict(int)
        for path, owner, _ in types:
            sizes[path, owner] += 1
        words = snapshot.derived(UsedWords)
        unread = [
            UnreadField(owner, field, path, words.copies.get(field.name, ()))
            for path, owner, field in types
            if not words.uses(field.name, path)
        ]
        zod = snapshot.derived(ZodSettings)
        for key in zod.keys:
            sizes[key.path, key.schema] += 1
        unread += [UnreadField(k.schema, Field(k.name, k.line, k.schema), k.path) for k in zod.unread]
        return cls(dict(sizes), tuple(unread))


@dataclass(frozen=True)
class UsedWords:
    """The identifiers that code uses by each language, handing-on between our own types aside."""

    used: dict[str, frozenset[str]]  # by the end of the path
    spelled: frozenset[str]
    copies: dict[str, tuple[tuple[str, int], ...]]

    def uses(self, name: str, path: str) -> bool:
        """Whether any code may read the field."""
        return name in self.used.get(path.rpartition(".")[2], frozenset()) or name in self.spelled

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        used: dict[str, set[str]] = defaultdict(set)
        handed: dict[str, list[tuple[str, int]]] = defaultdict(list)
        plain = _plain_fields(snapshot)
        for path, source in snapshot.files(Source):
            if is_test_code(snapshot, path):
                continue
            copied = {name: _targets(source, name) for name in source.copied}
            inner = {
                name
                for name, calls in copied.items()
                if calls and all((callee, name) in plain for callee, _ in calls)
            }
            used[path.rpartition(".")[2]] |= source.references - source.confined - inner
            for name in inner:
                handed[name] += [(path, line) for _, line in copied[name]]
        copies = {name: tuple(places[:5]) for name, places in handed.items()}
        return cls({k: frozenset(v) for k, v in used.items()}, snapshot.derived(SpelledNames).words, copies)


def _targets(source: Source, name: str) -> list[tuple[str, int]]:
    """The types whose field of this name is filled by a call, with the line."""
    return [
        (call.callee.rpartition(".")[2].rpartition("::")[2], call.line)
        for call in source.calls
        if any(argument.name == name for argument in call.arguments)
    ]


def _plain_fields(snapshot: Snapshot) -> frozenset[tuple[str, str]]:
    """(type, field) of our own types that no encoder reads: without a tag, not serialised."""
    found = set()
    for path, source in snapshot.files(Source):
        if not is_test_code(snapshot, path):
            encoded = {d.name for d in source.definitions if any(map(_SERIALIZES.search, d.decorators))}
            found |= {(f.inside, f.name) for f in source.fields if not f.tag and f.inside not in encoded}
    return frozenset(found)


Owned = tuple[str, str, Field]


def _go(snapshot: Snapshot) -> Iterator[Owned]:
    """Fields with a tag of a configuration format, in packages that don't encode or inspect values of that format."""
    opaque = _opaque_folders(snapshot, GoSource, _YAML_WHOLE)
    encoded = _opaque_folders(snapshot, GoSource, _JSON_WHOLE) | opaque
    for path, source in snapshot.shipped(GoSource):
        folder = path.rpartition("/")[0]
        if folder in opaque or is_test_code(snapshot, path):
            continue
        rows = {field.inside for field in source.fields if _ROW_OR_MESSAGE.search(field.tag or "")}
        for field in source.fields:
            tag = field.tag or ""
            key = _CONFIGURATION_TAG.search(tag)
            if key is None or key.group(1) in ("-", ",inline", "") or field.inside in rows:
                continue
            own = _NAMED_SO.search(field.inside) and folder not in encoded and not _SENT.search(tag)
            if (own or not _JSON_ONLY.match(tag)) and not _is_kept(source, field):
                yield path, field.inside, field


def _rust(snapshot: Snapshot) -> Iterator[Owned]:
    offered = frozenset(_offered_crates(snapshot))
    for path, source in snapshot.shipped(RustSource):
        if not offered.isdisjoint(folders_up(path.rpartition("/")[0])):
            continue
        chosen = {
            item.name
            for item in source.definitions
            if any(map(_DERIVES.search, item.decorators))
            and not source.in_test(item.line)
            and _is_settings(item)
        }
        for field in source.fields:
            tag = field.tag or ""
            skipped = field.name.startswith("_") or field.type == "()" or _NOT_FOR_READING.search(tag)
            if field.inside in chosen and not skipped and not _is_kept(source, field):
                yield path, field.inside, field


def _offered_crates(snapshot: Snapshot) -> Iterator[str]:
    """The folders of crates that are published to be used, without a program: who uses one reads its fields."""
    for path, cargo in snapshot.shipped(CargoManifest):
        folder = path.rpartition("/")[0]
        has_program = cargo.declared("bin") or snapshot.exists(f"{folder}/src/main.rs".lstrip("/"))
        if folder and cargo.publish and cargo.is_described and not has_program:
            yield folder


def _is_settings(item: Definition) -> bool:
    if any("allow(" in d for d in item.decorators):  # allow(dead_code): the author knows
        return False
    if any("Parser" in d or "Args" in d for d in item.decorators):
        return True
    return bool(_NAMED_SO.search(item.name)) and not any(map(_SERIALIZES.search, item.decorators))


def _python(snapshot: Snapshot) -> Iterator[Owned]:
    opaque = _opaque_folders(snapshot, PythonSource, _PYTHON_WHOLE)
    if _dumps_settings(snapshot):
        return
    bases = {
        item.name
        for _, source in snapshot.files(PythonSource)
        for item in source.definitions
        if any(map(_SETTINGS_BASE.match, item.bases))
    }
    for path, source in snapshot.shipped(PythonSource):
        if path.rpartition("/")[0] in opaque:
            continue
        chosen = {
            item.name
            for item in source.definitions
            if item.kind is DefinitionKind.CLASS
            and any(base in bases or _SETTINGS_BASE.match(base) for base in item.bases)
        }
        # A class that fills its fields from the environment is one of settings, whatever its base.
        chosen |= {f.inside for f in source.fields if f.default and _FROM_ENVIRONMENT.search(f.default)}
        for field in source.fields:
            # What is there for the tests is read by them.
            own = field.name.startswith("_") or field.name == "model_config" or "test" in field.name.lower()
            if field.inside in chosen and not own and not _is_kept(source, field):
                yield path, field.inside, field


def _dumps_settings(snapshot: Snapshot) -> bool:
    """Whether some code hands on all values of something that is called settings."""
    return any(
        _PYTHON_WHOLE.search(call.callee)
        and _CALLED_SETTINGS.search(" ".join([call.callee, *(argument.text for argument in call.arguments)]))
        for path, source in snapshot.files(PythonSource)
        if not is_test_code(snapshot, path)
        for call in source.calls
    )


def _opaque_folders(snapshot: Snapshot, language: type[Source], reads_all: re.Pattern[str]) -> frozenset[str]:
    """Folders whose code reads all fields of some value at once."""
    return frozenset(
        path.rpartition("/")[0]
        for path, source in snapshot.files(language)
        if not is_test_code(snapshot, path) and any(reads_all.search(call.callee) for call in source.calls)
    )


def _is_kept(source: Source, field: Field) -> bool:
    """Whether a comment beside it says that it is there for something else than its value."""
    return any(
        field.line - 3 <= comment.line <= field.line and _KEPT.search(comment.text)
        for comment in source.comments
    )
