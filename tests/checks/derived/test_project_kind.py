"""What the components of a repository are, what they run, and what their examples and benchmarks are worth."""

from __future__ import annotations

import json

import pytest

from checks import Outcome
from checks.derived.benchmarks import Benchmarks
from checks.derived.claims.checklists import Checklists
from checks.derived.claims.home_paths import HomePaths
from checks.derived.claims.toolchains import Toolchains
from checks.derived.documentation.built_examples import BuiltExamples
from checks.derived.documentation.cargo_examples import CargoExamples
from checks.derived.documentation.versions import ReadmeAndVersion
from checks.derived.project_kind import Project, ProjectKind
from checks.derived.service_code import RunningServices
from checks.registry import find_check
from tests.checks.trees import report, snapshot

FASTAPI = "from fastapi import FastAPI\n\napp = FastAPI()\n"
PUSHES = "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {push: true, file: scripts/Dockerfile}\n"
EXPRESS = "import express from 'express';\nimport other from '%s';\nexpress().listen(80);\n"
PAGES = {f"web/src/Page{n}.tsx": "export const Page = () => <p />;\n" for n in range(20)} | {
    "web/package.json": "{}",
    "web/Dockerfile": "FROM node:22\nCOPY . .\n",
}
IMAGE = "FROM python:3.12-slim\nCOPY . .\n"
CRATE = '[package]\nname = "%s"\nversion = "1.0.0"\npublish = false\n%s'
AXUM = "use axum::{Router, serve};\n\nfn run() { serve(listener, Router::new()); }\n"
CRATES = {
    "Cargo.toml": '[workspace]\nmembers = ["shop", "till", "web"]\n',
    "shop/Cargo.toml": CRATE % ("shop", '[[bin]]\nname = "shopd"\n[dependencies]\nweb = {path = "../web"}\n'),
    "till/Cargo.toml": CRATE % ("till", ""),
    "web/Cargo.toml": CRATE % ("web", ""),
    "till/src/lib.rs": AXUM,
    "web/src/lib.rs": AXUM,
}


