"""Where JavaScript's, TypeScript's and Go's imports lead, and which of Python's break."""

from __future__ import annotations

import pytest

from checks.derived.import_graph import ImportGraph
from checks.derived.wiring.broken_imports import BrokenImports
from checks.derived.wiring.config_references import ConfigReferences
from checks.derived.wiring.import_breaks import ScriptStarts
from tests.checks.trees import Files, report, snapshot

CODE = "def made():\n    return 1\n"
PACKAGE = '{"name": "web", "private": true}'


@pytest.mark.parametrize(
    ("line", "files", "expected"),
    [
        pytest.param("import './parts'", {"src/parts/a.txt": ""}, ("", "", ""), id="a folder without an index"),
        pytest.param("import '../../x'", {}, ("", "", ""), id="outside the tree"),
        pytest.param("import './x.svg'", {}, ("", "", ""), id="an asset"),
        pytest.param("import './x'", {}, ("", "./x", ""), id="a module that isn't there"),
        pytest.param("import './generated/x'", {}, ("", "", ""), id="what a build generates"),
        pytest.param("import 'ui'", {"ui/package.json": '{"name": "ui"}'}, ("", "", ""), id="a package of the workspace without code"),
        pytest.param("import 'ui'", {"ui/package.json": '{"name": "ui"}', "ui/index.js": "x()\n"}, ("ui/index.js", "", ""), id="a package of the workspace with an index"),
        pytest.param("import 'ui'", {"ui/package.json": '{"name": "ui", "exports": {"./x": "./x.js", ".": "./y.js"}}', "ui/x.js": "x()\n", "ui/y.js": "y()\n"}, ("ui/y.js", "", ""), id="what a package of the workspace exports"),
        pytest.param("import '@/gone'", {}, ("", "", ""), id="an alias that leads nowhere"),
        pytest.param("import '@/part'", {"app/part.ts": "export const x = 1\n"}, ("app/part.ts", "", ""), id="a usual alias"),
        pytest.param("import '/abs'", {}, ("", "", ""), id="a path of the server"),
        pytest.param("import 'https://x.org/y.js'", {}, ("", "", ""), id="an address"),
        pytest.param("import 'virtual-routes'", {}, ("", "", ""), id="what a bundler makes up"),
        pytest.param("import 'lib/x'", {"tsconfig.json": '{"compilerOptions": {"paths": {"lib/*": ["gone/*"]}}}'}, ("", "", ""), id="an alias of one's own that leads nowhere"),
        pytest.param("import 'left-pad/x'", {}, ("", "", "left-pad"), id="a third party"),
        pytest.param("import '!!'", {}, ("", "", ""), id="no name of a package"),
        pytest.param("import '~x/y'", {"tsconfig.json": '{"compilerOptions": {"baseUrl": "../..", "paths": {"~x/*": ["x/*"]}}}'}, ("", "", ""), id="aliases into what is outside the tree"),
    ],
)  # fmt: skip
def test_javascript(line: str, files: Files, expected: tuple[str, str, str]) -> None:
    tree: Files = {"package.json": PACKAGE, "src/a.ts": f"{line}\n", **files}
    graph = snapshot(tree).derived(ImportGraph)
    edge = next((edge.target for edge in graph.edges if edge.source == "src/a.ts"), "")
    missing = next((found.missing for found in graph.missing), "")
    assert (edge, missing, next((found.name for found in graph.third_party), "")) == expected


