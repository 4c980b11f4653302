"""The Python that is promised or installed, against the one that the syntax needs."""

from __future__ import annotations

import pytest

from checks.derived.wiring.python_floors import PythonFloors
from checks.facts.python_source import PythonSource
from tests.checks.trees import Files, snapshot

PROJECT = '[project]\nname = "shop"\nversion = "1"\nrequires-python = "%s"\n'
MATCH = "match x:\n    case 1:\n        pass\n"
GUARDED = "try:\n    from shop.fast import run\nexcept ImportError:\n    run = None\n"
IMAGE = 'FROM python:3.9-slim\nCOPY . .\nCMD ["python", "main.py"]\n'


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (MATCH, (3, 10)),
        ("match = 4\nprint(match(type))\n", None),
        ("try:\n    pass\nexcept* ValueError:\n    pass\n", (3, 11)),
        ("try:\n    pass\nexcept ValueError:\n    pass\n", None),
        ("type X = int\n", (3, 12)),
        ("type X[T] = list[T]\n", (3, 12)),
        ("type(x).y = 3\n", None),
        ("def f[T](x: T):\n    pass\n", (3, 12)),
        ("class A[T]:\n    pass\n", (3, 12)),
        ('f"{x["a"]}"\n', (3, 12)),
        ("f'{x[\"a\"]}'\n", None),
        ('f"""{x["a"]}"""\n', None),
        ("f\"{'\\n'.join(x)}\"\n", (3, 12)),
        ('f"\\n{x:\\n}" "\\n"\n', None),
        ("with (open(a) as b, open(c) as d):\n    pass\n", (3, 9)),
        ("with (open(a)) as b:\n    pass\n", None),
        ("with (a, b):\n    pass\n", None),
        (MATCH + "type X = int\ntype Y = int\n", (3, 12)),
    ],
)
def test_the_version_that_syntax_needs(text: str, version: tuple[int, int] | None) -> None:
    needs = PythonSource.extract(text).needs
    assert (needs[-1].version if needs else None) == version


@pytest.mark.parametrize(
    ("files", "newer"),
    [
        ({"pyproject.toml": PROJECT % ">=3.9", "shop/a.py": MATCH}, ["shop/a.py"]),
        ({"pyproject.toml": PROJECT % ">=3.10,<4", "shop/a.py": MATCH}, []),
        ({"pyproject.toml": PROJECT % "<4", "shop/a.py": MATCH}, []),
        ({"pyproject.toml": '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3.9"\n', "a.py": MATCH}, ["a.py"]),
        ({"setup.cfg": "[options]\npython_requires = >=3.8\n", "shop/a.py": MATCH}, ["shop/a.py"]),
        ({"setup.cfg": "[options]\n", "shop/a.py": MATCH}, []),
        ({"setup.py": "setup(python_requires='~=3.8')\n", "shop/a.py": MATCH}, ["shop/a.py"]),
        # the nearest counts
        ({"pyproject.toml": PROJECT % ">=3.9", "new/pyproject.toml": PROJECT % ">=3.12", "new/a.py": MATCH}, []),
        # what nothing imports there: tests, stubs, files for one version, files that may be absent
        ({"pyproject.toml": PROJECT % ">=3.9", "tests/test_a.py": MATCH}, []),
        ({"pyproject.toml": PROJECT % ">=3.9", "shop/a.pyi": MATCH}, []),
        ({"pyproject.toml": PROJECT % ">=3.9", "shop/_py310.py": MATCH}, []),
        ({"pyproject.toml": PROJECT % ">=3.9", "shop/fast.py": MATCH, "shop/a.py": GUARDED}, []),
        ({"Dockerfile": IMAGE, "main.py": MATCH}, ["main.py"]),
        ({"Dockerfile": IMAGE, "main.py": "", "other.py": MATCH}, []),
        ({"Dockerfile": IMAGE.replace("3.9-slim", "3.12"), "main.py": MATCH}, []),
        ({"Dockerfile": "FROM debian\n", "main.py": MATCH}, []),
        ({"Dockerfile": "# nothing\n", "main.py": MATCH}, []),
        ({"main.py": MATCH}, []),
        # what is not Python at all needs no version of it
        ({"pyproject.toml": PROJECT % ">=3.9", "shop/a.py": MATCH + "def f(:\n"}, []),
    ],
)  # fmt: skip
def test_files_that_need_more_than_their_floor(files: Files, newer: list[str]) -> None:
    assert [item.path for item in snapshot(files).derived(PythonFloors).newer] == newer