def kinds(files: dict[str, str]) -> dict[str, set[ProjectKind]]:
    return {c.folder: set(c.kinds) for c in snapshot(files).derived(Project).components if c.kinds}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"main.py": FASTAPI, "Dockerfile": IMAGE}, {"": {ProjectKind.SERVICE}}),
        ({"main.py": FASTAPI}, {}),
        ({**PAGES, "web/server.js": EXPRESS % "fs"}, {}),
        ({**PAGES, "web/server.js": EXPRESS % "./orders.js"}, {"web": {ProjectKind.SERVICE}}),
        ({**PAGES, "web/server.js": EXPRESS % "vite"}, {"web": {ProjectKind.SERVICE}}),
        ({"web/package.json": "{}", "web/server.js": EXPRESS % "fs", "web/Dockerfile": "FROM node:22\nCOPY . .\n"}, {"web": {ProjectKind.SERVICE}}),
        ({"src/main.rs": "use axum::Router;\n\nfn main() {\n    tokio::join!(async { axum::serve(TcpListener::bind(a), app()) });\n}\n", "Dockerfile": IMAGE}, {"": {ProjectKind.SERVICE}}),
        ({"src/main.rs": "use axum::Router;\n\nfn main() {\n    tokio::join!(async { work() });\n}\n", "Dockerfile": IMAGE}, {}),
        ({"main.py": "import fastapi\n", "Dockerfile": IMAGE}, {}),
        ({"main.py": FASTAPI, ".devcontainer/Dockerfile": IMAGE}, {}),
        ({"main.py": FASTAPI, "docker/dockerfile": IMAGE}, {"": {ProjectKind.SERVICE}}),
        ({"main.py": FASTAPI, "scripts/Dockerfile": IMAGE}, {}),
        ({"main.py": FASTAPI, "scripts/Dockerfile": IMAGE, ".github/workflows/a.yml": PUSHES}, {"": {ProjectKind.SERVICE}}),
        ({"src/main.rs": "use rocket;\n\nfn main() { rocket::custom(config).launch() }\n", "Dockerfile": IMAGE}, {"": {ProjectKind.SERVICE}}),
        ({"src/main.rs": "use axum::{Router, serve};\n\nfn main() { run(serve, TcpListener::bind(a), axum::app()) }\n", "Dockerfile": IMAGE}, {}),
        ({"tests/main.py": FASTAPI, "Dockerfile": IMAGE}, {}),
        ({"a/main.py": FASTAPI, "a/requirements.txt": "", "b/Dockerfile": IMAGE, "b/run.py": "X = 1\n"}, {}),
        ({"a/main.py": FASTAPI, "a/requirements.txt": "", "database.Dockerfile": "FROM mongo:7\nCMD mongod\n"}, {}),
        ({"a/main.py": FASTAPI, "a/requirements.txt": "", "docker/Dockerfile": IMAGE}, {"a": {ProjectKind.SERVICE}}),
        ({"go.mod": "module x\n\ngo 1.24\n", "main.go": 'package main\n\nimport "net/http"\n\nfunc main() {\n\tsrv := &http.Server{}\n\tsrv.ListenAndServe()\n}\n',
          "Dockerfile": IMAGE}, {"": {ProjectKind.SERVICE, ProjectKind.COMMAND_LINE}}),
        ({"go.mod": "module x\n\ngo 1.24\n", "shop.go": "package shop\n"}, {"": {ProjectKind.LIBRARY}}),
        ({"package.json": json.dumps({"name": "x", "main": "a.js", "bin": "b.js"})}, {"": {ProjectKind.LIBRARY, ProjectKind.COMMAND_LINE}}),
        ({"Cargo.toml": '[package]\nname = "x"\nversion = "1.0.0"\n', "src/lib.rs": "", "src/main.rs": ""}, {"": {ProjectKind.LIBRARY, ProjectKind.COMMAND_LINE}}),
        ({"pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "b"\n[project]\nname = "x"\n[project.scripts]\nx = "x:y"\n'},
         {"": {ProjectKind.LIBRARY, ProjectKind.COMMAND_LINE}}),
        # An image that names the crates it builds runs those and what they need.
        *(
            (CRATES | {"Dockerfile": f"FROM rust\nCOPY . .\nRUN cargo build --release {names}\n"},
             {"shop": {ProjectKind.COMMAND_LINE}} | {folder: {ProjectKind.SERVICE} for folder in services})
            for names, services in {
                "--bin shopd": ["web"],
                "-p shop": ["web"],
                "--package=till": ["till"],
                "-p $NAME": ["till", "web"],
                "": ["till", "web"],
            }.items()
        ),
        ({"main.tf": ""}, {"": {ProjectKind.INFRASTRUCTURE}}),
        ({"app/setup.py": "PAGE = 1\n", "app/main.py": FASTAPI, "Dockerfile": IMAGE}, {"": {ProjectKind.SERVICE}}),
        ({"app/setup.py": "setup(name='a')\n", "app/main.py": FASTAPI, "Dockerfile": IMAGE}, {"app": {ProjectKind.SERVICE}}),
        ({"a.md": "# a", "b.md": "# b"}, {"": {ProjectKind.DOCUMENTATION}}),
    ],
)  # fmt: skip
def test_what_a_component_is_needs_proof(
    files: dict[str, str], expected: dict[str, set[ProjectKind]]
) -> None:
    assert kinds(files) == expected


def test_a_file_belongs_to_the_nearest_component() -> None:
    project = snapshot({"a/requirements.txt": "", "a/b/x.py": "X = 1\n", "y.py": "Y = 1\n"}).derived(Project)
    near, root = project.component_of("a/b/x.py"), project.component_of("y.py")
    assert near is not None
    assert root is not None
    assert (near.name, root.name, len(project)) == ("a", "the repository", 2)


def test_what_nothing_imports_is_not_run() -> None:
    """Unless modules are loaded by names that imports don't show."""
    files = {
        "main.py": f"import used\n{FASTAPI}",
        "used.py": "X = 1\n",
        "unused.py": "X = 1\n",
        "Dockerfile": IMAGE,
    }
    (service,) = snapshot(files).derived(RunningServices)
    assert {path for path, _ in service.sources} == {"main.py", "used.py"}
    assert (service.subject, service.path, service.name) == ("service", None, "The service")
    files["used.py"] = "import importlib\nimportlib.import_module(name)\n"
    (service,) = snapshot(files).derived(RunningServices)
    assert {path for path, _ in service.sources} == {"main.py", "used.py", "unused.py"}


def outcome(check_id: str, files: dict[str, str]) -> Outcome:
    check = find_check(check_id)
    assert check is not None
    return report(files, check).results[0].outcome


GRPC = 'package main\n\nimport (\n\t"google.golang.org/grpc"\n%s)\n\nfunc main() {\n\tgrpc.NewServer()\n\tHealthRoute()\n}\n'


