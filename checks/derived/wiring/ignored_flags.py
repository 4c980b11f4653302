"""Flags of a command line whose value is thrown away, and dry runs that run for real."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.references import is_test_code
from checks.derived.wiring.unread_flags import UnreadFlags
from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Call
    from checks.snapshot import Snapshot

_FLAG = re.compile(
    r"^(?:flag|pflag|fs|flags|flagSet|\w+\.(?:Persistent)?Flags\(\))\.(?:String|Bool|U?[Ii]nt(?:64)?|Float64|Duration)P?$"
)
_DRY = re.compile(r"^(?:dry_?run|dryrun)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class IgnoredFlag:
    """A flag without effect: its name, why, and the places that show it."""

    name: str
    path: str
    line: int
    why: str
    places: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True)
class IgnoredFlags:
    """Every one of shipped code. `defined` counts the flags that were looked at."""

    flags: tuple[IgnoredFlag, ...]
    defined: int

    def __len__(self) -> int:
        return self.defined

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        sources = [(p, s) for p, s in snapshot.shipped(GoSource) if not is_test_code(snapshot, p)]
        defined = sum(1 for _, source in sources for call in source.calls if _FLAG.match(call.callee))
        parsers, unread = _argparse(snapshot)
        found = [flag for path, source in sources for flag in _discarded(path, source)]
        asked_for = snapshot.derived(UnreadFlags)
        unasked = [IgnoredFlag(f.name, f.path, f.line, "nothing asks for its value") for f in asked_for.flags]
        flags = (*found, *unread, *unasked, *_dry_runs(sources))
        return cls(flags, defined + parsers + len(asked_for))


def _discarded(path: str, source: GoSource) -> Iterator[IgnoredFlag]:
    """`_ = flag.String("log-level", ...)`."""
    lines = {binding.line for binding in source.bindings if binding.name == "_"}
    for call in source.calls:
        if call.line in lines and _FLAG.match(call.callee) and call.arguments and call.arguments[0].literal:
            yield IgnoredFlag(call.arguments[0].text, path, call.line, "its value is assigned to `_`")


def _argparse(snapshot: Snapshot) -> tuple[int, list[IgnoredFlag]]:
    """Options of argparse whose attribute no code of the file's folder reads."""
    count, found = 0, []
    words: dict[str, set[str]] = defaultdict(set)
    for path, source in snapshot.files(PythonSource):
        words[path.rpartition("/")[0]] |= source.references | {text.value for text in source.strings}
    for path, source in snapshot.shipped(PythonSource):
        if not any(call.callee.endswith("ArgumentParser") for call in source.calls):
            continue
        whole = any(_passes_all(call) for call in source.calls)
        for call in source.calls:
            if call.callee.endswith(".add_argument") and (name := _option(call)):
                count += 1
                attribute = name.lstrip("-").replace("-", "_")
                if not whole and attribute not in words[path.rpartition("/")[0]]:
                    found.append(IgnoredFlag(name, path, call.line, f"nothing reads `.{attribute}`"))
    return count, found


def _passes_all(call: Call) -> bool:
    """Whether the parsed options are handed on as a whole."""
    return call.callee in ("vars", "getattr") or any(
        re.match(
            r"^(?:\*\*)?(?:vars\()?(?:args|arguments|opts|options|parsed|namespace|ns|a|cfg|config)\b\)?$",
            argument.text,
        )
        for argument in call.arguments
    )


def _option(call: Call) -> str | None:
    """The long name of an option that stores a value under its own name."""
    if call.argument("dest") or call.argument("action") or call.argument("help") is None:
        return None
    text = call.argument("help")
    if (
        text is None
        or "SUPPRESS" in text.text
        or re.search(r"deprecat|ignored|unused", text.text, re.IGNORECASE)
    ):
        return None
    names = [a.text for a in call.arguments if a.name is None and a.literal and a.text.startswith("--")]
    return names[0] if names else None


def _dry_runs(sources: list[tuple[str, GoSource]]) -> Iterator[IgnoredFlag]:
    """Calls that give `nil` for the settings in which a helper looks for the dry run."""
    holders: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for path, source in sources:
        for field in source.fields:
            if _DRY.match(field.name):
                holders[path.rpartition("/")[0]][field.inside] = (path, field.line)
    for folder, types in holders.items():
        package = [(path, source) for path, source in sources if path.rpartition("/")[0] == folder]
        takes = dict(_takes(package, types))
        places = [
            (
                path,
                call.line,
                f"{call.callee} is called with nil for it" + (f" in {call.inside}" if call.inside else ""),
            )
            for path, source in package
            for call in source.calls
            if (index := takes.get(call.callee)) is not None
            and len(call.arguments) > index
            and call.arguments[index].text == "nil"
        ]
        if places:
            path, line = next(iter(types.values()))
            yield IgnoredFlag("dry-run", path, line, "calls bypass it and run for real", tuple(places))


def _takes(
    package: list[tuple[str, GoSource]], types: dict[str, tuple[str, int]]
) -> Iterator[tuple[str, int]]:
    """Functions that take the settings by pointer, and at which place."""
    for _, source in package:
        for function in source.functions():
            for index, written in enumerate(function.parameter_types):
                if written.lstrip("*") in types and written.startswith("*"):
                    yield function.name, index
