"""Sections of the settings that nothing reads: a field that holds a settings type, and no code ever reaches into it.

A name alone proves nothing here (`enabled`, `max_retries` are everywhere), so it is the way to the section that
counts: `config.retry` by any owner that may be the settings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.reachability import Reachability
from checks.derived.references import SpelledNames, is_test_code
from checks.derived.tree_paths import parents
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import DefinitionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.source import Call, Definition, Field, Source
    from checks.snapshot import Snapshot

_NAMED_SO = re.compile(r"(?:Config|Configuration|Settings|Options|Opts|Conf)$")
_TAGGED = re.compile(r"\b(?:yaml|toml|mapstructure|koanf|env|envPrefix):\"")
_JSON = re.compile(r"\bjson:\"")  # also what requests and answers are made of
_PLAIN = re.compile(
    r"^(?:derive\((?:\s*(?:serde::)?(?:Debug|Clone|Copy|Default|PartialEq|Eq|PartialOrd|Ord|Hash|Serialize|Deserialize|JsonSchema)\s*,?)*\)?|serde\(.*|non_exhaustive|doc\b.*)$",
    re.DOTALL,
)
_MODEL = re.compile(r"^(?:pydantic(?:_settings)?\.)?(?:BaseSettings|BaseModel)$")
_WRAPPERS = frozenset({"Option", "Box", "Arc", "Rc", "Optional", "None"})
_WORD = re.compile(r"[A-Za-z_]\w*")
# What hands on every field at once, to somebody who may read them.
_WHOLE = {
    RustSource: re.compile(r"\b(?:serde_json::to_\w+|json!|Json|Serialized::\w+|to_value)$"),
    GoSource: re.compile(
        r"^(?:reflect|structs|copier)\.\w+$|\.(?:Marshal\w*|Encode|JSON|Execute(?:Template)?)$"
    ),
    PythonSource: re.compile(r"(?:^|\.)(?:model_dump\w*|asdict|vars|dict|getattr|model_fields)$"),
}
# Settings as a whole, not one of their fields.
_SETTINGS = re.compile(r"(?:settings|config|configuration|cfg|conf|options|opts)\b(?!\s*[.(])", re.IGNORECASE)
_ITSELF = re.compile(r"\b(?:self|cls)\b(?!\s*\.)")


@dataclass(frozen=True, slots=True)
class UnreadSection:
    """A section that can be set and that nothing reads: its key, the type that holds it, its own type and fields."""

    key: Field
    path: str
    type: Definition
    type_path: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class UnreadSections:
    """How many sections the settings have, and those that nothing reads."""

    sections: int
    unread: tuple[UnreadSection, ...]

    def __len__(self) -> int:
        return self.sections

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        count, unread = 0, []
        for language in (RustSource, GoSource, PythonSource):
            files = {p: s for p, s in snapshot.files(language) if _is_read_for_use(snapshot, p)}
            types = settings_types(snapshot, language)
            sections = list(_sections(types)) if types else []
            count += len(sections)
            if sections and not _hands_on_all(files, language):
                reads = _Reads(snapshot, files, types)
                unread += [section for section in sections if not reads.may_reach(section)]
        return cls(count, tuple(unread))


def _is_read_for_use(snapshot: Snapshot, path: str) -> bool:
    """Whether what the file reads has an effect: neither a test nor an example."""
    return not is_test_code(snapshot, path) and snapshot.role(path) is not Role.EXAMPLE


@dataclass(frozen=True, slots=True)
class SettingsType:
    """A type that holds settings of a program, with its fields."""

    path: str
    definition: Definition
    fields: tuple[Field, ...]


_Types = dict[tuple[str | None, str], SettingsType]


def settings_types(snapshot: Snapshot, language: type[Source]) -> _Types:
    """The settings types of programs by crate (of other languages: None) and name, each defined once in it."""
    files = {path: source for path, source in snapshot.files(language) if _is_read_for_use(snapshot, path)}
    found: dict[tuple[str | None, str], list[SettingsType]] = defaultdict(list)
    for path, source in files.items():
        fields: dict[str, list[Field]] = defaultdict(list)
        for field in source.fields:
            fields[field.inside].append(field)
        for item in source.definitions if fields else ():
            own = tuple(fields.get(item.name, ()))
            if item.kind is DefinitionKind.CLASS and own and _is_settings(item, own, language):
                found[_crate(snapshot, path), item.name].append(SettingsType(path, item, own))
    # Those who import a library may read what it only declares: only what a program uses counts.
    return {
        key: types[0]
        for key, types in found.items()
        if len(types) == 1 and _is_of_program(snapshot, types[0].path, key[0])
    }


def _crate(snapshot: Snapshot, path: str) -> str | None:
    """The folder of the crate that a Rust file belongs to, with its slash: other crates have types of their own."""
    if not path.endswith(".rs"):
        return None
    folders = (folder for folder in parents(path) if snapshot.exists(f"{folder}/Cargo.toml".lstrip("/")))
    return next((f"{folder}/".lstrip("/") for folder in folders), None)


def _is_of_program(snapshot: Snapshot, path: str, crate: str | None) -> bool:
    if not path.endswith(".rs"):
        return snapshot.derived(Reachability).starts(path)
    return crate is not None and snapshot.exists(f"{crate}src/main.rs") and path.startswith(f"{crate}src/")


def _is_settings(item: Definition, fields: tuple[Field, ...], language: type[Source]) -> bool:
    if language is PythonSource:
        return any(map(_MODEL.match, item.bases)) and _NAMED_SO.search(item.name) is not None
    if language is GoSource:
        tags = [_TAGGED, _JSON] if _NAMED_SO.search(item.name) else [_TAGGED]
        return any(tag.search(field.tag or "") for field in fields for tag in tags)
    derives = any("Deserialize" in decorator for decorator in item.decorators)
    return derives and all(map(_PLAIN.match, item.decorators)) and _NAMED_SO.search(item.name) is not None


def _sections(types: _Types) -> Iterator[UnreadSection]:
    for (crate, _), holder in types.items():
        for key in holder.fields:
            names = set(_WORD.findall(key.type or "")) - _WRAPPERS
            held = types.get((crate, names.pop())) if len(names) == 1 else None
            if held and held is not holder and len(held.fields) > 1:
                yield UnreadSection(key, holder.path, held.definition, held.path, held.fields)


def _hands_on_all(files: Mapping[str, Source], language: type[Source]) -> bool:
    """Whether some code hands on all values of something that is called settings."""
    return any(
        _WHOLE[language].search(call.callee) and not source.in_test(call.line) and _is_on_settings(call)
        for source in files.values()
        for call in source.calls
    )


def _is_on_settings(call: Call) -> bool:
    text = " ".join([call.callee.rpartition(".")[0], *(argument.text for argument in call.arguments)])
    own = call.inside is not None and _NAMED_SO.search(call.inside.partition(".")[0]) is not None
    return _SETTINGS.search(text) is not None or (own and _ITSELF.search(text) is not None)


class _Reads:
    """By member, the words before it; by type and field, what the field is; by section's type, the files that use it."""

    def __init__(self, snapshot: Snapshot, files: Mapping[str, Source], settings: _Types) -> None:
        self._snapshot = snapshot
        self._files = files
        self._settings = settings
        names = {name for _, name in settings}
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._types: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._users: dict[str, list[str]] = defaultdict(list)
        for path, source in files.items():
            for name in (source.references & names) - source.confined:
                self._users[name].append(path)
            for owner, name in source.members:
                self._owners[name].add(owner)
            for field in source.fields:
                self._types[_plain(field.inside), field.name].add(field.type or "")

    def may_reach(self, section: UnreadSection) -> bool:
        """Whether code may read the section: by its key, or by a value of its type that came another way."""
        key, name = section.key, section.type.name
        if any(not self._is_another(owner, key) for owner in self._owners[key.name]):
            return True
        if not section.path.endswith(".rs") and key.name in self._snapshot.derived(SpelledNames).words:
            return True
        own = {section.path, section.type_path}
        users = (path for path in self._users[name] if not self._has_its_own(path, section))
        return any(path not in own or _is_given(self._files[path], name) for path in users)

    def _has_its_own(self, path: str, section: UnreadSection) -> bool:
        """Whether a file belongs to another crate that has a type of the same name."""
        crate = _crate(self._snapshot, path)
        return crate != _crate(self._snapshot, section.path) and (crate, section.type.name) in self._settings

    def _is_another(self, owner: str, key: Field) -> bool:
        """Whether the word before the member is the name of a type whose field of that name is something else."""
        types = self._types.get((_plain(owner), key.name))
        return types is not None and key.type not in types and _plain(owner) != _plain(key.inside)


def _is_given(source: Source, name: str) -> bool:
    """Whether a function takes or gives a value of the type."""
    return any(
        re.search(rf"\b{name}\b", text)
        for item in source.functions()
        if not item.name.startswith(f"{name}.")
        for text in (*item.parameter_types, item.return_type or "")
    )


def _plain(name: str) -> str:
    return name.rpartition(".")[2].replace("_", "").lower()
