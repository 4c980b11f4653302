"""What may start: by manifests, by frameworks' places, by hand; how surely each ships."""

from __future__ import annotations

import pytest

from checks.derived.entry_points import EntryPoints
from tests.checks.trees import Files, snapshot

CODE = "def made():\n    return 1\n"
GO = {"go.mod": "module example.org/a\n\ngo 1.24\n"}
MAIN = "package main\n\nfunc main() {}\n"


def ranks(files: Files) -> dict[str, str]:
    """The surest rank of each file that starts something."""
    points = snapshot(files).derived(EntryPoints).points
    return {point.target: str(point.rank) for point in reversed(points)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"cmd/a/main.go": MAIN}, {"cmd/a": "installed command"}, id="a program"),
        pytest.param({"cmd/a/main.go": "package main\n\nfunc other() {}\n"}, {}, id="a file of a program without main"),
        pytest.param({"examples/a/main.go": MAIN}, {"examples/a/main.go": "script"}, id="an example"),
        pytest.param({"a/make.go": f"//go:build ignore\n\n{MAIN}"}, {"a/make.go": "tool"}, id="a file that builds ignore"),
        pytest.param({"a/a.go": "package a\n"}, {"a": "library"}, id="a public package"),
        pytest.param({"internal/a.go": "package a\n"}, {}, id="an internal package"),
        pytest.param({"a/a_test.go": "package a\n"}, {"a/a_test.go": "test"}, id="a test"),
    ],
)  # fmt: skip
def test_go(files: Files, expected: dict[str, str]) -> None:
    assert ranks({**GO, **files}) == expected


@pytest.mark.parametrize(
    ("manifest", "expected"),
    [
        pytest.param('{"name": "a", "bin": "bin/a.js"}', {"bin/a.js": "installed command"}, id="a command"),
        pytest.param('{"name": "a", "main": "lib/b.js"}', {"lib/b.ts": "library"}, id="a library"),
        pytest.param('{"name": "a", "main": "../b.js"}', {}, id="outside the package"),
        pytest.param('{"name": "a", "main": "dist/lib/b.js"}', {"lib/b.ts": "library"}, id="compiled from a folder"),
        pytest.param('{"name": "a", "main": "dist/esm/lib/b.d.ts"}', {"lib/b.ts": "library"}, id="compiled into deeper folders"),
        pytest.param('{"name": "a", "main": "dist/gone.js"}', {}, id="not there"),
        pytest.param('{"scripts": {"start": "node lib/b.js && node gone.js"}}', {"lib/b.ts": "convention only"}, id="started"),
        pytest.param('{"scripts": {"lint": "eslint . && node lib/b.js"}}', {"lib/b.ts": "script"}, id="a script of developers"),
        pytest.param("{}", {}, id="nothing"),
    ],
)  # fmt: skip
def test_node_packages(manifest: str, expected: dict[str, str]) -> None:
    files = {"package.json": manifest, "bin/a.js": "run()\n", "lib/b.ts": "export const b = 1\n"}
    assert ranks(files) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/main.ts", "convention only"),
        ("src/pages/home.tsx", "convention only"),
        ("src/other.ts", None),
        ("vite.config.ts", "script"),
        ("scripts/seed.ts", "script"),
        ("src/other.test.ts", "test"),
    ],
)
def test_javascript_by_its_place(path: str, expected: str | None) -> None:
    assert ranks({"package.json": "{}", path: "export const x = 1\n"}).get(path) == expected


def test_javascript_without_a_package_starts_anywhere() -> None:
    assert ranks({"web/x.js": "go()\n"}) == {"web/x.js": "convention only"}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("alembic/env.py", CODE, "tool", id="loaded by a tool"),
        pytest.param("app/migrations/0001_first.py", CODE, "tool", id="a migration"),
        pytest.param("scripts/seed.py", CODE, "script", id="a tool of developers"),
        pytest.param("vendor/it.py", CODE, "tool", id="someone else's"),
        pytest.param("app/wsgi.py", CODE, "convention only", id="by its name"),
        pytest.param("app/main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n", "convention only", id="an application"),
        pytest.param("app/other.py", "from fastapi import FastAPI\n\napp = FastAPI()\n", None, id="an application of another name"),
        pytest.param("app/on_event.py", "def handler(event, context):\n    return 1\n", "convention only", id="a serverless handler"),
        pytest.param("app/run_it.py", f'{CODE}\n\nif __name__ == "__main__":\n    made()\n', "script", id="run by hand"),
        pytest.param("app/top.py", "print(1)\nprint(2)\nprint(3)\n", "script", id="calls at the top"),
        pytest.param("app/part.py", CODE, None, id="a part"),
        pytest.param("app/part.pyi", "def made() -> int: ...\n", None, id="a stub"),
    ],
)  # fmt: skip
def test_python_by_place_and_content(path: str, text: str, expected: str | None) -> None:
    assert ranks({path: text}).get(path) == expected


PROJECT = '[project]\nname = "shop"\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"pyproject.toml": f'{PROJECT}[project.scripts]\nshop = "shop.cli:main"\ngone = "shop.gone:main"\n'}, {"shop/cli.py": "installed command"}, id="a command, and one whose module is gone"),
        pytest.param({"pyproject.toml": PROJECT}, {"shop/cli.py": "library"}, id="a library"),
        pytest.param({"pyproject.toml": PROJECT, "Dockerfile": "FROM python:3.12\n"}, {}, id="a service, since there is an image"),
        pytest.param({"pyproject.toml": f'{PROJECT}keywords = ["shop"]\n', "Dockerfile": "FROM python:3.12\n"}, {"shop/cli.py": "library"}, id="a library with an image"),
        pytest.param({"pyproject.toml": f'{PROJECT}[tool.setuptools]\npy-modules = ["one"]\n'}, {"one.py": "library"}, id="a single module"),
    ],
)  # fmt: skip
def test_python_projects(files: Files, expected: dict[str, str]) -> None:
    code = {"shop/__init__.py": "", "shop/cli.py": CODE, "shop/_inner.py": CODE, "one.py": CODE}
    found = ranks({**files, **code})
    assert {path: rank for path, rank in found.items() if path != "shop/__init__.py"} == expected
