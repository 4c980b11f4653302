"""Which Python test files hold tests, what product code each reaches, and how else it may drive the product."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from checks.derived.import_graph import ImportGraph
from checks.derived.python_projects import PythonProjects
from checks.derived.test_folders import TEST_MODULE, role_in
from checks.derived.tests.cluster_tests import ClusterTests
from checks.derived.tree_paths import parents
from checks.facts.python_source import PythonSource
from checks.facts.python_tests import PythonTests
from checks.facts.roles import Role

if TYPE_CHECKING:
    from checks.snapshot import Snapshot

_OUTSIDE = re.compile(
    r"^(?:subprocess|os\.(?:system|popen|exec\w*|spawn\w*)|asyncio\.create_subprocess\w*|requests|httpx|aiohttp|urllib|http\.client|websockets?|socket|grpc|docker|"
    r"CliRunner|runner\.invoke|pexpect|playwright|page|driver|browser|webdriver|open|Path|pathlib|importlib|runpy|exec|eval|__import__|glob|os\.(?:walk|listdir|scandir)|"
    r"testcontainers|psycopg2?|redis|boto3|client|session|app|api)\b"
)
_READS = re.compile(
    r"(?:^|\.)(?:read_text|read_bytes|safe_load|safe_load_all|open|invoke|communicate|check_output|run_command|call_command|load_module|exec_module|get|post|put|delete|patch|goto)$"
)
_KNOWN_FIXTURES = frozenset(
    {"tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory", "monkeypatch", "capsys", "capfd", "caplog", "capsysbinary", "capfdbinary",
     "recwarn", "request", "mocker", "benchmark", "event_loop", "freezer", "faker", "subtests", "anyio_backend", "record_property"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TestModule:
    """A file with tests. `product` says whether its imports, or those of a conftest it takes from, reach shipped code."""

    __test__ = False  # pytest: no test class

    path: str
    facts: PythonTests
    product: bool
    drives_otherwise: bool  # by process, network, browser, files or fixtures of unknown origin


@dataclass(frozen=True)
class TestsReach:
    """Every Python test module that was read."""

    __test__ = False  # pytest: no test class

    modules: tuple[TestModule, ...]

    def __len__(self) -> int:
        return len(self.modules)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        graph = snapshot.derived(ImportGraph)
        product = {
            path
            for path in graph.modules
            if role_in(snapshot, path) is Role.SHIPPED and not path.endswith("_test.go")
        }
        mask = graph.closure.mask(product)
        tests = dict(snapshot.files(PythonTests))
        with_fixtures = graph.closure.mask(path for path, facts in tests.items() if facts.fixtures)
        found = []
        for path, facts in tests.items():
            is_test = role_in(snapshot, path) is Role.TEST and TEST_MODULE.search(path)
            if not is_test or path.endswith("conftest.py") or not facts.tests or _is_material(snapshot, path):
                continue
            conftests = [
                p for folder in parents(path) if (p := f"{folder}/conftest.py".lstrip("/")) in graph.modules
            ]
            own = graph.closure.among([path], with_fixtures)
            fixtures = {name for p in (path, *own, *conftests) if p in tests for name in tests[p].fixtures}
            asked = [p for p in conftests if _takes_from(snapshot, path, p)]
            reaches = graph.closure.meets([path, *asked], mask) or _imports_its_namesake(graph, path)
            found.append(TestModule(path, facts, reaches, _drives(snapshot, path, facts, fixtures)))
        return cls(tuple(found))


def _imports_its_namesake(graph: ImportGraph, path: str) -> bool:
    """Whether it tests a tool that stands beside it: `test_generate.py` imports `generate.py`."""
    name = path.rpartition("/")[2].removeprefix("test_").removesuffix("_test.py")
    return any(edge.target.rpartition("/")[2] in (name, f"{name}.py") for edge in graph.imports.get(path, ()))


def _takes_from(snapshot: Snapshot, path: str, conftest: str) -> bool:
    """Whether a test module asks for a fixture of a conftest, or gets one unasked."""
    tests, shared = snapshot.get(path, PythonSource), snapshot.get(conftest, PythonSource)
    offered = snapshot.get(conftest, PythonTests)
    if tests is None or shared is None or offered is None or not offered.parsed:
        return True  # it can't be told
    if any("autouse" in decorator for found in shared.definitions for decorator in found.decorators):
        return True
    asked = {name for found in tests.definitions for name in found.parameters}
    asked |= {text.value for text in tests.strings}  # usefixtures, getfixturevalue
    return bool(asked & set(offered.fixtures))


def _is_material(snapshot: Snapshot, path: str) -> bool:
    """Whether the test belongs to a project that is itself test material: it has a manifest among the tests, or a cluster runs it."""
    if snapshot.derived(ClusterTests).holds(path):
        return True
    project = snapshot.derived(PythonProjects).project_of(path)
    return project is not None and snapshot.role(project.manifest) not in (Role.SHIPPED, Role.TOOL)


def _drives(snapshot: Snapshot, path: str, facts: PythonTests, fixtures: set[str]) -> bool:
    """Whether the tests may exercise the product without importing it."""
    asked = {name for test in facts.tests for name in test.fixtures}
    calls = {call for test in facts.tests for call in test.calls}
    source = snapshot.get(path, PythonSource)
    calls |= {call.callee for call in source.calls} if source else set()
    parametrised = {
        a.text
        for c in (source.calls if source else ())
        if c.callee.endswith("parametrize")
        for a in c.arguments[:1]
    }
    named = {name.strip() for text in parametrised for name in re.split(r"[,\s()\[\]\"']+", text)}
    unknown = asked - fixtures - _KNOWN_FIXTURES - named
    patched = any("patch" in call for call in calls) and asked - named
    return bool(unknown and not patched) or any(
        _OUTSIDE.search(call) or _READS.search(call) for call in calls
    )
