"""What ships, what only tests reach, what nothing reaches: on small trees, through the real extraction."""

from __future__ import annotations

from checks.derived.closure import Closure
from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.import_graph import ImportGraph
from checks.derived.reachability import Reachability
from checks.derived.unreachable import Unreachable
from tests.checks.trees import Files, snapshot

IMAGE = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["uvicorn", "main:app"]\n'


def dead(files: Files) -> set[str]:
    return {code.path for code in snapshot(files).derived(Unreachable).code}


def edges(files: Files) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in snapshot(files).derived(ImportGraph).edges}


def test_closure_of_a_ring() -> None:
    closure = Closure({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"], "e": []})
    assert closure.of(["a"]) == {"a", "b", "c"}
    assert closure.of(["d", "unknown"]) == {"a", "b", "c", "d", "unknown"}
    assert closure.meets(["d"], closure.mask(["c", "unknown"]))
    assert not closure.meets(["e", "unknown"], closure.mask(["c"]))


def test_services_never_reach_into_each_other() -> None:
    files = {
        "compose.yaml": "services:\n  one:\n    build: ./one\n  two:\n    build: ./two\n",
        "one/Dockerfile": IMAGE,
        "one/main.py": "from core.log import log\napp = log()\n",
        "one/core/__init__.py": "",
        "one/core/log.py": "def log():\n    return 1\n",
        "two/Dockerfile": IMAGE,
        "two/main.py": "app = 1\nprint(app)\n",
        "two/core/__init__.py": "",
        "two/core/log.py": "def log():\n    return 2\n",
    }
    assert dead(files) == {"two/core/log.py"}
    points = snapshot(files).derived(EntryPoints).by_rank[Rank.DEPLOYED]
    assert {(p.target, p.path, p.deployed_by) for p in points} == {
        ("one/main.py", "one/Dockerfile", ("compose.yaml", 2)),
        ("two/main.py", "two/Dockerfile", ("compose.yaml", 4)),
    }


def test_compose_command_overrides_the_image() -> None:
    files = {
        "compose.yaml": "services:\n  worker:\n    build: .\n    command: python -m jobs.worker\n",
        "Dockerfile": IMAGE,
        "main.py": "def app():\n    return 1\n",
        "jobs/__init__.py": "",
        "jobs/worker.py": "def work():\n    return 1\n",
    }
    reach = snapshot(files).derived(Reachability)
    assert (reach.rank("jobs/worker.py"), reach.rank("main.py")) == (Rank.DEPLOYED, Rank.IMAGE)


def test_copy_under_another_name() -> None:
    files = {
        "Dockerfile": "FROM python:3.12\nWORKDIR /app\nCOPY web-server/ ./web_server/\nCMD python -m web_server.main\n",
        "web-server/main.py": "from web_server.routes import pages\nprint(pages)\n",
        "web-server/routes/__init__.py": "",
        "web-server/routes/pages.py": "def page():\n    return 1\n",
        "web-server/unused.py": "def unused():\n    return 1\n",
    }
    assert dead(files) == {"web-server/unused.py"}


def test_entrypoint_script_and_installed_command() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nshop = "shop.cli:main"\n',
        "Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["./start.sh"]\nCMD ["shop", "serve"]\n',
        "start.sh": "#!/bin/sh\nexec gunicorn shop.web:app\n",
        "shop/__init__.py": "",
        "shop/cli.py": "def main():\n    return 1\n",
        "shop/web.py": "def app():\n    return 1\n",
        "shop/lost.py": "def lost():\n    return 1\n",
    }
    assert dead(files) == {"shop/lost.py"}
    assert snapshot(files).derived(Reachability).rank("shop/cli.py") is Rank.IMAGE


def test_kubernetes_and_procfile() -> None:
    manifest = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n"
        "        - name: web\n          image: registry.example.org/web:1\n          command: [python, -m, jobs.clean]\n"
    )
    files = {
        "Dockerfile": IMAGE,
        "main.py": "def app():\n    return 1\n",
        "k8s/web.yaml": manifest,
        "Procfile": "web: python -m jobs.send\n",
        "jobs/__init__.py": "",
        "jobs/clean.py": "def clean():\n    return 1\n",
        "jobs/send.py": "def send():\n    return 1\n",
    }
    reach = snapshot(files).derived(Reachability)
    assert {reach.rank("jobs/clean.py"), reach.rank("jobs/send.py")} == {Rank.DEPLOYED}


def test_tests_and_importers_are_told_apart() -> None:
    files = {
        "Dockerfile": IMAGE,
        "main.py": "print(1)\n",
        "extra/__init__.py": "from extra.one import one\n",
        "extra/one.py": "from extra.two import two\n\n\ndef one():\n    return two()\n",
        "extra/two.py": "def two():\n    return 2\n",
        "lonely.py": "from extra.one import one\n\n\ndef lonely():\n    return one()\n",
        "tests/test_extra.py": "from extra.one import one\n\n\ndef test_one():\n    assert one() == 2\n",
    }
    code = {found.path: found for found in snapshot(files).derived(Unreachable).code}
    assert set(code) == {"extra", "lonely.py"}
    assert code["extra"].tests == ("tests/test_extra.py",)
    assert code["extra"].importers == (("lonely.py", 1),)
    assert [point.target for point in code["extra"].considered] == ["main.py"]


def test_published_library_is_never_unreachable() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "lib"\nclassifiers = ["Topic :: Software Development"]\n',
        "src/lib/__init__.py": "",
        "src/lib/offer.py": "def offer():\n    return 1\n",
        "src/lib/_hidden.py": "def hidden():\n    return 1\n",
    }
    assert dead(files) == {"src/lib/_hidden.py"}


