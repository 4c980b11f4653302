"""Scripts that made one edit to the repository's own source, and are run by nothing.

Such a script opens a source file by its path as a literal, replaces fixed text by fixed text (or appends some), and writes it
back. It takes no arguments and reads nothing else: after its one run there is nothing left for it to do. A generator or a
version bumper reads something else or computes what it writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.named_elsewhere import named_elsewhere
from checks.derived.tree_paths import join
from checks.facts.cargo import CargoManifest
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.roles import Role
from checks.facts.rust_source import RustSource
from checks.facts.source import Argument, Call, Source
from checks.facts.typescript_source import TypeScriptSource
from checks.snapshot import Snapshot

_LANGUAGES = (PythonSource, JavaScriptSource, TypeScriptSource)
_OPENS = re.compile(r"^(?:open|io\.open|codecs\.open)$")
_READS = re.compile(r"(?:^|\.)readFile(?:Sync)?$")
_WRITES = re.compile(r"(?:^|\.)(?:writeFile|appendFile)(?:Sync)?$")
_APPENDS = re.compile(r"(?:^|\.)(?:appendFile(?:Sync)?|write)$")
_REPLACES = re.compile(r"(?:\.replace(?:All)?|^re\.subn?)$")
_MODE = re.compile(r"^[rwaxbt+]{1,3}$")
# What makes a run depend on more than the file it edits.
_OUTSIDE = frozenset({
    "argv", "argparse", "click", "typer", "docopt", "fire", "optparse", "input", "stdin", "environ", "getenv", "env", "subprocess", "system", "requests", "httpx", "urllib",
    "aiohttp", "fetch", "axios", "child_process", "execSync", "glob", "commander", "yargs", "date", "datetime", "Date",
})  # fmt: skip
_QUOTED = re.compile(
    r"""[a-zA-Z]{0,2}(?:'''.*|\"\"\".*|'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|`[^`$]*`?)""", re.DOTALL
)
_NAME = re.compile(r"[A-Za-z_]\w*")
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True, slots=True)
class OneOffEdit:
    """A script, the line where it writes, and the source files it edits."""

    path: str
    line: int
    targets: tuple[str, ...]


@dataclass(frozen=True)
class OneOffEdits:
    """Those that nothing names; `looked_at` is how many scripts were looked at.

    `fragments` are Rust files beside a package's manifest that are no target of it and no module of anything: nothing compiles them.
    """

    all: tuple[OneOffEdit, ...]
    looked_at: int
    fragments: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.looked_at

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        shipped = frozenset(path for path, _ in snapshot.shipped(Source))
        scripts = [
            (path, source)
            for kind in _LANGUAGES
            for path, source in snapshot.files(kind)
            if snapshot.role(path) in _OURS
        ]
        found = [edit for path, source in scripts for edit in _edit(shipped, path, source)]
        loose = tuple(_fragments(snapshot))
        named = named_elsewhere(snapshot, [*(edit.path for edit in found), *loose])
        edits = tuple(edit for edit in found if edit.path not in named)
        return cls(edits, len(scripts) + len(loose), tuple(path for path in loose if path not in named))

    @property
    def paths(self) -> frozenset[str]:
        return frozenset((*(edit.path for edit in self.all), *self.fragments))


def _fragments(snapshot: Snapshot) -> Iterator[str]:
    packages = {
        path.rpartition("/")[0]: manifest
        for path, manifest in snapshot.shipped(CargoManifest)
        if manifest.name
    }
    for path, source in snapshot.shipped(RustSource):
        folder, _, name = path.rpartition("/")
        manifest = packages.get(folder)
        if manifest is None or source.runs_as_main:  # a script of its own says what starts it
            continue
        if name not in ("build.rs", manifest.build, *(target.path for target in manifest.targets)):
            yield path


def _edit(shipped: frozenset[str], path: str, source: Source) -> Iterator[OneOffEdit]:
    calls = [call for call in source.calls if _takes_path(call)]
    written = [call for call in calls if _is_written(call)]
    if not written or not _OUTSIDE.isdisjoint(source.references) or _imports_more(source):
        return
    targets = {call.arguments[0].text: _target(shipped, path, call) for call in written}
    if None in targets.values() or any(call.arguments[0].text not in targets for call in calls):
        return
    named = (string.name for string in source.strings if string.name and not string.formatted)
    texts = frozenset(named) | {function.name for function in source.functions()}
    if any(_is_fixed(call, texts) for call in source.calls):
        yield OneOffEdit(path, written[0].line, tuple(sorted(filter(None, targets.values()))))


def _takes_path(call: Call) -> bool:
    return bool(call.arguments) and any(form.search(call.callee) for form in (_OPENS, _READS, _WRITES))


def _imports_more(source: Source) -> bool:
    return any(word in _OUTSIDE for one in source.imports for word in re.split(r"[./:]", one.module))


def _is_written(call: Call) -> bool:
    if _OPENS.match(call.callee):
        modes = (a.text for a in call.arguments[1:] if a.literal and _MODE.match(a.text))
        return not {"w", "a", "+"}.isdisjoint(next(modes, "r"))
    return _WRITES.search(call.callee) is not None


def _target(shipped: frozenset[str], path: str, call: Call) -> str | None:
    """The source file of the tree that the literal names, from the root or from the script's own folder."""
    first = call.arguments[0]
    if not first.literal:
        return None
    places = (join(folder, first.text) for folder in ("", path.rpartition("/")[0]))
    return next((place for place in places if place in shipped and place != path), None)


def _is_fixed(call: Call, texts: frozenset[str]) -> bool:
    """Whether it replaces text that stands in the script by text that stands in the script, or appends such text."""
    if _REPLACES.search(call.callee) and len(call.arguments) > 1:
        return all(_stands(argument, texts) for argument in call.arguments[:2])
    appended = call.arguments[-1:] if _APPENDS.search(call.callee) else ()
    return any(_stands(argument, texts) for argument in appended)


def _stands(argument: Argument, texts: frozenset[str]) -> bool:
    if argument.literal:
        return True
    return frozenset(_NAME.findall(_QUOTED.sub("", argument.text))) <= texts
