"""What a Python test swallows, waits for and needs."""

from __future__ import annotations

import pytest

from checks.facts.python_tests import PythonTests

TRY = "def test_a():\n    try:\n        {body}\n    except {caught}:\n        {handler}\n"


@pytest.mark.parametrize(
    ("caught", "body", "handler", "expected"),
    [
        ("Exception", "assert pay()", "pass", ["except Exception: nothing"]),
        ("Exception", "pay()", "pass", []),
        ("Exception", "pay()", 'pytest.skip("no")', ["except Exception: skip"]),
        ("Exception", "pay()", "return", []),
        ("AssertionError", "assert pay()", 'print("no")\n        return', ["except AssertionError: nothing"]),
        ("Exception", "pay()", "sys.exit(0)", ["except Exception: skip"]),
        ("Exception", "pay()", "sys.exit(1)", []),
        ("Exception", "pay()", "sys.exit()", []),
        ("Exception", "assert pay()", "repair()", []),
        ("Exception", "assert pay()", "raise", []),
        ("Exception", "assert pay()", "return 1 + 2", []),
        ("ImportError", "pay()", 'pytest.skip("no")', []),
        ("(OSError, ValueError)", "pay()", 'pytest.skip("no")', []),
    ],
)
def test_swallowed(caught: str, body: str, handler: str, expected: list[str]) -> None:
    found = PythonTests.extract(TRY.format(caught=caught, body=body, handler=handler)).tests[0]
    assert [how for how, _ in found.swallowed] == expected


def test_a_bare_except_swallows_too() -> None:
    text = TRY.format(caught="", body="assert pay()", handler="...").replace("except :", "except:")
    assert PythonTests.extract(text).tests[0].swallowed == (("except: nothing", 4),)


def test_sleeps_of_a_fixed_length() -> None:
    text = "async def test_a():\n    time.sleep(2)\n    await asyncio.sleep(0.5)\n    time.sleep(True)\n    time.sleep(wait)\n    nap()\n"
    assert PythonTests.extract(text).tests[0].sleeps == ((2.0, 2), (0.5, 3))