def test_a_grpc_server_owes_the_health_service() -> None:
    files = {"go.mod": "module x\n\ngo 1.24\n", "main.go": GRPC % "", "Dockerfile": IMAGE}
    assert outcome("no-health-endpoint", files) is Outcome.GAP
    files["main.go"] = GRPC % '\t"google.golang.org/grpc/health"\n'
    assert outcome("no-health-endpoint", files) is Outcome.PASSED


def test_an_image_that_asks_its_service_is_enough() -> None:
    assert outcome("no-health-endpoint", {"main.py": FASTAPI, "Dockerfile": IMAGE}) is Outcome.GAP
    assert (
        outcome("no-health-endpoint", {"main.py": FASTAPI, "Dockerfile": f"{IMAGE}HEALTHCHECK CMD true\n"})
        is Outcome.PASSED
    )


CARGO = '[package]\nname = "garden"\nversion = "0.1.0"\n'
MAIN = "fn main() {}\n"


def test_which_examples_cargo_passes_over() -> None:
    files = {
        "Cargo.toml": f'{CARGO}[workspace]\nmembers = ["examples/in", "examples/more/*"]\nexclude = ["examples/out"]\n[dependencies]\ndep = {{ path = "examples/dep" }}\n',
        "examples/a.rs": MAIN, "examples/b/main.rs": MAIN, "examples/b/c.rs": MAIN, "examples/helper.rs": "pub fn x() {}\n",
        "examples/in/Cargo.toml": CARGO, "examples/in/src/main.rs": MAIN, "examples/out/Cargo.toml": CARGO, "examples/lost/Cargo.toml": CARGO,
        "examples/dep/Cargo.toml": CARGO, "examples/more/one/Cargo.toml": CARGO, "examples/own/Cargo.toml": f"{CARGO}[workspace]\n",
    }  # fmt: skip
    passed_over = [one.path for one in snapshot(files).derived(CargoExamples).all if one.why]
    assert passed_over == ["examples/b/c.rs", "examples/lost/Cargo.toml"]


def workflow(*commands: str) -> str:
    steps = "".join(f"      - run: {command}\n" for command in commands)
    return f"on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n{steps}"


@pytest.mark.parametrize(
    ("command", "built"),
    [("cargo test", True), ("cargo clippy --all-targets", True), ("cargo test --lib", False), ("cargo build", False), ("echo cargo test", False),
     ("$CARGO test --workspace", True), ("cargo nextest run", True)],
)  # fmt: skip
def test_which_commands_build_rust_examples(command: str, built: bool) -> None:
    files = {"Cargo.toml": CARGO, "examples/a.rs": MAIN, ".github/workflows/ci.yml": workflow(command)}
    (suite,) = snapshot(files).derived(BuiltExamples).all
    assert (suite.built_by is not None) is built


@pytest.mark.parametrize(
    ("command", "module", "built"),
    [("go build ./...", "go.mod", True), ("go test ./shop", "go.mod", False), ("go vet ./...", "examples/go.mod", False), ("go build ./examples/...", "examples/go.mod", True)],
)  # fmt: skip
def test_which_commands_build_go_examples(command: str, module: str, built: bool) -> None:
    text = "module x\n\ngo 1.24\n"
    files = {
        "go.mod": text,
        module: text,
        "examples/a/main.go": "package main\n",
        ".github/workflows/ci.yml": workflow(command),
    }
    (suite,) = snapshot(files).derived(BuiltExamples).all
    assert (suite.built_by is not None) is built


def test_without_ci_nothing_is_said_of_examples() -> None:
    assert len(snapshot({"Cargo.toml": CARGO, "examples/a.rs": MAIN}).derived(BuiltExamples)) == 0


BENCH = "use std::time::Instant;\n\nfn main() {}\n"


