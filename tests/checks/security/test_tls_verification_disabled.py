"""Who stands between the two sides, and who looks at the certificate in another way."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of

GO = """package main

import "crypto/tls"

func check() error {
	client := dial(&tls.Config{InsecureSkipVerify: true})
	return client.Get(%s)
}
"""


CHOSEN = """package main

import "crypto/tls"

func connect(%s) *tls.Config {
	if %s {
		return &tls.Config{InsecureSkipVerify: true}
	}
	return nil
}
"""


@pytest.mark.parametrize(
    ("parameter", "condition", "count"),
    [
        pytest.param("insecure ...bool", "len(insecure) == 1", 0, id="a parameter"),
        pytest.param("cfg Config", "cfg.BusSkipVerify", 0, id="a setting"),
        pytest.param("cfg Config", "cfg.Bus", 1, id="something else"),
    ],
)
def test_choice(parameter: str, condition: str, count: int) -> None:
    """Whoever asks for it knows."""
    gaps = result_of("tls-verification-disabled", {"main.go": CHOSEN % (parameter, condition)}).gaps
    assert len(gaps) == count


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param("address", [Severity.HIGH], id="anybody"),
        pytest.param('"https://localhost:3001"', [Severity.MEDIUM], id="its own machine"),
        pytest.param('"localhost.example.com"', [Severity.HIGH], id="a name that only begins so"),
        pytest.param("state.PeerCertificates[0].NotAfter", [], id="it reads the certificate itself"),
    ],
)
def test_other_side(target: str, expected: list[Severity]) -> None:
    result = result_of("tls-verification-disabled", {"main.go": GO % target})
    assert [gap.severity for gap in result.gaps] == expected
    assert expected or result.outcome is Outcome.PASSED
