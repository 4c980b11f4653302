"""A note in code that is known not to do what it promises says nothing new."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

NOTE = "    # TODO: call the bank\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(f"def refund(charge):\n{NOTE}    return bank.send(charge)\n", ["TODO call the bank"], id="it works"),
        pytest.param(f"def refund(charge):\n{NOTE}    raise NotImplementedError\n", Outcome.PASSED, id="a stub"),
        pytest.param(
            f"def refund(charge):\n{NOTE}    # For now, simple implementation\n    return {{'success': True}}\n",
            Outcome.PASSED, id="a stub that succeeds",
        ),
        pytest.param(
            "def refund(charge):\n    if charge.old:\n        work(charge)\n" + NOTE * 1
            + "        raise NotImplementedError('old charges are not implemented yet')\n    return bank.send(charge)\n",
            Outcome.PASSED, id="a branch that refuses",
        ),
        pytest.param(
            f"def refund(charge):\n    return bank.send(charge)\n{'# more' + chr(10)}{chr(10) * 9}{NOTE}def other():\n    raise NotImplementedError\n",
            Outcome.PASSED, id="right above a stub",
        ),
        pytest.param(
            f"{NOTE}\n\n\n\n\n\n\ndef other():\n    raise NotImplementedError\n", ["TODO call the bank"], id="far above a stub",
        ),
    ],
)  # fmt: skip
def test_notes(code: str, expected: list[str] | Outcome) -> None:
    assert said("todo-in-shipped-code", {"shop/pay.py": code}) == expected
