"""Declared and imported, named and missing: joins over manifests, images and sources on small trees."""

from __future__ import annotations

from checks.derived.deployments import Deployments
from checks.derived.entry_point import Rank
from checks.derived.import_graph import ImportGraph
from checks.derived.python_dependencies import PythonDependencies, Standing
from checks.derived.python_projects import PythonProjects
from checks.derived.reachability import Reachability
from checks.derived.wiring.broken_imports import BrokenImports
from checks.derived.wiring.config_references import ConfigReferences
from checks.registry import all_checks
from tests.checks.trees import Files, report, snapshot


def standings(files: Files) -> dict[str, Standing]:
    known = snapshot(files).derived(PythonDependencies)
    return {found.name: known.standing(found)[0] for found in known.imports}


def broken(files: Files) -> set[tuple[str, str]]:
    return {(found.source, found.missing) for found in snapshot(files).derived(BrokenImports).broken}


def test_standing_of_imports() -> None:
    found = standings(
        {
            "one/requirements.txt": "-r requirements/base.txt\nfastapi\n",
            "one/requirements/base.txt": "pyyaml\n",
            "one/requirements-dev.txt": "redis\n",
            "one/app.py": "import fastapi\nimport redis\nimport stripe\nimport yaml\nimport sqlalchemy\nimport starlette\n",
            "two/pyproject.toml": '[project]\nname = "two"\ndependencies = ["stripe"]\n',
        }
    )
    assert found == {
        "fastapi": Standing.DECLARED,
        "starlette": Standing.DECLARED,
        "redis": Standing.DEVELOPMENT,
        "stripe": Standing.ELSEWHERE,
        "sqlalchemy": Standing.UNDECLARED,
        "yaml": Standing.DECLARED,
    }


def test_what_can_not_be_told_is_no_gap() -> None:
    assert standings({"app.py": "import fastapi\n"}) == {"fastapi": Standing.UNKNOWN}
    computed = {
        "setup.py": "from setuptools import setup\nsetup(name='a', install_requires=read())\n",
        "a.py": "import fastapi\n",
    }
    assert set(standings(computed).values()) == {Standing.UNKNOWN}
    unread = {
        "requirements.txt": "-r more/base.txt\n",
        "more/base.txt": "fastapi\n",
        "app.py": "import fastapi\n",
    }
    assert standings(unread) == {"fastapi": Standing.UNKNOWN}
    private = {"requirements.txt": "acme-internal\n", "app.py": "import somename\n"}
    assert standings(private)["somename"] is Standing.UNKNOWN


def test_a_local_project_brings_what_it_needs() -> None:
    found = standings(
        {
            "web/pyproject.toml": '[project]\nname = "web"\ndependencies = ["shared"]\n',
            "web/web.py": "import shared\nimport stripe\n",
            "shared/pyproject.toml": '[project]\nname = "shared"\ndependencies = ["stripe"]\n',
            "shared/shared/__init__.py": "",
        }
    )
    assert found == {"stripe": Standing.DECLARED}


def test_hyphenated_folder_and_missing_names() -> None:
    files = {
        "api-gateway/main.py": "def app():\n    return 1\n",
        "api-gateway/tests/test_main.py": "from api_gateway.main import app\n\n\ndef test_app():\n    assert app\n",
        "shop/__init__.py": "from .models import *\n",
        "shop/models.py": "class Order:\n    pass\n",
        "shop/lazy.py": "def __getattr__(name):\n    return name\n",
        "shop/web.py": (
            "from shop import Order, models\nfrom shop.lazy import anything\nfrom shop.models import Order, Gone\n"
            "from ... import beyond\nfrom .nothing import here\n"
        ),
    }
    assert broken(files) == {
        ("api-gateway/tests/test_main.py", "api_gateway.main"),
        ("shop/web.py", "shop.models.Gone"),
        ("shop/web.py", "..."),
        ("shop/web.py", "nothing"),
    }