def test_frameworks_find_modules() -> None:
    files = {
        "manage.py": "import os\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site.settings')\n",
        "config/__init__.py": "",
        "config/wsgi.py": "SETTINGS = 'config.settings'\nprint(SETTINGS)\n",
        "config/settings.py": "INSTALLED_APPS = ['blog.apps.BlogConfig', 'os']\nprint(INSTALLED_APPS)\n",
        "blog/__init__.py": "",
        "blog/models.py": "class Post:\n    pass\n",
        "blog/apps.py": "class BlogConfig:\n    pass\n",
        "blog/forgotten.py": "class Forgotten:\n    pass\n",
    }
    assert dead(files) == {"blog/forgotten.py"}


def test_dynamic_imports() -> None:
    files = {
        "Dockerfile": IMAGE,
        "main.py": (
            "import importlib\nimport pkgutil\n\nimport plugins\n\nfor info in pkgutil.iter_modules(plugins.__path__):\n    print(info)\n"
            "handler = importlib.import_module(f'handlers.{name}')\n"
        ),
        "plugins/__init__.py": "",
        "plugins/one.py": "def one():\n    return 1\n",
        "handlers/__init__.py": "",
        "handlers/two.py": "def two():\n    return 1\n",
        "others/__init__.py": "import importlib\n\n\ndef load(name):\n    return importlib.import_module(name)\n",
        "others/three.py": "def three():\n    return 1\n",
    }
    assert dead(files) == {"others"}


def test_search_path_edits() -> None:
    files = {
        "tools/run.py": (
            "import os\nimport sys\nfrom pathlib import Path\n\nROOT = Path(__file__).resolve().parent.parent\n"
            "sys.path.insert(0, str(ROOT / 'libs'))\nsys.path.append(os.path.join(os.path.dirname(__file__), '..', 'more'))\n"
            "import alpha\nimport beta\n"
        ),
        "libs/alpha.py": "def alpha():\n    return 1\n",
        "more/beta.py": "def beta():\n    return 1\n",
    }
    assert {("tools/run.py", "libs/alpha.py"), ("tools/run.py", "more/beta.py")} <= edges(files)


def test_go_packages() -> None:
    files = {
        "go.mod": "module example.org/shop\n\ngo 1.24\n",
        "Dockerfile": 'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/shop ./cmd/shop\nFROM scratch\nCOPY --from=build /bin/shop /shop\nENTRYPOINT ["/shop"]\n',
        "cmd/shop/main.go": 'package main\n\nimport "example.org/shop/internal/store"\n\nfunc main() { store.Open() }\n',
        "internal/store/store.go": "package store\n\nfunc Open() {}\n",
        "internal/lost/lost.go": 'package lost\n\nimport "example.org/shop/internal/gone"\n\nfunc Lost() { gone.X() }\n',
        "internal/lost/lost_test.go": 'package lost\n\nimport "testing"\n\nfunc TestLost(t *testing.T) { Lost() }\n',
        "pkg/open/open.go": "package open\n\nfunc Open() {}\n",
    }
    made = snapshot(files)
    code = made.derived(Unreachable).code
    assert [(found.path, found.tests) for found in code] == [
        ("internal/lost", ("internal/lost/lost_test.go",))
    ]
    assert made.derived(Reachability).rank("cmd/shop/main.go") is Rank.IMAGE
    assert [missing.missing for missing in made.derived(ImportGraph).missing] == ["internal/gone"]


def test_typescript_application() -> None:
    files = {
        "package.json": '{"name": "shop", "private": true, "scripts": {"start": "node dist/server.js"}}',
        "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}, "outDir": "dist", "rootDir": "src"}}',
        "src/main.tsx": "import { App } from './App.js'\nimport('@/lazy')\nimport './missing'\nApp()\n",
        "src/App.tsx": "import x from '@/lib'\nimport left from 'left-pad'\nexport function App() { return x + left }\n",
        "src/lib/index.ts": "export default 1\nexport const worker = new Worker('./worker.ts')\n",
        "src/lib/worker.ts": "export function work() { return 1 }\n",
        "src/lazy.ts": "export function lazy() { return 1 }\n",
        "src/server.ts": "export function serve() { return 1 }\nserve()\n",
        "src/lost.ts": "export function lost() { return 1 }\n",
        "src/lost.test.ts": "import { lost } from './lost'\ntest('x', () => lost())\n",
    }
    made = snapshot(files)
    code = made.derived(Unreachable).code
    assert [(found.path, found.tests) for found in code] == [("src/lost.ts", ("src/lost.test.ts",))]
    graph = made.derived(ImportGraph)
    assert [missing.missing for missing in graph.missing] == ["./missing"]
    assert [third.name for third in graph.third_party] == ["left-pad"]


def test_rust_program() -> None:
    files = {
        "Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\n',
        "src/main.rs": "mod safety;\nuse safety::Guard;\n\nfn main() {\n    Guard::new();\n}\n",
        "src/safety/mod.rs": "pub mod guard;\npub mod sandbox;\npub use guard::Guard;\npub use sandbox::Sandbox;\n",
        "src/safety/guard.rs": "pub struct Guard;\n\nimpl Guard {\n    pub fn new() -> Self {\n        Guard\n    }\n}\n",
        "src/safety/sandbox.rs": "pub struct Sandbox {\n    pub open: bool,\n}\n",
    }
    assert dead(files) == {"src/safety/sandbox.rs"}
