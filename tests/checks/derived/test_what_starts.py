"""Where a program begins: by its manifests, by a file's name, by what starts it."""

from __future__ import annotations

import pytest

from checks.derived.entry_points import EntryPoints
from checks.derived.wiring.import_breaks import ScriptStarts, Shadows
from tests.checks.trees import snapshot

APP = "from flask import Flask\n\napp = Flask(__name__)\n"
GO = "package main\n\nfunc main() {}\n"
PROJECT = '[project]\nname = "shop"\nversion = "1"\n%s\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
GUARDED = 'def main():\n    work()\n\n\nif __name__ == "__main__":\n    main()\n'


@pytest.mark.parametrize(
    ("path", "text", "rank"),
    [
        ("app.py", APP, "convention"),
        ("manage.py", GUARDED, "convention"),
        ("alembic/env.py", "run()\n", "tool"),
        ("migrations/0001_first.py", "X = 1\n", "tool"),
        ("examples/one.py", "X = 1\n", "script"),
        ("vendor/one.py", "X = 1\n", "tool"),
        ("jobs/hook.py", "def handler(event, context):\n    return 1\n", "convention"),
        ("jobs/once.py", GUARDED, "script"),
        ("jobs/plain.py", "one()\ntwo()\nthree()\n", "script"),
        ("jobs/setup_logging.py", "one()\n", None),
        ("cmd/app/main.go", GO, "installed"),
        ("examples/app/main.go", GO, "script"),
        ("vendor/app/main.go", GO, "tool"),
        ("cmd/app/other.go", "package main\n\nfunc other() {}\n", None),
        ("web/vite.config.ts", "export default {};\n", "script"),
        ("examples/web/one.ts", "export default {};\n", "script"),
    ],
)
def test_by_name_place_and_content(path: str, text: str, rank: str | None) -> None:
    files = {path: text, "Dockerfile": "FROM scratch\n", "web/package.json": "{}", "go.mod": "module shop\n"}
    points = snapshot(files).derived(EntryPoints).points
    folder = path.rpartition("/")[0]
    found = {point.rank.name.lower() for point in points if point.target in (path, folder)}
    assert found == ({rank} if rank else set())


PACKAGE = '{"name": "shop", "bin": "./bin/shop.js", "main": "./lib/index.js", "scripts": {"start": "node server/run.js", "lint": "eslint src"}}'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"package.json": PACKAGE, "bin/shop.js": "run();\n", "lib/index.js": "run();\n", "server/run.js": "run();\n"},
            {"bin of shop": "bin/shop.js", "main of shop": "lib/index.js", "npm run start": "server/run.js"},
            id="a package's files and scripts",
        ),
        pytest.param({"package.json": PACKAGE}, {}, id="a package whose files are made elsewhere"),
        pytest.param(
            {"pyproject.toml": PROJECT % '[project.scripts]\nshop = "shop.cli:main"\ngone = "shop.gone:main"', "shop/__init__.py": "", "shop/cli.py": "def main():\n    pass\n"},
            {"shop = shop.cli:main": "shop/cli.py"},
            id="a project's commands",
        ),
    ],
)  # fmt: skip
def test_by_manifest(files: dict[str, str], expected: dict[str, str]) -> None:
    points = snapshot(files).derived(EntryPoints).points
    declared = ("bin of", "main of", "npm run", "shop =", "gone =")
    assert {p.form: p.target for p in points if p.form.startswith(declared)} == expected