@pytest.mark.parametrize(
    ("files", "exercises"),
    [
        ({"Cargo.toml": CARGO, "benches/a.rs": BENCH}, False),
        ({"Cargo.toml": CARGO, "benches/a.rs": f"use garden::water;\n{BENCH}"}, True),
        ({"benches/a.rs": BENCH}, None),
        ({"Cargo.toml": CARGO, "benches/a.rs": f"mod watering;\n{BENCH}"}, None),  # its modules do
        ({"Cargo.toml": CARGO, "benches/garden/a.rs": "use std::time::Instant;\n\npub fn now() {}\n"}, None),
        (
            {
                "Cargo.toml": CARGO,
                "benches/a.rs": "fn slow() {}\ncriterion_group!(all, slow);\ncriterion_main!(all);\n",
            },
            False,
        ),
        ({"Cargo.toml": CARGO, "benches/a.rs": "#[bench]\nfn slow(b: &mut Bencher) {}\n"}, False),
        ({"benchmarks/run.py": "def go():\n    pass\n"}, None),
        (
            {
                "benchmarks/run.py": "import shop\n\ndef go():\n    shop.x()\n",
                "shop.py": "def x():\n    pass\n",
            },
            True,
        ),
        ({"benchmarks/run.js": "function go() {}\n"}, None),
        ({"shop/speed_bench.py": "def go():\n    pass\n"}, None),
        ({"shop/x_test.go": "package shop\n\nfunc BenchmarkX(b *testing.B) {}\n"}, True),
    ],
)
def test_what_a_benchmark_exercises(files: dict[str, str], exercises: bool | None) -> None:
    (benchmark,) = snapshot(files).derived(Benchmarks).all
    assert benchmark.exercises_product is exercises


@pytest.mark.parametrize(
    ("path", "text", "manifest", "stale"),
    [
        ("README.md", "# x\n\n## Requirements\n\n- Python 3.9+", {"pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'}, ["Python"]),
        ("README.md", "# x\n\n## Requirements\n\n- Python 3.12+", {"pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'}, []),
        ("README.md", "# x\n\n## Requirements\n\n- Python 3.9+", {"pyproject.toml": '[project]\nname = "x"\nrequires-python = "odd"\n'}, []),
        ("README.md", "# x\n\n## History\n\n- Python 2.7 was dropped", {"pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'}, []),
        ("docs/setup.md", "# x\n\n## Install\n\nYou need Rust 1.70 or later.", {"Cargo.toml": f'{CARGO}rust-version = "1.80"\n'}, ["Rust"]),
        ("docs/setup.md", "# x\n\n## Install\n\nNode.js 18 or higher", {"package.json": '{"engines": {"node": ">=20"}}'}, ["Node"]),
        ("src/notes.md", "# x\n\n## Install\n\nNode.js 18 or higher", {"package.json": '{"engines": {"node": ">=20"}}'}, []),
        ("web/docs/x.md", "# x\n\n## Install\n\nNode.js 18 or higher", {"package.json": '{"engines": {"node": ">=20"}}'}, []),
    ],
)  # fmt: skip
def test_versions_that_documents_ask_for(
    path: str, text: str, manifest: dict[str, str], stale: list[str]
) -> None:
    assert [one.language for one in snapshot({path: text, **manifest}).derived(Toolchains).stale] == stale


REFUSING = "def {}():\n    raise NotImplementedError('later')\n\n\n"


def test_a_readme_without_version_is_young_where_the_code_refuses() -> None:
    files = {
        "README.md": "# x\n\nProduction-ready.",
        "shop/a.py": "".join(REFUSING.format(name) for name in ("one", "two", "three")),
    }
    about = snapshot(files).derived(ReadmeAndVersion)
    assert about.is_young
    assert len(about.evidence) == 3
    assert "3 places" in about.says
    assert len(snapshot({"README.md": "# x"}).derived(ReadmeAndVersion)) == 0


def test_checklists_that_are_copied_are_left() -> None:
    boxes = "- [ ] a\n- [ ] b\n- [ ] c\n"
    files = {
        "docs/release-checklist.md": f"Copy this checklist for each release.\n\n{boxes}",
        "docs/launch_checklist.md": boxes,
        "docs/x.md": boxes,
    }
    assert [one.path for one in snapshot(files).derived(Checklists).all] == ["docs/launch_checklist.md"]


def test_homes_of_people_not_of_images() -> None:
    files = {
        "a.toml": 'x = "/home/marta/**"\ny = "/home/app/x"\nz = "C:\\\\Users\\\\marta\\\\x"\n',
        "b.md": 'File "/Users/marta/x.py", line 1\n\n/home/marta/x\n\n/Users/marta/y and /Users/marta/z',
        "Dockerfile": "FROM x\nENV X=/Users/marta/x\n",
        "tests/c.toml": 'x = "/Users/marta/x"\n',
        "compose.yaml": "x: /Users/marta/x\n",
    }
    homes = snapshot(files).derived(HomePaths)
    assert [(one.path, one.line, one.root) for one in homes.first_of_each_file()] == [
        ("a.toml", 1, "home/marta"), ("a.toml", 3, "C:/Users/marta"), ("b.md", 5, "Users/marta"),
    ]  # fmt: skip
