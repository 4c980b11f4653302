"""How much an error weighs that nobody hears of."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

CHECK = "error-swallowed"
SCRIPT = "export async function charge(order) {\n  try { await gateway.%s(order); } catch {}\n}\n"


def test_an_empty_catch_in_a_script_is_a_small_thing() -> None:
    (gap,) = result_of(CHECK, {"src/pay.js": SCRIPT % "charge"}).gaps
    assert gap.severity is Severity.LOW
    assert said(CHECK, {"src/pay.js": SCRIPT % "stat"}) is Outcome.PASSED
    python = (
        "def charge(order):\n    try:\n        gateway.charge(order)\n    except Exception:\n        pass\n"
    )
    (gap,) = result_of(CHECK, {"pay.py": python}).gaps
    assert gap.severity is Severity.MEDIUM


def test_what_is_suppressed_by_name_is_meant() -> None:
    python = "import contextlib\n\ndef f(order):\n    with contextlib.suppress(Exception):\n        charge(order)\n"
    assert said(CHECK, {"pay.py": python}) is Outcome.PASSED


def test_a_call_of_many_lines_is_what_was_tried() -> None:
    """A line of the log that can't be written is no loss, however long its call is."""
    call = f"{{}}(\n            'charged',\n{'            order=order,' + chr(10)}            at=now(),\n            by=who(),\n        )"
    python = "def charge(order):\n    try:\n        %s\n    except Exception:\n        pass\n"
    assert said(CHECK, {"pay.py": python % call.format("log_it")}) is Outcome.PASSED
    assert said(CHECK, {"pay.py": python % call.format("gateway.charge")}) == ["errors in charge"]


def test_what_gives_no_error_back() -> None:
    go = 'package a\n\nimport "context"\n\nfunc f(ctx context.Context) {\n\t_ = context.%s(ctx, stop)\n}\n'
    assert said(CHECK, {"a.go": go % "AfterFunc"}) is Outcome.PASSED
    assert said(CHECK, {"a.go": go % "Charge"}) == ["errors in f"]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("int", Outcome.PASSED),
        ("[]string", Outcome.PASSED),
        ("error", ["errors in f"]),
        ("(int, error)", ["errors in f"]),
        ("Failure", ["errors in f"]),
        ("", ["errors in f"]),
    ],
)
def test_what_a_function_of_the_package_gives_back(result: str, expected: list[str] | Outcome) -> None:
    """A number that is thrown away is no error."""
    other = f"package a\n\nfunc (s *Shop) count() {result} {{\n\twork()\n}}\n"
    assert (
        said(CHECK, {"a.go": "package a\n\nfunc f(s *Shop) {\n\t_ = s.count()\n}\n", "b.go": other})
        == expected
    )
