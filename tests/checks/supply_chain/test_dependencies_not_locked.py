"""Which programs need a lock file, what counts as one, and installations that demand one."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CARGO = '[package]\nname = "shop"\nversion = "0.1.0"\n[dependencies]\nserde = "1"\n'
GO = "module example.org/shop\n\ngo 1.24\n\nrequire github.com/x/y v1.0.0\n"
IMAGE = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN %s\nCMD run\n"
NODE = '{"name": "shop", "private": true, "dependencies": {"left-pad": "^1.0.0"}}'
LOOSE = "fastapi\nredis>=5\nstripe==1.0\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"package.json": NODE}, ["npm"], id="Node"),
        pytest.param({"package.json": NODE, "yarn.lock": ""}, Outcome.PASSED, id="Node, locked"),
        pytest.param({"web/package.json": NODE, "pnpm-lock.yaml": ""}, Outcome.PASSED, id="Node, locked for the workspace"),
        pytest.param({"web/package.json": '{"dependencies": {"left-pad": "1"}}'}, Outcome.NOT_APPLICABLE, id="a manifest without a name"),
        pytest.param({"package.json": '{"name": "shop", "version": "1.0.0", "dependencies": {"left-pad": "1"}}'}, Outcome.NOT_APPLICABLE, id="a published package"),
        pytest.param({"Cargo.toml": CARGO, "src/main.rs": "fn main() {}\n"}, ["cargo"], id="Rust"),
        pytest.param({"Cargo.toml": CARGO, "src/main.rs": "fn main() {}\n", "Cargo.lock": "version = 4\n"}, Outcome.PASSED, id="Rust, locked"),
        pytest.param({"Cargo.toml": CARGO, "src/lib.rs": "pub fn x() {}\n"}, Outcome.NOT_APPLICABLE, id="a library of Rust"),
        pytest.param({"go.mod": GO}, ["go"], id="Go"),
        pytest.param({"go.mod": GO, "go.sum": "github.com/x/y v1.0.0 h1:x\n"}, Outcome.PASSED, id="Go, with sums"),
        pytest.param({"go.mod": f"{GO}replace github.com/x/y => ./y\n"}, Outcome.NOT_APPLICABLE, id="Go, from the tree"),
        pytest.param({"Dockerfile": IMAGE % "npm ci"}, ["package-lock.json"], id="npm ci without a lock file"),
        pytest.param({"Dockerfile": IMAGE % "npm ci", "web/package-lock.json": "{}"}, Outcome.PASSED, id="npm ci with one below"),
        pytest.param({"Dockerfile": IMAGE % "npm ci -g pm2"}, Outcome.NOT_APPLICABLE, id="an installation for the whole system"),
        pytest.param({"Dockerfile": IMAGE % "npm ci || npm install"}, Outcome.NOT_APPLICABLE, id="an installation that may fail"),
        pytest.param({"Dockerfile": IMAGE % "if [ -f package-lock.json ]; then npm ci; elif test -f ./yarn.lock; then yarn --frozen-lockfile; else npm i; fi"}, Outcome.NOT_APPLICABLE, id="whichever lock file there is"),
        pytest.param({"Dockerfile": IMAGE % "if [ -f yarn.lock ]; then npm ci; fi"}, ["package-lock.json"], id="asks for another lock file"),
        pytest.param({"Dockerfile": IMAGE % "uv sync"}, Outcome.NOT_APPLICABLE, id="uv sync may lock by itself"),
        pytest.param({"Dockerfile": IMAGE % "uv sync --frozen"}, ["uv.lock"], id="uv sync of what is locked"),
        pytest.param({"examples/Dockerfile": IMAGE % "npm ci"}, Outcome.NOT_APPLICABLE, id="an example"),
        pytest.param({"Dockerfile": IMAGE % "pip install -r requirements.txt", "requirements.txt": LOOSE}, ["pip"], id="requirements without versions"),
        pytest.param({"Dockerfile": IMAGE % "pip install -r requirements.txt", "requirements.txt": "fastapi==1.0\nredis==5.0\n./local\nstripe\n"}, Outcome.PASSED, id="most have a version"),
        pytest.param({"Dockerfile": IMAGE % "pip install -r requirements.txt -c all.txt", "requirements.txt": LOOSE}, Outcome.PASSED, id="constrained by the command"),
        pytest.param({"Dockerfile": IMAGE % "pip install -r requirements.txt", "requirements.txt": f"-c constraints.txt\n{LOOSE}"}, Outcome.PASSED, id="constrained by the file"),
        pytest.param({"Dockerfile": IMAGE % "pip install -r requirements.txt", "requirements.txt": "# none\n"}, Outcome.NOT_APPLICABLE, id="no requirements"),
        pytest.param({"Dockerfile": IMAGE % "pip install -r gone.txt"}, Outcome.NOT_APPLICABLE, id="requirements that aren't there"),
        pytest.param({"Dockerfile": (IMAGE % "pip install -r all.txt").replace("COPY . .", "COPY deploy/all.txt ."), "deploy/all.txt": "", "requirements.txt": LOOSE}, Outcome.NOT_APPLICABLE, id="a file of another name"),
        pytest.param({"Dockerfile": (IMAGE % "pip install -r requirements.txt").replace("COPY . .", "COPY deploy/requirements.txt ."), "deploy/requirements.txt": LOOSE}, ["pip"], id="copied from a folder"),
        pytest.param({"Dockerfile": IMAGE % "pip install .", "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["redis"]\n'}, ["pip"], id="a project without versions"),
        pytest.param({"Dockerfile": IMAGE % "pip install .", "pyproject.toml": '[project]\nname = "shop"\n'}, Outcome.NOT_APPLICABLE, id="a project without dependencies"),
        pytest.param({"Dockerfile": IMAGE % "pip install redis"}, Outcome.NOT_APPLICABLE, id="a single distribution"),
    ],
)  # fmt: skip
def test_programs(files: Files, expected: list[str] | Outcome) -> None:
    assert said("dependencies-not-locked", files) == expected
