"""Which tests are judged, and what a conftest lends them."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "test-imports-no-product-code"
PROJECT = '[project]\nname = "sample"\n'
TEST = "import math\n\n\ndef test_area():\n    assert math.pi > 3\n"


def test_a_sample_project_among_the_tests_is_not_judged() -> None:
    sample = {"test/packages/sample/pyproject.toml": PROJECT, "test/packages/sample/tests/test_area.py": TEST}
    assert said(CHECK, sample | {"shop.py": "X = 1\n"}) is Outcome.NOT_APPLICABLE
    assert said(CHECK, {"pyproject.toml": PROJECT, "shop.py": "X = 1\n", "tests/test_area.py": TEST}) == [
        "test_area.py"
    ]


def test_a_tool_beside_its_test_is_what_is_tested() -> None:
    files = {"pyproject.toml": PROJECT, "shop.py": "X = 1\n", "tests/area.py": "def area():\n    return 4\n"}
    assert said(CHECK, {**files, "tests/test_area.py": "from area import area\n" + TEST}) is Outcome.PASSED
    assert said(CHECK, {**files, "tests/test_size.py": "from area import area\n" + TEST}) == ["test_size.py"]


CLIENT = (
    "import pytest\n\n\n@pytest.fixture{}\ndef shop():\n    from app.main import shop\n\n    return shop\n"
)


@pytest.mark.parametrize(
    ("conftest", "test", "expected"),
    [
        (CLIENT.format(""), TEST, ["test_area.py"]),
        (CLIENT.format("(autouse=True)"), TEST, Outcome.PASSED),
        (CLIENT.format(""), "def test_area(shop):\n    assert shop.area() > 3\n", Outcome.PASSED),
        (CLIENT.format(""), f"import pytest\n\npytestmark = pytest.mark.usefixtures('shop')\n{TEST}", Outcome.PASSED),
        (CLIENT.format("") + "(", TEST, Outcome.PASSED),
    ],
)  # fmt: skip
def test_a_conftest_lends_what_is_asked_for(conftest: str, test: str, expected: list[str] | Outcome) -> None:
    files = {"pyproject.toml": PROJECT, "app/main.py": "def shop():\n    return 1\n", "tests/conftest.py": conftest, "tests/test_area.py": test}  # fmt: skip
    assert said(CHECK, files) == expected