def test_a_folder_may_share_a_third_partys_name() -> None:
    files = {
        "requirements.txt": "mcp\nredis\n",
        "mcp/tools.py": "def tool():\n    return 1\n",
        "server.py": "from mcp.server import Server\nimport redis\n\ntry:\n    import ujson\nexcept ImportError:\n    ujson = None\n",
        "later.py": "import ujson\n",
    }
    made = snapshot(files)
    assert not made.derived(ImportGraph).missing
    assert {found.name for found in made.derived(ImportGraph).third_party} == {"mcp", "redis", "ujson"}
    ours = files | {"other.py": "from mcp.tools import tool\n"}
    assert ("server.py", "mcp.server") in broken(ours)


def test_generated_and_replaced_modules_are_no_gap() -> None:
    files = {
        "app/__init__.py": "",
        "app/packages.py": "import sys\n\nsys.modules['app.packages.http'] = sys\n",
        "app/main.py": "from app._version import version\nfrom app import order_pb2\nfrom app.packages.http import get\n",
        "app/fast.pyx": "",
        "app/use.py": "from app.fast import run\n",
    }
    assert broken(files) == set()


def test_pytest_paths_and_source_folders() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop"\n[tool.setuptools.packages.find]\nwhere = ["code"]\n[tool.pytest.ini_options]\npythonpath = ["extra"]\n',
        "code/shop/__init__.py": "",
        "code/shop/core.py": "def core():\n    return 1\n",
        "extra/helper.py": "def helper():\n    return 1\n",
        "tests/test_core.py": "from helper import helper\nfrom shop.core import core\n\n\ndef test_core():\n    assert core() == helper()\n",
    }
    made = snapshot(files)
    targets = {edge.target for edge in made.derived(ImportGraph).edges if edge.source == "tests/test_core.py"}
    assert targets == {"extra/helper.py", "code/shop/__init__.py", "code/shop/core.py"}
    projects = made.derived(PythonProjects)
    assert projects.projects[""].packages == ("code/shop",)
    assert len(projects) == 1


def test_what_deploys_an_image() -> None:
    image = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nENV PYTHONPATH=/app/lib\nCMD python -m jobs\n"
    files = {
        "Dockerfile": image,
        "lib/jobs/__init__.py": "",
        "lib/jobs/__main__.py": "print(1)\n",
        "web/Dockerfile": 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["npm", "start"]\n',
        "web/package.json": '{"name": "web", "private": true, "scripts": {"start": "node dist/main.js"}}',
        "web/src/main.ts": "export function run() { return 1 }\n",
        "fly.toml": 'app = "x"\n',
        ".github/workflows/push.yml": (
            "on: push\njobs:\n  push:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: docker/build-push-action@v6\n"
            "        with:\n          context: web\n          push: true\n"
        ),
    }
    made = snapshot(files)
    assert made.derived(Deployments).by_dockerfile == {
        "Dockerfile": ("fly.toml", None),
        "web/Dockerfile": (".github/workflows/push.yml", 6),
    }
    reach = made.derived(Reachability)
    assert reach.rank("lib/jobs/__main__.py") is Rank.DEPLOYED
    assert reach.rank("web/src/main.ts") is Rank.DEPLOYED


def test_a_mounted_folder_is_where_a_compose_command_runs() -> None:
    files = {
        "compose.yaml": "services:\n  job:\n    image: python:3.12\n    command: python job.py\n    volumes:\n      - ./jobs:/app\n",
        "jobs/job.py": "print(1)\n",
    }
    assert snapshot(files).derived(Reachability).rank("jobs/job.py") is Rank.DEPLOYED


