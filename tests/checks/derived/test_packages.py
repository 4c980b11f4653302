"""Packages of other languages: what they offer, and what a repository is by them."""

from __future__ import annotations

import pytest

from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from checks.derived.import_graph import ImportGraph
from checks.derived.node_packages import NodePackages
from checks.derived.project_kind import Project, ProjectKind
from checks.derived.python_distributions import offers
from checks.derived.supply_chain.duplicate_crates import DuplicateCrates
from tests.checks.trees import snapshot

NODE = {
    "package.json": '{"name": "shop", "main": "./dist/index.js"}',
    "src/index.ts": "export default 1;\n",
    "src/deep/one.ts": "export default 1;\n",
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("./dist/index.js", "src/index.ts"),
        ("./dist/deep/one.js", "src/deep/one.ts"),
        ("./dist/types/index.d.ts", "src/index.ts"),
        ("./src/index.ts", "src/index.ts"),
        ("./dist/gone.js", None),
        ("../other/index.js", None),
    ],
)
def test_what_a_built_file_comes_from(path: str, expected: str | None) -> None:
    assert snapshot(NODE).derived(NodePackages).source_of("", path) == expected


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        ('{"name": "kit", "main": "./dist/main.js"}', "kit/src/main.ts"),
        ('{"name": "kit", "main": "./dist/gone.js"}', "kit/src/index.ts"),
        ('{"name": "kit", "exports": {"./more": "./src/main.ts"}}', "kit/src/index.ts"),
    ],
)
def test_what_a_package_offers(manifest: str, expected: str) -> None:
    files = {"kit/package.json": manifest, "kit/src/main.ts": "", "kit/src/index.ts": ""}
    assert snapshot(files).derived(NodePackages).offered("kit", "") == expected


def test_configurations_that_extend_what_is_not_there_or_themselves() -> None:
    files = {
        "package.json": "{}",
        "tsconfig.json": '{"extends": ["./tsconfig.json", "./gone.json", "@shop/base", "../../out.json"], "compilerOptions": {"baseUrl": "../.."}}',
        "src/main.ts": 'import x from "./one";\n',
        "src/one.ts": "export default 1;\n",
    }
    edges = snapshot(files).derived(ImportGraph).edges
    assert [edge.target for edge in edges if edge.source == "src/main.ts"] == ["src/one.ts"]


CARGO = '[package]\nname = "x"\nversion = "1.0.0"\n%s'
BUILT = '[project]\nname = "x"\nversion = "1"\n%s[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'


@pytest.mark.parametrize(
    ("files", "kind", "expected"),
    [
        pytest.param({"Cargo.toml": CARGO % "", "src/lib.rs": "pub fn f() {}\n"}, ProjectKind.LIBRARY, True, id="a crate's library"),
        pytest.param({"Cargo.toml": CARGO % "publish = false\n", "src/lib.rs": "pub fn f() {}\n"}, ProjectKind.LIBRARY, False, id="a crate for itself"),
        pytest.param({"Cargo.toml": CARGO % "", "src/main.rs": "fn main() {}\n"}, ProjectKind.COMMAND_LINE, True, id="a crate's program"),
        pytest.param({"pyproject.toml": BUILT % "", "x/__init__.py": "def f():\n    pass\n"}, ProjectKind.LIBRARY, True, id="a project that is built"),
        pytest.param({"pyproject.toml": "[tool.ruff]\n", "x.py": "def f():\n    pass\n"}, ProjectKind.LIBRARY, False, id="a file of settings"),
        pytest.param({"package.json": '{"name": "x", "main": "a.js"}', "a.js": "f();\n"}, ProjectKind.LIBRARY, True, id="a package"),
        pytest.param({"package.json": '{"name": "x", "private": true, "main": "a.js"}', "a.js": "f();\n"}, ProjectKind.LIBRARY, False, id="a private package"),
        pytest.param({"package.json": '{"name": "x", "bin": "a.js"}', "a.js": "f();\n"}, ProjectKind.COMMAND_LINE, True, id="a package's program"),
    ],
)  # fmt: skip
def test_what_a_repository_is(files: dict[str, str], kind: ProjectKind, expected: bool) -> None:
    assert bool(snapshot(files).derived(Project).of_kind(kind)) is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, True, id="others import it"),
        pytest.param({"Dockerfile": "FROM python:3.12\n"}, False, id="it is deployed"),
    ],
)
def test_modules_of_a_project_that_nothing_starts(files: dict[str, str], expected: bool) -> None:
    project = {
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
        "shop/__init__.py": "",
        "shop/core.py": "def f():\n    pass\n",
    }
    points = snapshot({**project, **files}).derived(EntryPoints).by_rank.get(Rank.LIBRARY, ())
    assert ("shop/core.py" in {point.target for point in points}) is expected


@pytest.mark.parametrize(
    ("distribution", "name", "expected"),
    [
        ("beautifulsoup4", "bs4", True),
        ("flask-shop", "shop", True),
        ("python-shop", "shop", True),
        ("shop-client", "shop", True),
        ("numpy", "shop", False),
    ],
)
def test_what_a_distribution_may_offer(distribution: str, name: str, expected: bool) -> None:
    assert offers(distribution, name, name) is expected


LOCK = (
    'version = 3\n\n[[package]]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["kit %s"]\n\n[[package]]\nname = "other"\nversion = "1.0.0"\nsource = "registry+x"\ndependencies = ["kit %s"]\n\n'
    + "".join(
        f'[[package]]\nname = "kit"\nversion = "{version}"\nsource = "registry+x"\n\n'
        for version in ("1.0.0", "2.0.0")
    )
)


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        pytest.param("1.0.0", "2.0.0", 1, id="others are ahead"),
        pytest.param("2.0.0", "1.0.0", 0, id="others are behind"),
        pytest.param("2.0.0", "2.0.0", 0, id="one of them nobody asks for"),
    ],
)
def test_versions_of_one_crate(own: str, other: str, expected: int) -> None:
    assert len(snapshot({"Cargo.lock": LOCK % (own, other)}).derived(DuplicateCrates)) == expected
