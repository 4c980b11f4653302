"""Unfinished code beyond the pages' examples: what is said on purpose is no gap."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from checks.derived.unfinished import Unfinished
from tests.checks.trees import snapshot
from tests.checks.verdicts import result_of, said

SWALLOWED = "def charge(card):\n    try:\n        card.charge()\n    except Exception:\n        pass\n"


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param(
            "error-swallowed", {"pay.py": SWALLOWED}, ["errors in charge"], id="an error nobody hears of"
        ),
        pytest.param(
            "error-swallowed",
            {"run.sh": "#!/bin/sh\nserve || true\n", "src/main.rs": "fn main() { let _ = serve(); }\n"},
            Outcome.PASSED,
            id="shell and Rust say so in the line",
        ),
        pytest.param(
            "todo-in-shipped-code",
            {"notes.py": "# TODO comments are listed by `make notes`\nX = 1\n"},
            Outcome.PASSED,
            id="prose about such comments",
        ),
        pytest.param(
            "todo-in-shipped-code",
            {"notes.py": "# TODO: charge the card\nX = 1\n"},
            ["TODO charge the card"],
            id="a note",
        ),
        pytest.param(
            "todo-in-shipped-code",
            {"src/lib.rs": "pub fn f() {}\n\n#[cfg(test)]\nmod tests {\n    // TODO: more\n}\n"},
            Outcome.PASSED,
            id="a note in a test that lives in the file",
        ),
    ],
)
def test_source(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("check the signature", Severity.MEDIUM),
        ("validate the token", Severity.MEDIUM),
        ("no SQL injection here", Severity.MEDIUM),
        ("validate the other fields", Severity.LOW),
        ("use dependency injection", Severity.LOW),
        ("ask the author", Severity.LOW),
    ],
)
def test_notes_about_security_weigh_more(note: str, severity: Severity) -> None:
    (gap,) = result_of("todo-in-shipped-code", {"notes.py": f"# TODO: {note}\nX = 1\n"}).gaps
    assert gap.severity is severity


def test_components_are_half_markup() -> None:
    body = "function Page() {\n" + "  work();\n" * 80 + "}\n"
    assert said("function-too-long", {"a.tsx": body}) is Outcome.PASSED
    assert said("function-too-long", {"a.ts": body}) == ["long functions"]
    (gap,) = result_of("function-too-long", {"a.tsx": body.replace("}", "  work();\n" * 80 + "}")}).gaps
    assert gap.gap.message == "1 function is longer than 120 lines."


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"pay.py": "def refund(card):\n    raise NotImplementedError('refunds are not implemented')\n"},
            ["refund"],
            id="it says so",
        ),
        pytest.param(
            {"pay.py": "def refund(card):\n    raise NotImplementedError\n"}, ["refund"], id="without a word"
        ),
        pytest.param(
            {"pay.py": "class Gateway:\n    def refund(self, card):\n        raise NotImplementedError\n"},
            [],
            id="a method may be a contract",
        ),
        pytest.param(
            {
                "port.py": "from typing import Protocol\n\n\nclass Refunds(Protocol):\n    def refund(self, card): ...\n",
                "pay.py": "class Bank(Refunds):\n    def refund(self, card):\n        raise NotImplementedError\n",
            },
            ["Bank.refund"],
            id="an adapter of a port declared here is no contract",
        ),
        pytest.param(
            {"src/pay.rs": "fn refund(kind: u8) -> u8 {\n    if kind > 3 { todo!() }\n    work(kind)\n}\n"},
            ["refund"],
            id="a branch",
        ),
        pytest.param(
            {
                "pay.py": "def refund(kind):\n    if kind == 3:\n        raise NotImplementedError(message)\n    work(kind)\n"
            },
            [],
            id="a branch that is worded elsewhere",
        ),
        pytest.param(
            {
                "pay.py": "def refund(kind):\n    if kind == 3:\n        raise NotImplementedError('not implemented for cards')\n    work(kind)\n"
            },
            ["refund"],
            id="a branch that says so",
        ),
        pytest.param(
            {
                "pay.py": "def refund(kind):\n    if kind == 3:\n        raise NotImplementedError()\n    work(kind)\n"
            },
            [],
            id="a branch without a word",
        ),
    ],
)
def test_what_refuses(files: dict[str, str], expected: list[str]) -> None:
    assert [refusal.name for refusal in snapshot(files).derived(Unfinished).refusals] == expected
