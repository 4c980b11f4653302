"""Where imports lead: names that are bound in any way, frameworks that load by name, paths that programs edit, aliases."""

from __future__ import annotations

import pytest

from checks.derived.import_graph import ImportGraph
from checks.derived.resolution.python_names import binds
from checks.derived.resolution.python_search_path import search_path_edits
from checks.facts.python_source import PythonSource
from tests.checks.trees import snapshot


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("def other():\n    pass\n", False),
        ("def thing():\n    pass\n", True),
        ("thing = make()\n", True),
        ("thing = 1\n", True),
        ("from a import thing\n", True),
        ("import thing.part\n", True),
        ("import a as thing\n", True),
        ("from a import *\n", True),
        ("from a import other\n", False),
        ("globals().update(made())\n", True),
        ("def __getattr__(name):\n    return make(name)\n", True),
        ("NAMES = ['thing']\n", True),
        ("print(thing)\n", True),
        ("def broken(:\n", True),
    ],
)
def test_whether_a_module_may_bind_a_name(text: str, bound: bool) -> None:
    assert binds(PythonSource.extract(text), "thing") is bound


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ('sys.path.append("../lib")', ["app/lib"]),
        ('sys.path.append("../../../lib")', []),
        ('sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))', ["app/jobs/lib"]),
        ("sys.path.insert(0, str(Path(__file__).resolve().parent.parent))", ["app"]),
        ("sys.path.insert(0, str(Path(__file__).parents[1] / 'lib'))", ["app/lib"]),
        ("sys.path.insert(0, str(Path(__file__).parents[7]))", []),
        ('sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../lib"))', []),
        ('sys.path.append(os.path.abspath("lib"))', ["app/jobs/lib"]),
        ('sys.path.append(str(Path.cwd() / "lib"))', ["app/jobs/lib"]),
        ("ROOT = Path(__file__).parent\nsys.path.append(str(ROOT))", ["app/jobs"]),
        ("A = B\nB = A\nsys.path.append(A)", []),
        ("sys.path.append(given)", []),
        ("sys.path.append()", []),
        ("other.append('lib')", []),
    ],
)
def test_folders_that_a_program_searches(edit: str, expected: list[str]) -> None:
    source = PythonSource.extract(f"import os\nimport sys\nfrom pathlib import Path\n\n{edit}\n")
    assert list(search_path_edits("app/jobs/run.py", source)) == expected


PACKAGE = {
    "shop/__init__.py": "",
    "shop/plugins/__init__.py": "",
    "shop/plugins/one.py": "X = 1\n",
    "shop/plugins/two.py": "X = 1\n",
}
PLUGINS = ["shop/plugins/__init__.py", "shop/plugins/one.py", "shop/plugins/two.py"]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("run.py", 'import importlib\n\nimportlib.import_module(f"shop.plugins.{name}")\n', PLUGINS, id="a name that is put together"),
        pytest.param("run.py", 'import importlib\n\nimportlib.import_module(f"gone.{name}")\n', [], id="of a package that is not here"),
        pytest.param("run.py", "import importlib\n\nimportlib.import_module(name)\n", [], id="a name that can't be told"),
        pytest.param("shop/plugins/load.py", "import importlib\n\nimportlib.import_module(name)\n", PLUGINS, id="a name beside it"),
        pytest.param("run.py", "import pkgutil\nfrom shop import plugins\n\nfor m in pkgutil.iter_modules(plugins.__path__):\n    load(m)\n", PLUGINS, id="a walk over a package"),
        pytest.param("shop/plugins/load.py", "import pkgutil\n\nfor m in pkgutil.iter_modules(__path__):\n    load(m)\n", PLUGINS, id="a walk over one's own"),
        pytest.param("run.py", "import pkgutil\nimport gone\n\nfor m in pkgutil.iter_modules(gone.__path__):\n    load(m)\n", [], id="a walk over another's"),
        pytest.param("shop/plugins/load.py", "find_modules('x')\n", PLUGINS, id="plugins beside it"),
        pytest.param("run.py", "find_modules('x')\n", [], id="plugins of the root"),
    ],
)  # fmt: skip
def test_modules_that_are_loaded_by_name(path: str, text: str, expected: list[str]) -> None:
    edges = snapshot({**PACKAGE, path: text}).derived(ImportGraph).edges
    assert sorted({e.target for e in edges if e.source == path and e.by_name}) == expected


def test_frameworks_load_what_is_named_for_them() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/celery.py": "app.autodiscover_tasks()\n",
        "shop/tasks.py": "X = 1\n",
        "shop/settings.py": 'INSTALLED_APPS = ["shop.basket.apps.BasketConfig", "no app", "gone.app"]\n',
        "shop/basket/__init__.py": "",
        "shop/basket/models.py": "X = 1\n",
        "shop/basket/other.py": "X = 1\n",
    }
    edges = snapshot(files).derived(ImportGraph).edges
    loaded = {(e.source, e.target) for e in edges if e.by_name}
    assert ("shop/celery.py", "shop/tasks.py") in loaded
    assert ("shop/settings.py", "shop/basket/models.py") in loaded
    assert ("shop/settings.py", "shop/basket/other.py") not in loaded


@pytest.mark.parametrize(
    ("specifier", "config", "expected"),
    [
        pytest.param("./one", "", ["web/src/one.ts"], id="beside it"),
        pytest.param("./one.js", "", ["web/src/one.ts"], id="by the name it will have"),
        pytest.param("./part", "", ["web/src/part/index.ts"], id="a folder"),
        pytest.param("@/one", "", ["web/src/one.ts"], id="the usual alias"),
        pytest.param("#lib/one", '{"compilerOptions": {"paths": {"#lib/*": ["./src/*"]}}}', ["web/src/one.ts"], id="an alias"),
        pytest.param("#exact", '{"compilerOptions": {"paths": {"#exact": ["./src/one.ts"]}}}', ["web/src/one.ts"], id="an alias of one file"),
        pytest.param("#exactly", '{"compilerOptions": {"paths": {"#exact": ["./src/one.ts"]}}}', [], id="an alias's longer name"),
        pytest.param("#lib/gone", '{"compilerOptions": {"paths": {"#lib/*": ["./src/*", "../../../x/*"]}}}', [], id="an alias that leads nowhere"),
        pytest.param("src/one", '{"compilerOptions": {"baseUrl": "."}}', ["web/src/one.ts"], id="from the base"),
        pytest.param("#far/one", '{"extends": "./base.json"}', ["web/src/one.ts"], id="an alias of the extended configuration"),
        pytest.param("kit", "", ["kit/src/index.ts"], id="a package of this tree"),
        pytest.param("kit/more", "", ["kit/src/more.ts"], id="a path in a package of this tree"),
        pytest.param("../../../../x", "", [], id="out of the tree"),
        pytest.param("node:fs", "", [], id="Node's own"),
        pytest.param("react", "", [], id="another's"),
    ],
)  # fmt: skip
def test_imports_of_scripts(specifier: str, config: str, expected: list[str]) -> None:
    files = {
        "web/package.json": '{"name": "web"}',
        "web/tsconfig.json": config or "{}",
        "web/tsconfig.base.json": "{}",
        "web/base.json": "{}",
        "web/src/main.ts": f'import x from "{specifier}";\n',
        "web/src/one.ts": "export default 1;\n",
        "web/src/part/index.ts": "export default 1;\n",
        "kit/package.json": '{"name": "kit"}',
        "kit/src/index.ts": "export default 1;\n",
        "kit/src/more.ts": "export default 1;\n",
    }
    if "extends" in config:
        files["web/tsconfig.json"] = config.replace("base.json", "tsconfig.base.json")
        files["web/tsconfig.base.json"] = '{"compilerOptions": {"paths": {"#far/*": ["./src/*"]}}}'
    edges = snapshot(files).derived(ImportGraph).edges
    assert [e.target for e in edges if e.source == "web/src/main.ts"] == expected


@pytest.mark.parametrize(
    ("specifier", "found"),
    [
        ("@shop/core", ["core/src/index.ts"]),
        ("@shop/core/dist", ["core/src/index.ts"]),
        ("@shop/core/dist/db", ["core/src/db.ts"]),
        ("@shop/core/other/db", []),
    ],
)
def test_a_build_output_means_what_it_is_built_from(specifier: str, found: list[str]) -> None:
    files = {
        "core/package.json": '{"name": "@shop/core", "main": "./src/index.ts"}',
        "core/src/index.ts": "export const a = 1;\n",
        "core/src/db.ts": "export const b = 1;\n",
        "api/package.json": '{"name": "@shop/api"}',
        "api/src/main.ts": f'import {{ a }} from "{specifier}";\n',
    }
    graph = snapshot(files).derived(ImportGraph)
    assert sorted(graph.reached_from({"api/src/main.ts"}) - {"api/src/main.ts"}) == found