def test_a_go_file_that_builds_ignore_is_of_no_package() -> None:
    files = {
        "go.mod": "module example.org/a\n\ngo 1.24\n",
        "a/a.go": "package a\n",
        "a/make.go": "//go:build ignore\n\npackage main\n\nfunc main() {}\n",
    }
    edges = {(edge.source, edge.target) for edge in snapshot(files).derived(ImportGraph).edges}
    assert edges == {("a", "a/a.go"), ("a/a.go", "a")}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"shop/a.py": "import gone_there\nfrom . import gone\n"}, {"gone"}, id="shipped"),
        pytest.param({"examples/shop/a.py": "from . import gone\n"}, set(), id="an example"),
        pytest.param({"shop/a.py": "from .local import gone\n", ".gitignore": "local.py\n"}, set(), id="a file that Git ignores"),
        pytest.param({"web-api/x.py": CODE, "run.py": "import web_api.x\n"}, {"web_api.x"}, id="a folder that can't be named"),
        pytest.param({"web-api/x.py": CODE, "run.py": "try:\n    import web_api.x\nexcept ImportError:\n    pass\n"}, set(), id="a guarded import of it"),
        pytest.param({"far/web-api/x.py": CODE, "run/run.py": "import web_api.x\n"}, set(), id="a folder far off"),
        pytest.param({"web-api/x.py": CODE, "requirements.txt": "web-api\n", "run.py": "import web_api.x\n"}, set(), id="a distribution of that name"),
        pytest.param({"web-api/x.py": CODE, "examples/run.py": "import web_api.x\n"}, set(), id="an example of it"),
    ],
)  # fmt: skip
def test_broken_imports(files: Files, expected: set[str]) -> None:
    assert {broken.missing for broken in snapshot(files).derived(BrokenImports).broken} == expected


def test_evidence_of_a_folder_that_can_not_be_named() -> None:
    files = {"web-api/x.py": CODE, "run.py": "import web_api.x\n"}
    gaps = [one.gap for one in report(files).gaps if one.check.id == "import-resolves-to-no-module"]
    assert [(gap.path, gap.evidence[-1].path) for gap in gaps] == [("run.py", "web-api")]


IMAGE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n%sCMD %s\n"


@pytest.mark.parametrize(
    ("line", "command", "text", "expected"),
    [
        pytest.param("", '["python", "jobs/run.py"]', "import shop\n", "shop.py", id="a module above"),
        pytest.param("", '["python", "-m", "jobs.run"]', "import shop\n", None, id="started as a module"),
        pytest.param("", '["sh", "-c", "x"]', "import shop\n", None, id="started by a shell"),
        pytest.param("", '["python", "gone.py"]', "import shop\n", None, id="a script that isn't there"),
        pytest.param("", '["python", "jobs/run.py"]', "import sys\nfrom pathlib import Path\nsys.path.append(Path(__file__).parent.parent)\nimport shop\n", None, id="an edit of the search path"),
        pytest.param("ENV PYTHONPATH=/app\n", '["python", "jobs/run.py"]', "import shop\n", None, id="PYTHONPATH"),
        pytest.param("RUN pip install .\n", '["python", "jobs/run.py"]', "import shop\n", None, id="installed"),
        pytest.param("", '["python", "jobs/run.py"]', "import near\nimport json\nimport redis\n", None, id="modules beside it and of others"),
        pytest.param("", '["python", "jobs/run.py"]', "from . import near\ndef later():\n    import shop\n", None, id="imported later"),
    ],
)  # fmt: skip
def test_scripts_that_an_image_starts(line: str, command: str, text: str, expected: str | None) -> None:
    files = {
        "Dockerfile": IMAGE % (line, command),
        "jobs/run.py": text,
        "jobs/near.py": CODE,
        "shop.py": CODE,
    }
    broken = snapshot(files).derived(ScriptStarts).broken
    assert next((found.target for found in broken), None) == expected


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        pytest.param("pyproject.toml", '[project]\nname = "a"\ndependencies = ["redis", "lib @ file:./lib"]\n', ["lib"], id="Python"),
        pytest.param("Cargo.toml", '[package]\nname = "a"\n[dependencies]\nserde = "1"\nb = { path = "b" }\n[[bin]]\nname = "a"\n', ["b"], id="Rust"),
        pytest.param("requirements.txt", "-r {{ stage }}.txt\n-r ${STAGE}.txt\n-r base*.txt\n-r gone.txt\nredis\n", ["gone.txt"], id="placeholders and patterns"),
        pytest.param("package.json", '{"dependencies": {"a": "file:../.."}}', [], id="outside the tree"),
    ],
)  # fmt: skip
def test_references_of_manifests(file: str, text: str, expected: list[str]) -> None:
    assert [found.path for found in snapshot({file: text}).derived(ConfigReferences).missing] == expected