def test_workspace_packages_of_node() -> None:
    files = {
        "package.json": '{"private": true, "workspaces": ["packages/*"]}',
        "packages/ui/package.json": '{"name": "@x/ui", "version": "1.0.0", "exports": {".": "./dist/index.js"}}',
        "packages/ui/src/index.ts": "export * from './button'\n",
        "packages/ui/src/button.ts": "export const button = 1\n",
        "packages/ui/src/deep.ts": "export const deep = 1\n",
        "packages/web/package.json": '{"name": "web", "private": true, "imports": {"#lib": "./src/lib.ts"}}',
        "packages/web/tsconfig.json": '{"extends": "../../tsconfig.base.json"}',
        "tsconfig.base.json": '{"compilerOptions": {"paths": {"~lib": ["packages/web/src/lib.ts"]}}}',
        "packages/web/src/main.ts": "import '@x/ui'\nimport '@x/ui/deep'\nimport '~lib'\nimport '@/lib'\nimport './style.css'\nimport x from 'node:fs'\n",
        "packages/web/src/lib.ts": "export const all = import.meta.glob('./parts/*.ts')\n",
        "packages/web/src/parts/one.ts": "export const one = 1\n",
    }
    found = {(edge.source, edge.target) for edge in snapshot(files).derived(ImportGraph).edges}
    web = "packages/web/src"
    assert {
        (f"{web}/main.ts", "packages/ui/src/index.ts"),
        (f"{web}/main.ts", "packages/ui/src/deep.ts"),
        (f"{web}/main.ts", f"{web}/lib.ts"),
        (f"{web}/lib.ts", f"{web}/parts/one.ts"),
        ("packages/ui/src/index.ts", "packages/ui/src/button.ts"),
    } <= found


def test_go_modules_that_replace_each_other() -> None:
    files = {
        "a/go.mod": "module example.org/a\n\ngo 1.24\n\nreplace example.org/c => ../c\n",
        "a/a.go": 'package a\n\nimport (\n\t"fmt"\n\t"example.org/b/inner"\n\t"example.org/c"\n\t"github.com/x/y"\n)\n\nvar _ = fmt.Sprint(inner.X, c.X, y.X)\n',
        "b/go.mod": "module example.org/b\n",
        "b/inner/b.go": "package inner\n\nvar X = 1\n",
        "c/c.go": "package c\n\nvar X = 1\n",
        "loose.go": 'package loose\n\nimport "example.org/b"\n',
    }
    graph = snapshot(files).derived(ImportGraph)
    assert {("a/a.go", "b/inner"), ("a/a.go", "c")} <= {(edge.source, edge.target) for edge in graph.edges}
    assert {found.name for found in graph.third_party} == {"github.com/x/y", "example.org/b"}


def test_references_of_configurations() -> None:
    files = {
        "package.json": '{"name": "a", "dependencies": {"lib": "file:./lib", "tar": "file:./x.tgz"}}',
        "Cargo.toml": '[package]\nname = "a"\n[[bin]]\nname = "a"\npath = "src/a.rs"\n[dependencies]\nb = { path = "b" }\n',
        "go.mod": "module a\nreplace x => ./x\nreplace y => github.com/y v1\n",
        "go.work": "use ./gone\n",
        "tsconfig.json": '{"extends": "./no.json", "references": [{"path": "./ref"}], "files": ["kept.ts"]}',
        "pyproject.toml": '[project]\nname = "p"\ndependencies = ["q @ file:./q"]\n',
        "requirements.txt": "-r base.txt\n-e ./local\n-r $HOME/x.txt\n-r ../outside.txt\n",
        "base.txt": "",
        ".gitignore": "q/\n",
    }
    missing = {found.path for found in snapshot(files).derived(ConfigReferences).missing}
    assert missing == {"lib", "src/a.rs", "b", "x", "gone", "ref", "local"}


def test_nothing_to_say_about_an_empty_tree() -> None:
    mine = [check for check in all_checks() if check.area in ("wiring", "tests")]
    results = report({"README.md": "# x\n"}, *mine).results
    assert {str(result.outcome) for result in results} <= {"not applicable"}