IMAGE = "FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\n%s\n"
NODE = "FROM node:22\nWORKDIR /app\nCOPY . .\n%s\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile": IMAGE % "CMD python -m shop", "shop/__main__.py": "run()\n", "shop/__init__.py": ""}, ["shop/__main__.py"], id="a package's main"),
        pytest.param({"Procfile": "web: python -m shop\n", "shop/__main__.py": "run()\n", "shop/__init__.py": ""}, ["shop/__init__.py", "shop/__main__.py"], id="the same without an image"),
        pytest.param({"Procfile": "web: python -m shop.gone\n", "shop/__init__.py": ""}, [], id="a module that is not there"),
        pytest.param({"Dockerfile": IMAGE % "CMD python -m gone", "shop/__init__.py": ""}, [], id="nor in an image"),
        pytest.param({"Procfile": "web: ./run.sh\n", "run.sh": "python serve.py\n", "serve.py": "run()\n"}, ["run.sh", "serve.py"], id="behind a script"),
        pytest.param({"Procfile": "web: ./run.sh\n", "run.sh": "./run.sh\n"}, ["run.sh"], id="a script that starts itself"),
        pytest.param({"Procfile": "web: ./gone.sh\n", "run.sh": "python serve.py\n"}, [], id="a script that is not there"),
        pytest.param({"Procfile": "web: npm run serve\n", "package.json": '{"scripts": {"serve": "node run.js"}}', "run.js": "run();\n"}, ["run.js"], id="a package's script"),
        pytest.param({"Procfile": "web: npm run gone\n", "package.json": "{}"}, [], id="a script that the package hasn't"),
        pytest.param({"Dockerfile": NODE % "CMD node dist/run.js", "package.json": "{}", "src/run.ts": "run();\n"}, ["src/run.ts"], id="what is compiled"),
        pytest.param({"Dockerfile": NODE % "CMD node dist/run.js", "src/run.ts": "run();\n"}, [], id="without a package nothing is compiled"),
        pytest.param(
            {"Dockerfile": NODE % "CMD node out/run.js", "tsconfig.json": '{"compilerOptions": {"outDir": "out", "rootDir": "code"}}', "code/run.ts": "run();\n"},
            ["code/run.ts"],
            id="compiled into another folder",
        ),
        pytest.param(
            {"Dockerfile": "FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/app ./cmd/app && go build -o /bin/job ./cmd/job/main.go\nCMD /bin/job\n",
             "cmd/app/main.go": GO, "cmd/job/main.go": GO, "cmd/job/more.go": "package main\n\nfunc more() {}\n"},
            ["cmd/job"],
            id="a program that the image builds",
        ),
        pytest.param({"Dockerfile": "FROM golang:1.23\nRUN go build -o /bin/app ./cmd/gone\nCMD /bin/app\n", "cmd/app/main.go": GO}, [], id="a program that is not there"),
        pytest.param(
            {"Dockerfile": IMAGE % "CMD shop", "pyproject.toml": PROJECT % '[project.scripts]\nshop = "shop.cli:main"\nother = "shop.cli:other"', "shop/__init__.py": "", "shop/cli.py": "def main():\n    pass\n"},
            ["shop/cli.py"],
            id="a project's command",
        ),
        pytest.param({"Dockerfile": IMAGE % "CMD shop", "pyproject.toml": PROJECT % '[project.scripts]\nshop = "gone.cli:main"', "shop/__init__.py": ""}, [], id="a command that leads nowhere"),
    ],
)  # fmt: skip
def test_by_what_starts_it(files: dict[str, str], expected: list[str]) -> None:
    points = snapshot(files).derived(EntryPoints).points
    assert sorted({p.target for p in points if p.rank.name in ("DEPLOYED", "IMAGE")}) == expected


SCRIPT = "from shop import core\n\ncore.run()\n"
TREE = {"shop/__init__.py": "", "shop/core.py": "def run():\n    pass\n", "jobs/nightly.py": SCRIPT}


@pytest.mark.parametrize(
    ("image", "script", "expected"),
    [
        pytest.param("CMD python jobs/nightly.py", SCRIPT, 1, id="its folder is what is searched"),
        pytest.param("CMD python -m jobs.nightly", SCRIPT, 0, id="as a module the working folder is"),
        pytest.param(
            "RUN pip install .\nCMD python jobs/nightly.py", SCRIPT, 0, id="the project is installed"
        ),
        pytest.param(
            "ENV PYTHONPATH=/app\nCMD python jobs/nightly.py", SCRIPT, 0, id="the environment says where"
        ),
        pytest.param(
            "CMD python jobs/nightly.py",
            'import sys\n\nsys.path.insert(0, ".")\n' + SCRIPT,
            0,
            id="the script says where",
        ),
        pytest.param(
            "CMD python jobs/nightly.py", "import json\nfrom . import core\n", 0, id="nothing of this tree"
        ),
        pytest.param("CMD python jobs/gone.py", SCRIPT, 0, id="no such script"),
        pytest.param("CMD node jobs/nightly.py", SCRIPT, 0, id="no Python"),
    ],
)
def test_scripts_that_cannot_import(image: str, script: str, expected: int) -> None:
    files = {**TREE, "Dockerfile": IMAGE % image, "jobs/nightly.py": script}
    assert len(snapshot(files).derived(ScriptStarts).broken) == expected


def test_a_script_that_cannot_be_read_is_not_judged() -> None:
    files: dict[str, str | bytes] = {**TREE, "Dockerfile": IMAGE % "CMD python jobs/nightly.py"}
    files["jobs/nightly.py"] = b"\0"
    assert not snapshot(files).derived(ScriptStarts).broken


def test_a_package_named_as_a_standard_module() -> None:
    files = {
        "queue/__init__.py": "",
        "queue/jobs.py": "X = 1\n",
        "app.py": "import queue.jobs\n",
        "json/readme.md": "# x",
    }
    assert [shadow.name for shadow in snapshot(files).derived(Shadows).shadows] == ["queue"]
