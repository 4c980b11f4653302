"""A failure of ours is told by its kind and our own line, never in its own words."""

from __future__ import annotations

import re

import pytest

from checks import extract
from checks.failure import failure_text


def test_the_innermost_of_our_lines_is_named() -> None:
    """Also where the error came up in a library below it."""
    with pytest.raises(KeyError) as caught:
        extract("a kind of the repository's", b"")
    assert re.fullmatch(r"KeyError at checks/facts/kinds\.py:\d+", failure_text(caught.value))


def test_an_error_from_elsewhere_has_no_place() -> None:
    assert failure_text(ZeroDivisionError("quoted")) == "ZeroDivisionError"
