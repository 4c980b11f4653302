"""Fixtures that tests ask for and pytest can't find from where the test stands."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.python_dependencies import PythonDependencies
from checks.derived.python_projects import PythonProjects
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tree_paths import is_hidden, parents
from checks.facts.python_source import PythonSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.snapshot import Snapshot

_FIXTURE = re.compile(r"^(?:[\w.]+\.)?(?:yield_)?fixture\b(?:.*\bname\s*=\s*[\"'](\w+)[\"'])?", re.DOTALL)
_BUILT_IN = frozenset(
    {"cache", "capfd", "capfdbinary", "caplog", "capsys", "capsysbinary", "capteesys", "doctest_namespace", "monkeypatch",
     "pytestconfig", "pytester", "testdir", "record_property", "record_testsuite_property", "record_xml_attribute", "recwarn",
     "request", "subtests", "tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory"}
)  # fmt: skip
# What the plugins that are declared bring along, by distribution.
_PLUGINS = {
    "pytest-mock": ("mocker", "class_mocker", "module_mocker", "package_mocker", "session_mocker"),
    "pytest-asyncio": ("event_loop", "event_loop_policy", "unused_tcp_port", "unused_tcp_port_factory", "unused_udp_port", "unused_udp_port_factory"),
    "pytest-benchmark": ("benchmark", "benchmark_weave"), "pytest-httpx": ("httpx_mock",), "anyio": ("anyio_backend", "anyio_backend_name", "anyio_backend_options", "free_tcp_port", "free_tcp_port_factory"),
    "pytest-cov": ("cov", "no_cover"), "pytest-freezegun": ("freezer",), "pytest-xdist": ("worker_id", "testrun_uid"), "respx": ("respx_mock",),
    "pytest-aiohttp": ("aiohttp_client", "aiohttp_server", "aiohttp_raw_server", "test_client", "test_server", "aiohttp_client_cls", "loop", "proactor_loop"),
    "pytest-flask": ("client", "client_class", "live_server", "config", "accept_json", "accept_mimetype", "accept_any"), "requests-mock": ("requests_mock",),
    "pytest-timeout": (), "pytest-sugar": (), "pytest-randomly": (), "pytest-rerunfailures": (), "pytest-html": (), "pytest-env": (), "pytest-dotenv": (), "pytest-repeat": (),
    "pytest-clarity": (), "pytest-ordering": (), "pytest-order": (), "pytest-watch": (), "pytest-instafail": (), "pytest-forked": (), "pytest-parallel": (), "pytest-profiling": (),
    "pytest-socket": ("socket_disabled", "socket_enabled"), "faker": ("faker",), "pytest-faker": ("faker",), "hypothesis": (), "pytest-mypy": (), "pytest-runner": (),
    "pytest-custom-exit-code": (), "pytest-pretty": (), "pytest-split": (), "pytest-github-actions-annotate-failures": (), "pytest-recording": ("vcr", "vcr_config", "block_network"),
    "pytest-vcr": ("vcr",), "pytest-snapshot": ("snapshot",), "syrupy": ("snapshot",), "pytest-datadir": ("datadir", "shared_datadir"), "pytest-metadata": ("metadata", "json_metadata"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MissingFixture:
    """A fixture that is asked for and not in scope; `test` is the first that asks in its file."""

    path: str
    line: int
    fixture: str
    test: str
    elsewhere: tuple[tuple[str, int], ...]  # where a fixture of that name is defined


@dataclass(frozen=True)
class FixturesInScope:
    """The fixtures that can't be found, one for each file and name."""

    missing: tuple[MissingFixture, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        defined = {path: dict(_defined(source)) for path, source in snapshot.files(PythonSource)}
        return cls(tuple(_missing(snapshot, {path: found for path, found in defined.items() if found})))


def _defined(source: PythonSource) -> Iterator[tuple[str, int]]:
    for definition in source.definitions:
        for decorator in definition.decorators:
            if match := _FIXTURE.match(decorator):
                yield match.group(1) or definition.name.rpartition(".")[2], definition.line


def _missing(snapshot: Snapshot, defined: dict[str, dict[str, int]]) -> Iterator[MissingFixture]:
    graph, known = snapshot.derived(ImportGraph), _plugin_fixtures(snapshot)
    everywhere: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for path, fixtures in sorted(defined.items()):
        for name, line in fixtures.items():
            everywhere[name].append((path, line))
    if known is None or _loads_plugins(snapshot):
        return
    for path, facts in snapshot.files(PythonTests):
        wanted = {name: test for test in reversed(facts.tests) for name in test.wanted if not test.skipped}
        judged = TEST_MODULE.search(path) and role_in(snapshot, path) is Role.TEST and not is_hidden(path)
        if not wanted or not judged or path.endswith("conftest.py"):
            continue
        conftests = [f"{folder}/conftest.py".lstrip("/") for folder in parents(path)]
        scope = [path, *(one for one in conftests if one in snapshot.paths)]
        if any(_makes_fixtures(snapshot, one) for one in scope):
            continue
        files = set(scope).union(*(graph.closure.of([one]) for one in scope))
        found = {name for one in files if one in defined for name in defined[one]}
        for name in sorted(wanted.keys() - found - _BUILT_IN - known):
            test, elsewhere = wanted[name], everywhere.get(name, [])
            yield MissingFixture(path, test.line, name, test.name, tuple(elsewhere[:3]))


def _makes_fixtures(snapshot: Snapshot, path: str) -> bool:
    """Whether a file makes or fills fixtures in a way that its functions don't show, or its imports aren't all known."""
    source = snapshot.get(path, PythonSource)
    if source is None or source.syntax_errors:
        return True
    hooks = {"pytest_generate_tests", "pytest_plugins", "register_fixture"}
    named = {d.name for d in source.definitions} | {b.name for b in source.bindings}
    called = {call.callee.rpartition(".")[2] for call in source.calls}
    made = any(binding.value.endswith(("fixture", "factoryboy.register")) for binding in source.bindings)
    return (
        bool(hooks & (named | called))
        or made
        or "register" in called
        or _imports_strangers(snapshot, path, source)
    )


def _imports_strangers(snapshot: Snapshot, path: str, source: PythonSource) -> bool:
    """Whether fixtures may come by a star import or out of an installed package of tests' helpers."""
    outside = {found.name for found in snapshot.derived(ImportGraph).third_party if found.source == path}
    return any("*" in one.names and one.module.partition(".")[0] in outside for one in source.imports)


def _loads_plugins(snapshot: Snapshot) -> bool:
    """Whether the tree is itself a plugin of pytest, whose fixtures are found by their entry point."""
    return any(
        "pytest11" in point.group
        for project in snapshot.derived(PythonProjects).projects.values()
        for point in project.entry_points
    )


def _plugin_fixtures(snapshot: Snapshot) -> frozenset[str] | None:
    """The fixtures of the plugins that are declared; None where one of them isn't known here."""
    declared = snapshot.derived(PythonDependencies).declared
    names = {one.requirement.name for found in declared.values() for one in found}
    unknown = {name for name in names if "pytest" in name and name not in {*_PLUGINS, "pytest"}}
    frameworks = names & {
        "homeassistant",
        "django",
        "aiohttp",
        "sanic",
        "starlette-testclient",
        "dash",
        "testing",
        "ops",
    }
    if unknown or frameworks or "pytest" not in names:
        return None
    return frozenset(fixture for name in names for fixture in _PLUGINS.get(name, ()))
