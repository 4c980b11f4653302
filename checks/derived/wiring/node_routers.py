"""Routers of Node services that nothing mounts: Express, Koa, Hono, Fastify's plugins, Nest's controllers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.derived.node_packages import NodePackages
from checks.derived.reachability import Reachability
from checks.derived.references import References, is_test_code
from checks.derived.resolution.ecmascript import ecmascript_sources
from checks.derived.wiring.python_routers import UnmountedRouter
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.facts.source import Source
    from checks.snapshot import Snapshot

Found = tuple[str, "UnmountedRouter | None"]

_WORD = re.compile(r"(?<![\w.$])[A-Za-z_$][\w$]*")
_ANY_CALL = re.compile(r"")
# What is started or exported as a whole: it mounts others and is mounted by nothing.
_ROOT = re.compile(
    r"(?:^|/)(?:\[.*|_?(?:index|app|main|server|worker|entry|api|bootstrap|hono|route)[\w.-]*)\.[cm]?[jt]sx?$"
)
_FASTIFY_APP = re.compile(r"^(?:\w+\.)?[Ff]astify$")
_FASTIFY_TYPE = re.compile(r"\bFastifyInstance\b")
_VERB = re.compile(r"\.(?:get|post|put|patch|delete|route|all)$")


@dataclass(frozen=True, slots=True)
class _Framework:
    """A framework of routers: the modules it comes in, what makes a router, whether one may be the whole application."""

    modules: frozenset[str]
    maker: re.Pattern[str]
    mounts: re.Pattern[str]  # the calls of files that mount what they import
    is_application: bool = False


_FRAMEWORKS = (
    _Framework(
        frozenset({"express"}),
        re.compile(r"^(?:express\.)?Router$"),
        re.compile(r"\.(?:use|route|register|all|mount)$"),
    ),
    _Framework(frozenset({"koa-router", "@koa/router"}), re.compile(r"^(?:Koa)?Router$"), _ANY_CALL),
    _Framework(
        frozenset({"hono", "@hono/zod-openapi"}),
        re.compile(r"^(?:new )?(?:OpenAPI)?Hono\b"),
        re.compile(r"\.(?:route|mount)$"),
        is_application=True,
    ),
)


def ecmascript_routers(snapshot: Snapshot) -> Iterator[Found]:
    """Each router, plugin and controller, with itself where nothing mounts it."""
    sources = {
        path: source
        for path, source in ecmascript_sources(snapshot).items()
        if snapshot.role(path) is Role.SHIPPED and not is_test_code(snapshot, path)
    }
    for framework in _FRAMEWORKS:
        yield from _routers(snapshot, sources, framework)
    yield from _fastify(snapshot, sources)
    yield from _nest(snapshot, sources)


def _routers(snapshot: Snapshot, sources: Mapping[str, Source], framework: _Framework) -> Iterator[Found]:
    packages = snapshot.derived(NodePackages)
    mounting = _calling(sources, framework.mounts)
    for path, source in sources.items():
        folder = packages.folder_of(path)
        if folder is None or packages.packages[folder].is_published:
            continue
        if not any(statement.module in framework.modules for statement in source.imports):
            continue
        if framework.is_application and (_ROOT.search(path) or not mounting - {path}):
            continue  # one that mounts others shows how it is done here
        given = _given(source)
        for binding in source.bindings:
            if binding.inside is None and framework.maker.match(binding.value):
                mounted = _is_mounted(snapshot, path, binding.name in given, mounting)
                yield path, None if mounted else UnmountedRouter(path, binding.line, binding.name, None)


def _calling(sources: Mapping[str, Source], callee: re.Pattern[str]) -> set[str]:
    return {path for path, source in sources.items() if any(callee.search(c.callee) for c in source.calls)}


def _given(source: Source) -> set[str]:
    """The names that calls of a file are given."""
    texts = (a.text for call in source.calls for a in call.arguments if not a.literal)
    return {word for text in texts for word in _WORD.findall(text)}


def _is_mounted(snapshot: Snapshot, path: str, given: bool, mounting: set[str]) -> bool:
    """Whether a call of the same file is given the router, or a file that mounts others comes to this one."""
    return given or bool((snapshot.derived(Reachability).graph.reaching(path) - {path}) & mounting)


def _fastify(snapshot: Snapshot, sources: Mapping[str, Source]) -> Iterator[Found]:
    """Functions that add routes to the instance that they are given."""
    modules = {statement.module for source in sources.values() for statement in source.imports}
    if "fastify" not in modules or "@fastify/autoload" in modules or not _calling(sources, _FASTIFY_APP):
        return
    references, others = snapshot.derived(References), _calling(sources, _ANY_CALL)
    for path, source in sources.items():
        adding = {(c.inside, c.callee.rpartition(".")[0]) for c in source.calls if _VERB.search(c.callee)}
        given = _given(source) if adding else set()
        for definition in source.definitions:
            instance = definition.parameters[0] if definition.parameters else ""
            typed = instance == "fastify" or _FASTIFY_TYPE.search("".join(definition.parameter_types[:1]))
            if definition.inside or not typed or (definition.name, instance) not in adding:
                continue
            used = definition.name in references.users or definition.name in given
            mounted = _is_mounted(snapshot, path, used, others)
            yield path, None if mounted else UnmountedRouter(path, definition.line, definition.name, None)


def _nest(snapshot: Snapshot, sources: Mapping[str, Source]) -> Iterator[Found]:
    references = snapshot.derived(References)
    decorated = [
        (path, definition, decorator)
        for path, source in sources.items()
        for definition in source.definitions
        for decorator in definition.decorators
    ]
    if not any(decorator.startswith("Module(") for _, _, decorator in decorated):
        return
    for path, definition, decorator in decorated:
        if decorator.startswith("Controller("):
            used = set(references.users.get(definition.name, ())) - {path}
            yield path, None if used else UnmountedRouter(path, definition.line, definition.name, None)
