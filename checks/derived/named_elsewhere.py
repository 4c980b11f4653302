"""Whether anything of the tree names a file: a pipeline, a configuration, a document, other code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checks.facts.markdown import Markdown
from checks.facts.mentions import Mentions
from checks.facts.source import Source
from checks.snapshot import Snapshot

_WORD = re.compile(r"[\w-]+(?:\.[\w-]+)*")


def named_elsewhere(snapshot: Snapshot, paths: Iterable[str]) -> frozenset[str]:
    """Those of the files that another file names, by their name or, for an import, without its ending."""
    wanted: dict[str, list[str]] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        wanted.setdefault(name, []).append(path)
    if not wanted:
        return frozenset()
    stems = {name.rpartition(".")[0]: name for name in wanted}
    found: set[str] = set()
    for where, name in _names(snapshot):
        known = name if name in wanted else stems.get(name, "")
        found |= {path for path in wanted.get(known, ()) if path != where}
    return frozenset(found)


def _names(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The file that says it and each word that may be a name."""
    for path, mentions in snapshot.files(Mentions):
        yield from ((path, mention.name.rpartition("/")[2]) for mention in mentions.files)
        yield from ((path, part) for one in mentions.modules for part in one.name.split("."))
    for path, markdown in snapshot.files(Markdown):
        texts = (*(one.text for one in markdown.passages), *(one.text for one in markdown.fences))
        yield from ((path, word) for text in texts for word in _WORD.findall(text))
    for path, source in snapshot.files(Source):
        for text in (*(one.value for one in source.strings), *(one.text for one in source.comments)):
            yield from ((path, word) for word in _WORD.findall(text))
        for one in source.imports:
            yield from (
                (path, part) for part in (*re.split(r"[./:]+", one.module), *one.names, one.path or "")
            )
