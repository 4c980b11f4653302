"""Functions of shipped code that say they are not implemented, wholly or in one of their branches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.overrides import Overrides
from checks.facts.source import BodyForm, Call, Definition, DefinitionKind, Source
from checks.snapshot import Snapshot

UNFINISHED = re.compile(
    r"not (?:yet |currently )?implemented|not (?:yet|currently) supported|not supported yet|to be implemented"
    r"|implement me|\btodo!|unimplemented!|requires generated|StatusNotImplemented|HTTP_501|\b501\b",
    re.IGNORECASE,
)
CONTRACT = re.compile(
    r"subclass|must (?:be )?(?:implement|overrid|defin)|abstract|overrid|should (?:be )?implement",
    re.IGNORECASE,
)
DOUBLE = re.compile(
    r"(?:^|[._])_?(?:Mock|Fake|Stub|Dummy|No[Oo]p|Null|Sinkhole|Blackhole|Unimplemented|Unsupported|Abstract|Base)|(?:Base|Mixin)(?:\.|$)"
    r"|(?i:not_?implemented$)"
)
# What the one who runs it left out, not the one who wrote it.
_NOT_SET_UP = re.compile(
    r"not (?:been )?(?:configured|installed|enabled|set ?up)|please (?:configure|install|enable|set)",
    re.IGNORECASE,
)
REFUSALS = frozenset(
    {
        "NotImplementedError",
        "todo!",
        "panic",
        "panic!",
        "Error",
        "errors.New",
        "fmt.Errorf",
        "anyhow!",
        "bail!",
    }
)
SELECTIVE = frozenset({"NotImplementedError", "todo!", "panic", "panic!", "unimplemented!"})
PROMISED = re.compile(
    r"\bnot yet (?:been )?(?:implemented|supported)|\bnot implemented yet|\bnot supported yet", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One function that refuses: `whole` when it never does anything else."""

    path: str
    name: str
    line: int
    quote: str
    whole: bool
    lines: tuple[int, ...]
    is_done_by_others: bool = False  # another class of its base does it: this one lacks a capability


@dataclass(frozen=True)
class Unfinished:
    """The refusals of a snapshot, by path and line."""

    refusals: tuple[Refusal, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        known = _Known(_ports(snapshot), snapshot.derived(Overrides))
        found = (r for path, source in snapshot.shipped(Source) for r in _refusals(path, source, known))
        return cls(tuple(sorted(found, key=lambda refusal: (refusal.path, refusal.line))))


def _ports(snapshot: Snapshot) -> frozenset[str]:
    """The interfaces that the repository itself declares."""
    return frozenset(
        definition.name
        for _, source in snapshot.files(Source)
        for definition in source.definitions
        if definition.kind is DefinitionKind.INTERFACE
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The interfaces declared here, and what classes take over from their bases."""

    ports: frozenset[str]
    overrides: Overrides


def _refusals(path: str, source: Source, known: _Known) -> Iterator[Refusal]:
    calls: dict[str, list[Call]] = {}
    for call in source.calls:
        if call.inside and call.callee in REFUSALS | SELECTIVE:
            calls.setdefault(call.inside, []).append(call)
    for definition in source.definitions:
        if definition.kind not in (DefinitionKind.FUNCTION, DefinitionKind.METHOD) or _is_exempt(
            source, definition, known
        ):
            continue
        inside = calls.get(definition.name, [])
        whole = _is_stub(source, definition, known.ports)
        said = inside[-1:] if whole else [call for call in inside if _is_branch(call)]
        if whole or said:
            by_others = known.overrides.done_by_others(source, definition)
            yield from _said(path, definition, said, whole=whole, by_others=by_others)


def _said(
    path: str, definition: Definition, said: list[Call], *, whole: bool, by_others: bool
) -> Iterator[Refusal]:
    """A function that never works is one refusal; of another, each branch promises something of its own."""
    if whole:
        lines = tuple(call.line for call in said) or (definition.line,)
        quote = definition.returns or _quote(said[0])
        yield Refusal(path, definition.name, lines[0], quote, whole, lines, by_others)
        return
    branches: dict[str, list[Call]] = {}
    for call in said:
        branches.setdefault(_quote(call), []).append(call)
    for quote, calls in branches.items():
        lines = tuple(call.line for call in calls)
        yield Refusal(path, definition.name, lines[0], quote, whole, lines)


def _is_exempt(source: Source, definition: Definition, known: _Known) -> bool:
    """Abstract and overridden methods, defaults of a trait, test doubles by name, and what only tests compile."""
    owner, _, method = definition.name.rpartition(".")
    default = (
        definition.inside in definition.bases or (owner.rpartition(".")[2], method) in known.overrides.defined
    )
    return bool(
        definition.abstract or default or DOUBLE.search(definition.name) or source.in_test(definition.line)
    )


def _is_stub(source: Source, definition: Definition, ports: frozenset[str]) -> bool:
    said = definition.returns or ""
    if (
        definition.body is not BodyForm.NOT_IMPLEMENTED
        or CONTRACT.search(said)
        or CONTRACT.search(definition.doc or "")
    ):
        return False
    if said == "unimplemented!()" and _is_for_its_type(source, definition, ports):
        return False
    if UNFINISHED.search(said.replace("NotImplementedError", "")):
        return True
    if _NOT_SET_UP.search(said):
        return False
    # Without a word of its own, a method may be the contract of a base class; a function, or a port's adapter, is not.
    owner = source.definition(definition.inside) if definition.inside else None
    if owner is None:
        return definition.kind is DefinitionKind.FUNCTION and definition.inside is None and "(f" not in said
    return any(base.split("[")[0].rpartition(".")[2] in ports for base in owner.bases) and said.endswith(
        ("Error", "()")
    )


def _is_for_its_type(source: Source, definition: Definition, ports: frozenset[str]) -> bool:
    """Whether every method of a Rust type refuses so, for another's trait: only the type is wanted (`dyn`, generics)."""
    owner = source.definition(definition.inside) if definition.inside else None
    if owner is None or not owner.bases or any(b.split("<")[0].split("::")[-1] in ports for b in owner.bases):
        return False
    methods = [d for d in source.definitions if d.kind is DefinitionKind.METHOD and d.inside == owner.name]
    return len(methods) > 1 and all(
        m.body is BodyForm.NOT_IMPLEMENTED and m.returns == "unimplemented!()" for m in methods
    )


def _is_branch(call: Call) -> bool:
    """A literal text that says so; one that is put together at run time rejects an unknown option."""
    if call.callee == "todo!":
        return True
    first = call.arguments[0] if call.arguments else None
    if first is None or not first.literal or "{" in first.text or re.search(r"%[a-z+#]", first.text):
        return False
    said = UNFINISHED if call.callee in SELECTIVE else PROMISED
    return said.search(first.text) is not None


def _quote(call: Call) -> str:
    return f"{call.callee}({call.arguments[0].text if call.arguments else ''})"
