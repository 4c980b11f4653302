"""What a resolved gap says of what closes it: in one place, harmless wherever it is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rendering.harmless import clean, code, prose
from bot.rendering.words import closing
from checks import Evidence
from tests.bot.rendering import samples


@pytest.mark.parametrize(
    ("closed_by", "expected"),
    [
        ((), ""),
        ((Evidence("runs it", "ci.yml", 3), Evidence("and here", "b.yml", 1)), " Now ci.yml:3 runs it."),
        ((Evidence("runs it"),), " Now runs it."),
        ((Evidence("runs \x1b[2Jit", "a\x1b[2J.yml", None),), " Now a[2J.yml runs [2Jit."),
    ],
)
def test_in_a_terminal(closed_by: tuple[Evidence, ...], expected: str) -> None:
    gap = replace(samples.NO_GO.new[0], closed_by=closed_by)
    assert closing(gap, clean, clean) == expected


def test_in_markdown() -> None:
    gap = replace(samples.NO_GO.new[0], closed_by=(Evidence("runs it", "a`b.yml", 3),))
    assert closing(gap, code, prose) == f" Now {code('a`b.yml:3')} runs it."
