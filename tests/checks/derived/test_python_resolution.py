"""Where Python's imports lead: search paths, namespaces, frameworks, names that modules may bind."""

from __future__ import annotations

import pytest

from checks.derived.import_graph import ImportGraph
from checks.derived.python_files import PythonFiles
from checks.derived.python_projects import PythonProjects
from checks.derived.wiring.broken_imports import BrokenImports
from tests.checks.trees import Files, snapshot

CODE = "def made():\n    return 1\n"


def targets(files: Files, source: str) -> set[str]:
    return {edge.target for edge in snapshot(files).derived(ImportGraph).edges if edge.source == source}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("import sys\nsys.path.append('libs')\nimport made\n", {"libs/made.py"}, id="a literal folder"),
        pytest.param("import os, sys\nsys.path.append(os.path.join(os.getcwd(), 'libs'))\nimport made\n", {"libs/made.py"}, id="the working folder"),
        pytest.param("import os, sys\nsys.path.append(os.path.join(os.getcwd(), '../libs'))\nimport made\n", set(), id="the working folder's parent"),
        pytest.param("import sys\nA = 'x'\nB = A\nC = B\nD = C\nE = D\nF = E\nsys.path.append(F)\nimport made\n", set(), id="names that lead nowhere"),
        pytest.param("import sys\nA = __file__\nB = A\nC = B\nD = C\nE = D\nF = E\nsys.path.append(F)\nimport made\n", set(), id="a name too far off"),
        pytest.param("import sys\nfrom pathlib import Path\nsys.path.append(Path(__file__).parent.parent.parent / 'libs')\nimport made\n", set(), id="above the tree"),
        pytest.param("import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), '..', 'libs'))\nimport made\n", set(), id="beside the tree"),
        pytest.param("import sys\nsys.path.append('../libs')\nimport made\n", set(), id="a literal outside the tree"),
    ],
)  # fmt: skip
def test_folders_put_on_the_search_path(lines: str, expected: set[str]) -> None:
    assert targets({"run.py": lines, "libs/made.py": CODE}, "run.py") == expected


def test_a_conftest_edits_the_path_of_its_folder() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop"\n',
        "tests/conftest.py": "import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), 'kit'))\n",
        "tests/kit/made.py": CODE,
        "tests/deep/test_it.py": "from made import made\n\n\ndef test_it():\n    assert made()\n",
    }
    assert targets(files, "tests/deep/test_it.py") == {"tests/kit/made.py"}


SIBLING = {
    "one/pyproject.toml": '[project]\nname = "one"\ndependencies = ["two"]\n',
    "two/pyproject.toml": '[project]\nname = "two"\n',
    "two/two/__init__.py": "",
    "two/two/made.py": CODE,
}


def test_a_sibling_project_is_found_by_its_name() -> None:
    files = {**SIBLING, "one/app.py": "from two.made import made\nfrom __future__ import annotations\n"}
    assert targets(files, "one/app.py") == {"two/two/__init__.py", "two/two/made.py"}


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        pytest.param('[project]\nname = "one"\ndependencies = ["two"]\n', {"two.gone"}, id="declared"),
        pytest.param('[project]\nname = "one"\n', set(), id="may be another distribution of that name"),
    ],
)
def test_what_a_sibling_project_lacks(manifest: str, expected: set[str]) -> None:
    files = {**SIBLING, "one/pyproject.toml": manifest, "one/app.py": "import two.gone\n"}
    assert {m.missing for m in snapshot(files).derived(ImportGraph).missing} == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("from shop import data\n", set(), id="a folder of a folder, neither a package"),
        pytest.param("from shop import gone\nfrom shop.data import made\n", {"shop.gone"}, id="a name in a folder"),
        pytest.param("from fast import anything\n", set(), id="an extension module may offer anything"),
    ],
)  # fmt: skip
def test_namespace_packages(line: str, expected: set[str]) -> None:
    files: Files = {
        "main.py": line,
        "shop/data/made.py": CODE,
        "fast.cpython-311-x86_64-linux-gnu.so": b"\x7fELF\x00",
    }
    found = snapshot(files).derived(BrokenImports).broken
    assert {broken.missing for broken in found} == expected


