"""Imports of what the image of the importing file is not built from."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CHECK = "import-resolves-to-no-module"
IMAGE = 'FROM python:3.12\nCOPY . .\nCMD ["python", "main.py"]\n'
TREE: Files = {
    "docker-compose.yml": "services:\n  shop:\n    build: ./shop\n  db:\n    image: postgres\n  far:\n    build: https://example.com/far.git\n",
    "shop/Dockerfile": IMAGE,
    "shop/main.py": "from tokens import make\n\nmake()\n",
    "libs/tokens/pyproject.toml": '[project]\nname = "tokens"\nversion = "1"\n',
    "libs/tokens/tokens/__init__.py": "def make():\n    return 1\n",
}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, ["tokens"], id="outside"),
        pytest.param({"shop/pay.py": "import tokens.keys\n"}, ["tokens"], id="two files, one cause"),
        pytest.param(
            {"shop/a.ts": 'import "./b";\n', "shop/b.ts": "export const b = 1;\n"},
            ["tokens"],
            id="only Python is judged",
        ),
        pytest.param(
            {
                "Dockerfile": IMAGE,
                "docker-compose.yml": "services:\n  shop:\n    build: ./shop\n  all:\n    build: .\n",
            },
            Outcome.PASSED,
            id="another image holds both",
        ),
        pytest.param(
            {"docker-compose.yml": "services:\n  a:\n    build: ./other\n"},
            Outcome.PASSED,
            id="nothing says from where it is built",
        ),
        pytest.param(
            {"shop/main.py": "try:\n    from tokens import make\nexcept ImportError:\n    make = None\n"},
            Outcome.PASSED,
            id="survived",
        ),
        pytest.param(
            {
                "docker-compose.yml": "services:\n  shop:\n    build: ./shop\n    volumes:\n      - ./libs:/libs\n      - data:/data\n"
            },
            Outcome.PASSED,
            id="mounted",
        ),
        pytest.param(
            {
                "shop/main.py": "print(1)\n",
                "shop/tests/test_a.py": "from tokens import make\n\n\ndef test():\n    assert make()\n",
            },
            Outcome.PASSED,
            id="by a test",
        ),
        pytest.param(
            {"tools/a.py": "print(1)\n", "bank/b.py": "import tokens\n"},
            ["tokens"],
            id="a file of no image is no matter",
        ),
    ],
)
def test_left_out(more: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, {**TREE, **more}) == expected
