"""How much an error weighs that nobody hears of."""

from __future__ import annotations

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


def test_what_gives_no_error_back() -> None:
    go = 'package a\n\nimport "context"\n\nfunc f(ctx context.Context) {\n\t_ = context.%s(ctx, stop)\n}\n'
    assert said(CHECK, {"a.go": go % "AfterFunc"}) is Outcome.PASSED
    assert said(CHECK, {"a.go": go % "Charge"}) == ["errors in f"]
