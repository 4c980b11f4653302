"""Django's modules of URL patterns, and whether a URL configuration includes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.import_graph import ImportGraph
from checks.derived.references import is_test_code
from checks.derived.wiring.python_routers import UnmountedRouter
from checks.facts.python_source import PythonSource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_ROOT_SETTING = "ROOT_URLCONF"
_MODULE = re.compile(r"^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$")


def django_urls(snapshot: Snapshot) -> Iterator[tuple[str, UnmountedRouter | None]]:
    """Each file with `urlpatterns`, with itself where nothing includes it. None without a project's settings."""
    sources = {
        path: source for path, source in snapshot.files(PythonSource) if not is_test_code(snapshot, path)
    }
    texts = [text for source in sources.values() for text in source.strings]
    if not any(text.name == _ROOT_SETTING for text in texts):
        return
    if any(text.formatted and text.value.endswith("urls") for text in texts):
        return  # included by a name that is put together
    named = {text.value for text in texts if _MODULE.match(text.value)}
    imported = snapshot.derived(ImportGraph).imported_by
    for path, source in snapshot.shipped(PythonSource):
        line = next((d.line for d in source.definitions if d.name == "urlpatterns"), None)
        if line is None or path not in sources:
            continue
        users = {edge.source for edge in imported.get(path, ())} & sources.keys()
        mounted = bool(users) or any(name in named for name in _names(path))
        yield path, None if mounted else UnmountedRouter(path, line, "urlpatterns", None)


def _names(path: str) -> Iterator[str]:
    """The dotted names that the module may go by, from any folder above it."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    for start in range(len(parts)):
        yield ".".join(parts[start:])
