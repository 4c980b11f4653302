"""Flags of cobra and pflag that a command defines, and that no code of the module asks for."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.go_modules import GoModules
from checks.facts.go_source import GoSource

if TYPE_CHECKING:
    from checks.facts.source import Call
    from checks.snapshot import Snapshot

_DEFINES = re.compile(
    r"(?:^|\.)(?:Persistent)?Flags\(\)\.(?:String|Bool|U?[Ii]nt(?:8|16|32|64)?|Float(?:32|64)|Duration|Count|StringSlice|StringArray|IntSlice|StringToString)P?$"
)
# They speak of a flag and don't read it.
_MARKS = re.compile(r"\.(?:Mark\w+|RegisterFlagCompletionFunc|SetAnnotation|SetNormalizeFunc)$")
_SETS = re.compile(r"(?:^|\.)(?:Persistent)?(?:Flags|FlagSet)\(\)$")
_ALL = re.compile(r"\.(?:BindPFlags|BindFlagValues|VisitAll|Visit|AddFlagSet|AddGoFlagSet)$")


@dataclass(frozen=True, slots=True)
class UnreadFlag:
    """A flag with the place that defines it."""

    name: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class UnreadFlags:
    """Those that nothing asks for; `defined` counts all."""

    flags: tuple[UnreadFlag, ...]
    defined: int

    def __len__(self) -> int:
        return self.defined

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        modules = snapshot.derived(GoModules)
        flags: dict[str, list[UnreadFlag]] = defaultdict(list)
        read: dict[str, set[str]] = defaultdict(set)
        handed: set[str] = set()
        for path, source in snapshot.shipped(GoSource):
            found = modules.module_of(path)
            module = found[0] if found is not None else ""
            bound = {binding.line for binding in source.bindings}
            for call in source.calls:
                name = call.arguments[0].text if call.arguments and call.arguments[0].literal else None
                if name and _DEFINES.search(call.callee):
                    if call.line not in bound:  # the value that it returns is kept
                        flags[module].append(UnreadFlag(name, path, call.line))
                elif not _MARKS.search(call.callee):
                    read[module].update(argument.text for argument in call.arguments if argument.literal)
                    if _hands_on(call):
                        handed.add(module)
            read[module] |= {text.value for text in source.strings if text.name}
        every = [flag for found in flags.values() for flag in found]
        unread = (
            flag
            for module, found in flags.items()
            for flag in found
            if module not in handed and flag.name not in read[module]
        )
        return cls(tuple(unread), len(every))


def _hands_on(call: Call) -> bool:
    """Whether all flags of a command are handed to something that may read every one."""
    return _ALL.search(call.callee) is not None or any(
        _SETS.search(argument.text) for argument in call.arguments
    )
