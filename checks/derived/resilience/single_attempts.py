"""Calls to other services in files that know nothing of retries, and neither do those they share code with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.derived.import_graph import ImportGraph
from checks.derived.safeguards import RETRY
from checks.derived.service_code import ServiceCode
from checks.derived.service_routes import outbound_calls
from checks.facts.source import Source
from checks.model import Evidence

_ASKS_AGAIN = re.compile(r"health[-_]?check", re.IGNORECASE)  # whoever starts it does so until it succeeds


def single_attempts(service: ServiceCode, graph: ImportGraph) -> Iterator[Evidence]:
    """The first call of each such file. A client may be made here and used, with retries, by what imports this file
    or is imported by it.
    """
    retrying = {path for path, source in service.sources if _retries(source)}
    seen: set[str] = set()
    for call in outbound_calls(service):
        if call.path is not None and call.path not in seen and not _ASKS_AGAIN.search(call.path):
            seen.add(call.path)
            if not retrying & {call.path, *_neighbours(call.path, graph)}:
                yield call


def _neighbours(path: str, graph: ImportGraph) -> Iterator[str]:
    yield from (edge.target for edge in graph.imports.get(path, ()) if not edge.in_passing)
    yield from (edge.source for edge in graph.imported_by.get(path, ()) if not edge.in_passing)


def _retries(source: Source) -> bool:
    names = (
        *(call.callee for call in source.calls),
        *(one.name for one in source.definitions),
        *source.references,
    )
    if any(RETRY.names.search(name) for name in names):
        return True
    decorators = (decorator for one in source.definitions for decorator in one.decorators)
    modules = (found.module for found in source.imports)
    texts = (literal.value for literal in source.strings)
    return (
        any(RETRY.names.search(decorator) for decorator in decorators)
        or any(RETRY.names.search(module) or module in RETRY.modules for module in modules)
        or any(RETRY.texts.search(text) for text in texts)
    )
