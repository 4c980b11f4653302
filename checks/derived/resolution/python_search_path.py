"""sys.path as a program edits it, told from the text of the expression: nothing is run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.tree_paths import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.facts.source import Source

_EDITS = frozenset(
    {"sys.path.insert", "sys.path.append", "path.insert", "path.append", "site.addsitedir", "sys.path.extend"}
)
_LITERALS = re.compile(r"""["']([^"'\n]*)["']""")
_PARENTS = re.compile(r"\.parents\[(\d+)\]")


def search_path_edits(path: str, source: Source) -> Iterator[str]:
    """The folders of the tree that a file puts on sys.path, in order."""
    for call in source.calls:
        if call.callee in _EDITS and call.arguments:
            argument = call.arguments[-1]
            yield from folders_of(argument.text, path, source, literal=argument.literal)


def folders_of(
    text: str, path: str, source: Source, *, literal: bool = False, depth: int = 0
) -> Iterator[str]:
    """The folders an expression may mean: by __file__, by the working folder, by a name bound above."""
    folder = path.rpartition("/")[0]
    if literal:
        yield from filter(None, (join(folder, text),))
        return
    if "__file__" in text:
        yield from _by_file(text, path)
    elif "cwd()" in text or "abspath(" in text:
        yield from filter(
            lambda found: found is not None, (join(folder, part) for part in _LITERALS.findall(text))
        )
    elif depth < 4:  # a name bound by a name bound by ...
        yield from _by_name(text, path, source, depth)


def _by_file(text: str, path: str) -> Iterator[str]:
    """Start at the file, go up once for each parent or dirname, then down the literal parts."""
    ups = text.count("dirname(") + len(re.findall(r"\.parent\b", text))
    ups += sum(int(number) + 1 for number in _PARENTS.findall(text))
    found: str | None = path
    for _ in range(ups):
        if not found:
            return
        found = found.rpartition("/")[0]
    for part in _LITERALS.findall(text.partition("__file__")[2]):
        found = join(found, part) if found is not None else None
    if found is not None:
        yield found


def _by_name(text: str, path: str, source: Source, depth: int) -> Iterator[str]:
    for name in re.findall(r"\b[A-Za-z_]\w*\b", text):
        for binding in source.bindings:
            if binding.name != name or binding.value == name:
                continue
            called = next(
                (c for c in source.calls if c.line == binding.line and c.callee == binding.value), None
            )
            value = (
                f"{binding.value}({', '.join(a.text for a in called.arguments)})" if called else binding.value
            )
            suffix = text[text.index(name) + len(name) :]
            yield from folders_of(value + suffix, path, source, depth=depth + 1)