@pytest.mark.parametrize(
    ("text", "name", "bound"),
    [
        pytest.param("one, two = 1, 2\n", "two", True, id="unpacked"),
        pytest.param("", "__file__", True, id="Python's own"),
        pytest.param("def f(:\n", "gone", True, id="a file that is no Python"),
        pytest.param("globals().update(load())\n", "gone", True, id="made at run time"),
        pytest.param("first = second = make()\n", "second", True, id="the second of two"),
        pytest.param("register('gone')\n", "gone", True, id="named by a string"),
        pytest.param("from json import loads\n", "loads", True, id="imported"),
        pytest.param("import json\nfrom json import loads\n", "gone", False, id="imports of others"),
    ],
)
def test_what_a_module_binds(text: str, name: str, *, bound: bool) -> None:
    files = {"shop/__init__.py": "", "shop/it.py": text, "main.py": f"from shop.it import {name}\n"}
    missing = {broken.missing for broken in snapshot(files).derived(BrokenImports).broken}
    assert missing == (set() if bound else {f"shop.it.{name}"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("app.autodiscover_tasks()\n", {"jobs/tasks.py"}, id="Celery's tasks"),
        pytest.param("bot.load_extensions('x')\n", {"shop/part.py", "shop/__init__.py"}, id="extensions beside it"),
        pytest.param("import importlib\nimportlib.import_module('json')\n", set(), id="a library by name"),
        pytest.param("import importlib\nimportlib.import_module(name)\n", {"shop/part.py", "shop/__init__.py"}, id="any name"),
        pytest.param("import importlib\nimportlib.import_module(f'gone.{name}')\n", set(), id="of a package that isn't there"),
        pytest.param("import pkgutil\npkgutil.iter_modules(paths)\n", {"shop/part.py", "shop/__init__.py"}, id="a walk over some folder"),
        pytest.param("import pkgutil, jobs\npkgutil.iter_modules(jobs.__path__)\n", {"jobs/tasks.py", "jobs/__init__.py"}, id="a walk over a package"),
        pytest.param("import pkgutil\nfrom . import part\npkgutil.iter_modules(part.__path__)\n", {"shop/part.py", "shop/__init__.py"}, id="a walk over a relative package"),
        pytest.param("import pkgutil\npkgutil.iter_modules(other.__path__)\n", {"shop/part.py", "shop/__init__.py"}, id="a walk over something unknown"),
        pytest.param("INSTALLED_APPS = ['jobs', 'not a module', 'django.contrib.admin']\n", {"jobs/tasks.py", "jobs/__init__.py"}, id="Django's apps"),
        pytest.param("patch('jobs.tasks.run')\npatch('jobs.gone.run.now')\n", {"jobs/tasks.py", "jobs/__init__.py"}, id="a dotted string"),
    ],
)  # fmt: skip
def test_modules_found_by_frameworks(text: str, expected: set[str]) -> None:
    files = {
        "jobs/__init__.py": "",
        "jobs/tasks.py": CODE,
        "shop/__init__.py": "",
        "shop/part.py": CODE,
        "shop/start.py": text,
    }
    assert targets(files, "shop/start.py") == expected


def test_a_start_in_no_folder_finds_nothing_by_itself() -> None:
    files = {
        "start.py": "import pkgutil\npkgutil.iter_modules(paths)\nbot.load_extensions()\n",
        "part.py": CODE,
    }
    assert targets(files, "start.py") == set()


def test_stubs_are_no_modules_of_their_own() -> None:
    files = {"shop/it.pyi": "import gone\n", "main.py": "import json\n"}
    made = snapshot(files)
    assert made.derived(PythonFiles).opaque == {"shop/it"}
    assert not made.derived(ImportGraph).third_party


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"setup.py": "from setuptools import setup\nsetup(name='shop', packages=['core'], py_modules=['one'])\n"}, ("core", "one.py"), id="declared"),
        pytest.param({"setup.py": "from setuptools import setup\nsetup(name='shop', packages=['../core', 'gone'])\n"}, ("core",), id="declared, not there"),
        pytest.param({"pyproject.toml": '[project]\nname = "shop"\n', "src/other/__init__.py": ""}, ("src/other",), id="in the source folder"),
        pytest.param({"pyproject.toml": '[project]\nname = "shop"\n', "setup.py": "from setuptools import setup\nsetup(name='old')\n"}, ("core",), id="both manifests"),
    ],
)  # fmt: skip
def test_what_a_project_installs(files: Files, expected: tuple[str, ...]) -> None:
    made = snapshot({**files, "core/__init__.py": "", "one.py": CODE})
    assert made.derived(PythonProjects).projects[""].packages == expected


def test_settings_alone_are_no_project() -> None:
    made = snapshot({"pyproject.toml": "[tool.ruff]\nline-length = 99\n", "one.py": CODE})
    assert len(made.derived(PythonProjects)) == 0
