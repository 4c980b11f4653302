"""Python modules that nothing imports by name: found by Django, Celery, pkgutil or a formatted module name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.derived.resolution.model import Edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.derived.resolution.python import PythonResolver
    from checks.facts.python_source import PythonSource
    from checks.facts.source import Call

_IMPORTS = frozenset({"importlib.import_module", "import_module", "__import__", "importlib.__import__"})
_WALKS = frozenset({"pkgutil.iter_modules", "iter_modules", "pkgutil.walk_packages", "walk_packages"})
_FORMATTED = re.compile(r"""^(?:[fF]["'])?(\.*)([A-Za-z_][\w.]*?)?\.?\{""")
_DJANGO = ("models", "admin", "apps", "signals", "tasks", "urls", "translation", "wagtail_hooks", "receivers", "checks",
           "templatetags", "management", "migrations", "api", "search_indexes", "jinja2", "context_processors")  # fmt: skip


def framework_edges(sources: Mapping[str, PythonSource], resolver: PythonResolver) -> Iterator[Edge]:
    """The edges that frameworks and dynamic imports add."""
    for path, source in sources.items():
        for call in source.calls:
            targets = _found_by(call, path, resolver)
            yield from (Edge(path, target, call.line, by_name=True) for target in targets if target != path)
        if "INSTALLED_APPS" in source.references or source.definition("INSTALLED_APPS"):
            yield from _django(path, source, resolver)


def _found_by(call: Call, path: str, resolver: PythonResolver) -> frozenset[str]:
    name = call.callee.rpartition(".")[2]
    if call.callee in _IMPORTS and call.arguments:
        return _formatted(call, path, resolver)
    if call.callee in _WALKS:
        return _walked(call, path, resolver)
    if name == "autodiscover_tasks":
        root = resolver.projects.root_of(path)
        return frozenset(
            p
            for p in resolver.python.files
            if p.startswith(root) and re.search(r"(?:^|/)tasks(?:\.py|/__init__\.py)$", p)
        )
    if name in ("autodiscover_modules", "find_modules", "load_extension", "load_extensions", "load_plugins"):
        return resolver.python.below(path.rpartition("/")[0]) if path.count("/") else frozenset()
    return frozenset()


def _formatted(call: Call, path: str, resolver: PythonResolver) -> frozenset[str]:
    """import_module(f"pkg.{name}") may import every module of pkg; a name that can't be told, those beside it."""
    argument = call.arguments[0]
    folder = path.rpartition("/")[0]
    if argument.literal:
        return frozenset()
    match = _FORMATTED.match(argument.text)
    if match and match.group(2) and not match.group(1):
        found = resolver.absolute(path, match.group(2))
        return (
            resolver.python.below(found.folder) if found and found.complete and found.folder else frozenset()
        )
    return resolver.python.below(folder) if folder and resolver.python.package(folder) else frozenset()


def _walked(call: Call, path: str, resolver: PythonResolver) -> frozenset[str]:
    """A walk over a package: that package, by name where it is one, else the one it stands in."""
    text = call.arguments[0].text if call.arguments else ""
    if match := re.match(r"^\[?([A-Za-z_][\w.]*)\.__path__", text):
        statement = next(
            (s for s in resolver.sources[path].imports if match.group(1) in (s.alias, s.module, *s.names)),
            None,
        )
        if statement is not None:
            dotted = ".".join(
                filter(None, (statement.module, match.group(1) if match.group(1) in statement.names else ""))
            )
            found = resolver.absolute(path, dotted) if not statement.level else None
            if found and found.complete and found.folder:
                return resolver.python.below(found.folder)
    folder = path.rpartition("/")[0]
    return resolver.python.below(folder) if folder else frozenset()


def _django(path: str, source: PythonSource, resolver: PythonResolver) -> Iterator[Edge]:
    """Settings load their apps' models, admin, commands, template tags, migrations ..."""
    for literal in source.strings:
        if not re.match(r"^[A-Za-z_]\w*(?:\.\w+)*$", literal.value):
            continue
        dotted = re.sub(r"\.apps\.\w+$", "", literal.value)
        found = resolver.absolute(path, dotted)
        if not (found and found.complete and found.folder):
            continue
        for target in resolver.python.below(found.folder):
            inner = target.removeprefix(f"{found.folder}/").partition("/")[0].removesuffix(".py")
            if inner in _DJANGO or inner == "__init__":
                yield Edge(path, target, literal.line, by_name=True)
