"""Unfinished code beyond the pages' examples: what is said on purpose is no gap."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

SWALLOWED = "def charge(card):\n    try:\n        card.charge()\n    except Exception:\n        pass\n"


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param("error-swallowed", {"pay.py": SWALLOWED}, ["errors in charge"], id="an error nobody hears of"),
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
