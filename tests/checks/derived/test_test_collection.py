"""What keeps pytest from collecting a test, and what doesn't."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.derived.tests.test_collection import TestCollection
from tests.checks.trees import snapshot
from tests.checks.verdicts import said

CHECK = "test-cannot-be-collected"
SOURCE = {"core/__init__.py": "", "core/bill.py": "def charge(): ...\n"}
TEST = "from core.bill import charge\n\n\ndef test_charge():\n    assert charge() is None\n"
SHADOWED = {**SOURCE, "tests/core/__init__.py": "", "tests/core/test_bill.py": TEST}
CHAIN = {
    "pyproject.toml": '[project]\nname = "core"\n',
    "core/__init__.py": "",
    "core/bill.py": "from core import words\nfrom core.gone import x\n",
    "core/words.py": "from core import bill\n",
    "tests/test_bill.py": "from core import words\n",
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(SHADOWED, ["core"], id="the package in the way"),
        pytest.param({**SHADOWED, "tests/__init__.py": ""}, Outcome.PASSED, id="a package all the way up"),
        pytest.param(
            {**SHADOWED, "pytest.ini": "[pytest]\naddopts = --import-mode=importlib\n"}, Outcome.PASSED, id="importlib"
        ),
        pytest.param({**SHADOWED, "pytest.ini": "[pytest]\ntestpaths = tests\n"}, ["core"], id="other settings"),
        pytest.param(
            {**SOURCE, "tests/core/__init__.py": "", "tests/core/test_bill.py": "from .kit import x\nimport os\n", "tests/core/kit.py": ""},
            Outcome.PASSED, id="imports of its own",
        ),
        pytest.param(
            {**SHADOWED, "tests/core/test_bill.py": "def test_a():\n    from core.bill import charge\n"},
            Outcome.PASSED, id="an import while it runs",
        ),
        pytest.param(
            {"core.py": "x = 1\n", "tests/core/__init__.py": "", "tests/core/test_a.py": "from core import x\n"}, ["core"], id="a module"
        ),
        pytest.param(CHAIN, ["core.gone"], id="a chain that breaks"),
        pytest.param(
            {**CHAIN, "core/bill.py": "def f():\n    from core.gone import x\n"}, Outcome.PASSED, id="an import that may never happen"
        ),
        pytest.param(
            {**CHAIN, "core/words.py": "def f():\n    from core import bill\n"}, Outcome.PASSED, id="a chain that isn't loaded at once"
        ),
    ],
)  # fmt: skip
def test_collection(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_knows_which_files_never_run() -> None:
    """Those of both kinds."""
    found = snapshot({**SHADOWED, **CHAIN}).derived(TestCollection)
    assert found.uncollectable == {"tests/core/test_bill.py", "tests/test_bill.py"}


REQUIRES = {"requirements.txt": "pytest\npytest-mock\n"}
USE = "def test_a(box):\n    assert box\n"
BOX = "import pytest\n\n\n@pytest.fixture\ndef box():\n    return 1\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"tests/test_a.py": USE}, ["box"], id="defined nowhere"),
        pytest.param({"tests/test_a.py": USE, "tests/unit/conftest.py": BOX}, ["box"], id="defined below"),
        pytest.param({"tests/test_a.py": USE, "tests/test_b.py": BOX}, ["box"], id="defined beside"),
        pytest.param({"tests/test_a.py": USE, "conftest.py": BOX}, Outcome.PASSED, id="defined above"),
        pytest.param({"tests/test_a.py": BOX + USE}, Outcome.PASSED, id="in the file"),
        pytest.param(
            {"tests/test_a.py": "from tests.kit import box\n" + USE, "tests/kit.py": BOX, "tests/__init__.py": ""}, Outcome.PASSED, id="imported"
        ),
        pytest.param(
            {"tests/test_a.py": "@pytest.fixture(name='box')\ndef make():\n    return 1\n\n\n" + USE}, Outcome.PASSED, id="by another name"
        ),
        pytest.param({"tests/test_a.py": USE.replace("box", "mocker")}, Outcome.PASSED, id="of a plugin"),
        pytest.param({"tests/test_a.py": USE, "requirements.txt": "pytest\npytest-odd\n"}, Outcome.PASSED, id="a plugin that isn't known"),
        pytest.param({"tests/test_a.py": USE, "requirements.txt": "pytest\ndjango\n"}, Outcome.PASSED, id="a framework's plugin"),
        pytest.param({"tests/test_a.py": USE, "requirements.txt": "six\n"}, Outcome.PASSED, id="plugins are not declared"),
        pytest.param({"tests/test_a.py": USE, "conftest.py": "pytest_plugins = ['kit']\n"}, Outcome.PASSED, id="plugins are loaded"),
        pytest.param({"tests/test_a.py": USE, "conftest.py": "def pytest_generate_tests(m):\n    pass\n"}, Outcome.PASSED, id="a hook fills it"),
        pytest.param({"tests/test_a.py": USE, "conftest.py": "def f(:\n"}, Outcome.PASSED, id="a conftest that can't be read"),
        pytest.param({"tests/test_a.py": "box = make_fixture()\nother = some.fixture()\n" + USE}, Outcome.PASSED, id="made by a call"),
        pytest.param({"tests/test_a.py": "from kit import *\n" + USE}, Outcome.PASSED, id="a star of a stranger"),
        pytest.param({"tests/test_a.py": "from unittest.mock import patch\n@patch('x.y')\n" + USE}, Outcome.PASSED, id="a decorator fills it"),
        pytest.param({"tests/test_a.py": "@pytest.mark.parametrize('box', [1])\n" + USE}, Outcome.PASSED, id="a parameter"),
        pytest.param({"tests/test_a.py": "@pytest.mark.parametrize(('box', 'b'), [1])\n" + USE}, Outcome.PASSED, id="parameters"),
        pytest.param({"tests/test_a.py": "@pytest.mark.parametrize(NAMES, [1])\n" + USE}, Outcome.PASSED, id="computed parameters"),
        pytest.param({"tests/test_a.py": "@pytest.mark.parametrize([A], [1])\n" + USE}, Outcome.PASSED, id="a computed name"),
        pytest.param({"tests/test_a.py": "@pytest.mark.parametrize()\n" + USE}, Outcome.PASSED, id="no names"),
        pytest.param({"tests/test_a.py": "@pytest.mark.slow\n" + USE}, ["box"], id="a mark"),
        pytest.param({"tests/test_a.py": "def test_a(*, box=1, **rest):\n    assert box\n"}, Outcome.PASSED, id="any keyword"),
        pytest.param({"tests/test_a.py": "def test_a(box=1):\n    assert box\n"}, Outcome.PASSED, id="a default"),
        pytest.param(
            {"tests/test_a.py": "class TestA(Base):\n    def test_a(self, box):\n        assert box\n"}, Outcome.PASSED, id="a base class's"
        ),
        pytest.param(
            {"tests/test_a.py": "class TestA(object):\n    def test_a(self, *, box):\n        assert box\n"}, ["box"], id="a class without"
        ),
        pytest.param({"tests/test_a.py": "@pytest.mark.skip\n" + USE}, Outcome.PASSED, id="skipped"),
        pytest.param(
            {"tests/test_a.py": USE, "pyproject.toml": '[project]\nname = "x"\n[project.entry-points.pytest11]\nx = "x"\n'},
            Outcome.PASSED, id="the tree is a plugin",
        ),
    ],
)  # fmt: skip
def test_fixtures(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(CHECK, {**REQUIRES, **files}) == expected
