"""Functions that promise an effect and do nothing: what each does instead, and why that is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.completeness.admissions import Admissions
from checks.derived.completeness.claimed_health import claimed_health
from checks.derived.overrides import Overrides
from checks.facts.source import BodyForm, Closure, Definition, DefinitionKind, Source
from checks.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

EFFECT = (
    r"send|post|publish|invoke|execute|run|process|save|store|delete|update|create|deploy|upload|download|sync|notify|persist"
    r"|charge|refund|encrypt|decrypt|call|register|submit|transfer|import|export|migrate|backup|restore|connect|write|fetch"
    r"|index|train"
)
PROMISE = re.compile(rf"^_*(?i:{EFFECT}|verify|validate|authenticate|authori[sz]e|check)(?:_|[A-Z]|$)")
DOES = re.compile(rf"^_*(?i:{EFFECT})(?:_|[A-Z]|$)")
SERVES = re.compile(r"^(?i:serve|listen|serve_?forever|listen_?and_?serve)$")
STARTS = re.compile(
    r"^(?i:start|run|serve|listen|launch|boot|execute|unmarshal|marshal|apply|handle|load|close)(?:_|[A-Z]|$)"
)
HANDLER = re.compile(r"tool|handler|executor|action|processor|worker", re.IGNORECASE)
SUCCESS = re.compile(
    r"^(?:Ok\()?(?:[Tt]rue)\b|[\"'](?:ok|success|succeeded|healthy|completed|done|sent|delivered|valid|verified)[\"']"
    r"|\b[\"']?(?:success|ok|valid|verified|sent|healthy|authenticated)[\"']?\s*[:=]\s*[Tt]rue\b",
    re.IGNORECASE,
)
DECLARED = re.compile(
    r"(?:^|[._])_?(?:[Nn]ew_?)?(?:Mock|Fake|Stub|Dummy|No[Oo]p|Null|Unimplemented|Abstract|Base|InMemory|Test|Always|AllowAll|Nop|Default)"
    r"|(?:Base|Mixin|Stub|Mock)(?:\.|$)|no_?op"
)
# The check of signatures speaks of these.
CHECKER = re.compile(r"^_*(?:verify|validate|check)_?\w*(?:signature|jwt|hmac|webhook)", re.IGNORECASE)
NOTHING = re.compile(r"^(?:None|False|null|undefined|false|\[\]|\{\}|\"\"|'')$")
KEEPS = re.compile(
    r"^(?:get|find|list|update|delete|save|create|remove|add|insert|load|fetch|put|set)(?:_|[A-Z]|$)"
)
ABSTRACT = re.compile(r"(?:^|\.)(?:ABC|ABCMeta|Protocol)\b")
# FastAPI's own: what such a parameter is given has been checked before the body runs.
INJECTS = re.compile(r"(?:^|\.)(?:Depends|Security)$")
INJECTED = re.compile(r"\b(?:Depends|Security)\(")
CONTEXT = frozenset({"ctx", "context", "_", "self", "cls"})
FUNCTIONS = (DefinitionKind.FUNCTION, DefinitionKind.METHOD)
IDLE = (BodyForm.CONSTANT, BodyForm.EMPTY, BodyForm.GUARDED, BodyForm.STORES)


@dataclass(frozen=True, slots=True)
class Stub:
    """One function (or class) that doesn't do what it promises. `severity` is None for the check's own."""

    path: str
    name: str
    line: int
    message: str
    notes: tuple[tuple[str, int], ...]  # what was seen, with its line
    severity: Severity | None = None


@dataclass(frozen=True)
class Stubs:
    """The stubs of shipped code."""

    stubs: tuple[Stub, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        known = snapshot.derived(Admissions), snapshot.derived(Overrides)
        return cls(
            tuple(stub for path, source in snapshot.shipped(Source) for stub in _stubs(path, source, *known))
        )


def _stubs(path: str, source: Source, admissions: Admissions, overrides: Overrides) -> Iterator[Stub]:
    seen: set[str] = set()
    hooks = _classes_for_others(source)
    injected = {call.line for call in source.calls if INJECTS.search(call.callee)}
    for definition in source.definitions:
        if definition.kind not in FUNCTIONS or source.in_test(definition.line):
            continue
        if injected and _is_done_by_dependencies(definition, injected):
            continue
        stub = _stub(path, definition, admissions, hooks)
        if stub is not None:
            seen.add(stub.name)
            yield stub
    for closure in source.closures:
        stub = None if source.in_test(closure.line) else _answering(path, closure, admissions)
        if stub is not None and stub.name not in seen:
            seen.add(stub.name)
            yield stub
    yield from _half_classes(path, source, seen, overrides)
    for name, states in claimed_health(source):
        said = ", ".join(f"{state.name} {state.value}" for state in states)
        lines = tuple((f"`{state.name}`: `{state.value}`", state.line) for state in states)
        message = f"`{name}` says {said}, and asks none of them."
        yield Stub(path, name, states[0].line, message, lines)


def _is_done_by_dependencies(definition: Definition, injected: set[int]) -> bool:
    """The work is what its signature or decorator depends on: its body does none, so a call within is one of those."""
    lines = range(definition.line, definition.end_line + 1)
    told = (*definition.decorators, *definition.parameter_types)
    return any(line in injected for line in lines) or any(INJECTED.search(text) for text in told)


def _classes_for_others(source: Source) -> frozenset[str | None]:
    """Abstract classes: what works in one of their methods, or does nothing, is a default for those that derive."""
    told = {d.name for d in source.definitions if any(ABSTRACT.search(base) for base in d.bases)}
    return frozenset(told | {d.inside for d in source.definitions if d.abstract and d.inside})


def _stub(
    path: str, definition: Definition, admissions: Admissions, hooks: frozenset[str | None]
) -> Stub | None:
    given = [name for name in definition.parameters if name not in CONTEXT]
    last = definition.name.rpartition(".")[2]
    if (
        definition.body not in IDLE
        or definition.abstract
        or definition.inside in definition.bases
        or DECLARED.search(definition.name)
        or all(name.startswith("_") for name in definition.parameters)
        or CHECKER.match(last)
    ):
        return None
    if definition.inside in hooks:
        return _admitted(path, definition, admissions)
    said = definition.returns or ""
    works = definition.body is BodyForm.CONSTANT and PROMISE.match(last)
    works = works or (definition.body is BodyForm.GUARDED and DOES.match(last))
    if given and works and SUCCESS.search(said):
        message = f"`{definition.name}` does nothing with what it is given and returns `{said[:80]}`."
        notes = ((f"parameters: {', '.join(definition.parameters)}", definition.line),)
        return Stub(path, definition.name, definition.line, message, notes)
    if definition.body is BodyForm.STORES and SERVES.match(last) and given:
        message = f"`{definition.name}` only keeps what it is given: nothing is served."
        return Stub(
            path, definition.name, definition.line, message, ((f"keeps {given[0]}", definition.line),)
        )
    return _admitted(path, definition, admissions)


def _admitted(path: str, definition: Definition, admissions: Admissions) -> Stub | None:
    """It does nothing, and a comment in it says so."""
    last = definition.name.rpartition(".")[2]
    notes = admissions.within(path, definition.line, definition.end_line)
    if definition.body is BodyForm.GUARDED or not notes or not (PROMISE.match(last) or STARTS.match(last)):
        return None
    does = {BodyForm.STORES: "only keeps what it is given"}.get(definition.body, "does nothing")
    message = f"`{definition.name}` {does}, and says why: “{notes[0].text[:100]}”."
    lines = tuple((note.text, note.line) for note in notes)
    return Stub(path, definition.name, definition.line, message, lines, Severity.HIGH)


def _answering(path: str, closure: Closure, admissions: Admissions) -> Stub | None:
    """A handler that answers the same whatever it is asked, or that leaves its input out and says so."""
    holder, name = closure.name or "", closure.inside or "module"
    said = closure.returns or ""
    answers = closure.body in (BodyForm.CONSTANT, BodyForm.GUARDED) and HANDLER.search(holder)
    if answers and SUCCESS.search(said) and not DECLARED.search(name):
        message = f"What `{name}` registers as `{holder}` answers `{said[:80]}` whatever it is asked."
        notes = ((f"parameters: {', '.join(closure.parameters)}", closure.line),)
        return Stub(path, holder, closure.line, message, notes)
    ignored = [name for name in closure.unused_parameters if name not in CONTEXT and not name.startswith("_")]
    said_so = admissions.within(path, closure.line, closure.end_line)
    if not ignored or not said_so or not HANDLER.search(holder):
        return None
    message = f"The `{holder}` that `{name}` makes ignores `{ignored[0]}`: “{said_so[0].text[:100]}”."
    return Stub(path, holder, closure.line, message, tuple((n.text, n.line) for n in said_so), Severity.HIGH)


def _half_classes(path: str, source: Source, seen: set[str], overrides: Overrides) -> Iterator[Stub]:
    """A class some of whose methods work, and three or more of which find and change nothing."""
    methods: dict[str, list[Definition]] = {}
    for definition in source.definitions:
        if (
            definition.kind is DefinitionKind.METHOD
            and definition.inside
            and not source.in_test(definition.line)
        ):
            methods.setdefault(definition.inside, []).append(definition)
    for name, own in methods.items():
        idle = [d for d in own if _finds_nothing(d)]
        works = any(
            d.body is BodyForm.WORK and not d.name.endswith(("__init__", ".constructor")) for d in own
        )
        if len(idle) < 3 or not works or name in seen or DECLARED.search(name):
            continue
        lines = tuple((f"`{d.name}` returns `{d.returns}`", d.line) for d in idle)
        message = f"{len(idle)} methods of `{name}` do nothing and find nothing; its others work."
        lacks = all(overrides.done_by_others(source, method) for method in idle)
        severity = Severity.MEDIUM if lacks else Severity.HIGH
        yield Stub(path, name, idle[0].line, message, lines, severity)


def _finds_nothing(definition: Definition) -> bool:
    last = definition.name.rpartition(".")[2]
    return bool(
        definition.body is BodyForm.CONSTANT
        and not definition.abstract
        and not definition.doc
        and KEEPS.match(last)
        and NOTHING.match(definition.returns or "")
    )
