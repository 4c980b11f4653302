"""What command lines of images, manifests and platforms start: followed to files of the tree."""

from __future__ import annotations

import pytest

from checks.derived.entry_point import Rank
from checks.derived.entry_points import EntryPoints
from tests.checks.trees import Files, snapshot

CODE = "def made():\n    return 1\n"
MAIN = "package main\n\nfunc main() {}\n"


def started(files: Files) -> set[str]:
    points = snapshot(files).derived(EntryPoints).by_rank
    return {point.target for rank in (Rank.DEPLOYED, Rank.IMAGE) for point in points.get(rank, ())}


@pytest.mark.parametrize(
    ("command", "files", "expected"),
    [
        pytest.param("./a.sh", {"a.sh": "exec ./b.sh\n", "b.sh": "exec ./a.sh\n"}, {"a.sh", "b.sh"}, id="scripts that start each other"),
        pytest.param("python -m shop", {"shop/__init__.py": "", "shop/__main__.py": CODE}, {"shop/__init__.py", "shop/__main__.py"}, id="a package with a main module"),
        pytest.param("python -m src_shop", {"src/src_shop/__init__.py": ""}, {"src/src_shop/__init__.py"}, id="a package in the source folder"),
        pytest.param("python -m gone", {"shop/__init__.py": ""}, set(), id="a module of others"),
        pytest.param("python -m shop.gone", {"shop/__init__.py": ""}, set(), id="a module that isn't there"),
        pytest.param("python -m deep.part", {"web/pyproject.toml": '[project]\nname = "deep"\n', "web/deep/part.py": CODE, "web/deep/__init__.py": ""}, {"web/deep/part.py"}, id="a module of a project elsewhere"),
        pytest.param("npm start", {"package.json": '{"scripts": {"start": "node a.js"}}', "a.js": "go()\n"}, {"a.js"}, id="a script of the package"),
        pytest.param("npm start", {"package.json": "{}"}, set(), id="a script that the package doesn't have"),
        pytest.param("node dist/a.js", {"a.ts": "go()\n"}, set(), id="a built file of no package"),
        pytest.param("node dist/a.js", {"package.json": "{}", "src/a.ts": "go()\n"}, {"src/a.ts"}, id="a built file"),
        pytest.param("shop --port 1", {"pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nother = "shop.other:main"\nshop = "shop.cli:main"\n', "shop/__init__.py": "", "shop/cli.py": CODE}, {"shop/cli.py"}, id="an installed command"),
        pytest.param("shop", {"pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nshop = "gone.cli:main"\n'}, set(), id="an installed command of a module that isn't there"),
    ],
)  # fmt: skip
def test_a_process_of_a_platform(command: str, files: Files, expected: set[str]) -> None:
    assert started({"Procfile": f"web: {command}\n", **files}) == expected


IMAGE = "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /bin/shop ./cmd/shop && go build -o /bin/gone ./cmd/gone\nFROM scratch\nCOPY --from=build /bin/ /bin/\n%s\n"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param('ENTRYPOINT ["/bin/shop"]', {"cmd/shop"}, id="by its path"),
        pytest.param('ENTRYPOINT ["shop"]', {"cmd/shop"}, id="by its name"),
        pytest.param('ENTRYPOINT ["/bin/gone"]', set(), id="a program that isn't there"),
        pytest.param('ENTRYPOINT ["/bin/other"]', set(), id="a program of others"),
    ],
)
def test_programs_that_an_image_builds(start: str, expected: set[str]) -> None:
    files = {
        "go.mod": "module example.org/a\n\ngo 1.24\n",
        "cmd/shop/main.go": MAIN,
        "Dockerfile": IMAGE % start,
    }
    assert started(files) == expected


@pytest.mark.parametrize(
    ("lines", "files", "expected"),
    [
        pytest.param("COPY shop shop\n", {"shop/__main__.py": CODE}, {"shop/__main__.py"}, id="where it is copied"),
        pytest.param("COPY other other\n", {"shop/__main__.py": CODE, "other/x.py": CODE}, {"shop/__main__.py"}, id="not copied, but there"),
        pytest.param("ENV PYTHONPATH=/app/lib\nCOPY lib lib\n", {"lib/shop.py": CODE}, {"lib/shop.py"}, id="on the search path"),
        pytest.param("COPY web web\n", {"web/inner/shop/__init__.py": ""}, set(), id="in a folder that nothing searches"),
    ],
)  # fmt: skip
def test_a_module_that_an_image_runs(lines: str, files: Files, expected: set[str]) -> None:
    image = f"FROM python:3.12\nWORKDIR /app\n{lines}CMD python -m shop\n"
    assert started({"Dockerfile": image, **files}) == expected


def test_a_service_has_its_own_folder() -> None:
    files = {
        "web/Dockerfile": "FROM python:3.12\nCOPY . /srv\nCMD python -m shop\n",
        "web/inner/shop/__init__.py": "",
    }
    assert started(files) == {"web/inner/shop/__init__.py"}
