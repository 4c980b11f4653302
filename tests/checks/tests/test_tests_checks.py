"""Tests beyond the pages' examples: which of them are judged, and which can't be."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

PRODUCT = {"app/__init__.py": "", "app/billing.py": "def charge(amount):\n    return amount * 2\n"}
IMPORT = "from app.billing import charge\n\n\n"
SKIPPED = 'import pytest\n\npytestmark = pytest.mark.skip(reason="flaky")\n\n\ndef test_charge():\n    assert True\n'
ALONE = "from unittest.mock import Mock\n\n\ndef test_charge():\n    charge = Mock()\n    charge(2)\n"


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "test-asserts-nothing",
            {**PRODUCT, "tests/test_billing.py": IMPORT + "def test_sum_is_doubled():\n    charge(2)\n"},
            ["test_sum_is_doubled"],
            id="the product runs and nothing is checked",
        ),
        pytest.param(
            "test-asserts-nothing",
            {**PRODUCT, "tests/test_billing.py": ALONE},
            Outcome.PASSED,
            id="without the product it is another gap",
        ),
        pytest.param(
            "test-asserts-nothing",
            {**PRODUCT, "tests/test_billing.py": IMPORT + "def test_sum_is_doubled():\n    pass\n"},
            Outcome.PASSED,
            id="an empty test calls nothing",
        ),
        pytest.param(
            "test-imports-no-product-code",
            {**PRODUCT, "tests/test_billing.py": ALONE},
            ["test_billing.py"],
            id="a mock is all that is tested",
        ),
        pytest.param(
            "test-imports-no-product-code",
            {
                **PRODUCT,
                "libraries/pay-core/README.md": "# pay",
                "tests/test_billing.py": "import pay_core\n\n\ndef test_charge():\n    assert pay_core.charge(2) == 4\n",
            },
            Outcome.PASSED,
            id="an import may mean a folder of this tree",
        ),
        pytest.param(
            "tests-unconditionally-skipped",
            {"tests/test_billing.py": SKIPPED},
            ["test_billing.py"],
            id="a whole file that never runs",
        ),
        pytest.param(
            "tests-unconditionally-skipped",
            {
                "e2e/a.spec.ts": "test('a', () => { if (!chat) test.skip(true, 'no chat'); });\ntest.skip('b', () => {});\n"
            },
            ["b"],
            id="a condition of the runner is none of the test",
        ),
        pytest.param(
            "tests-unconditionally-skipped",
            {"app/test_kit.py": SKIPPED, "examples/test_shop.py": SKIPPED},
            ["test_kit.py"],
            id="an example's test is not this repository's",
        ),
    ],
)
def test_tests(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected


PAY = "package pay\n\nfunc Open() error {\n\treturn nil\n}\n"
OPEN = 'package pay\n\nimport "testing"\n\nfunc TestOpen(t *testing.T) {\n\terr := Open()\n\tif err != nil {\n\t\tt.Skip("no")\n\t}\n}\n'


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "test-skips-on-failure",
            {"pay/pay.go": PAY, "pay/pay_test.go": OPEN},
            ["TestOpen"],
            id="the subject fails",
        ),
        pytest.param(
            "test-skips-on-failure",
            {"pay/pay.go": PAY, "pay/pay_test.go": OPEN.replace("Open()", "docker.Open()")},
            Outcome.PASSED,
            id="the environment fails",
        ),
        pytest.param(
            "tests-unconditionally-skipped",
            {"src/pay.test.ts": 'it.skip("pays", () => {});\nit.skip(() => {});\nit("works", () => {});\n'},
            ["pays"],
            id="a script's test",
        ),
        pytest.param(
            "tests-unconditionally-skipped",
            {"examples/pay.test.ts": 'it.skip("pays", () => {});\n', "src/pay.test.ts": ""},
            Outcome.PASSED,
            id="an example's script",
        ),
        pytest.param(
            "tests-unconditionally-skipped",
            {"pay/pay_test.go": OPEN},
            Outcome.PASSED,
            id="skipped on a condition",
        ),
    ],
)
def test_skips(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected
