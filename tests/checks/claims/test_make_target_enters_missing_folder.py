"""Which folders a recipe is held to."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "make-target-enters-missing-folder"
FILES = {"app/main.py": "print(1)\n"}


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("test:\n\tcd lost && pytest\n", ["lost"]),
        ("test:\n\tcd ./lost/ && pytest\nlint:\n\tcd lost && ruff check\n", ["lost"]),
        ("test:\n\tcd app && pytest\n", Outcome.PASSED),
        ("test:\n\tcd ../beside && pytest\n", Outcome.NOT_APPLICABLE),
        ("test:\n\tcd $(DIR) && pytest\n", Outcome.NOT_APPLICABLE),
        ("test:\n\tcd build && ctest\n", Outcome.NOT_APPLICABLE),
        ("test:\n\t-cd lost && pytest\n", Outcome.NOT_APPLICABLE),
        ("test:\n\tcd lost || true\n", Outcome.NOT_APPLICABLE),
        ("test:\n\tpytest lost\n", Outcome.NOT_APPLICABLE),
        ("test:\n\t# nothing\n", Outcome.NOT_APPLICABLE),
        ("test: lost\n\tcd lost && pytest\n", Outcome.NOT_APPLICABLE),
        ("test:\n\tcd lost && pytest\nfetch:\n\tgit clone https://x.io/lost.git\n", Outcome.PASSED),
        ("test:\n\tcd cache && ls\n", Outcome.PASSED),
    ],
)
def test_recipes(recipe: str, expected: list[str] | Outcome) -> None:
    assert said(CHECK, {**FILES, "Makefile": recipe, ".gitignore": "cache/\n"}) == expected


def test_what_is_included_from_elsewhere_starts_elsewhere() -> None:
    files = {**FILES, "make/test.mk": "test:\n\tcd lost && pytest\n"}
    assert said(CHECK, files) is Outcome.NOT_APPLICABLE


def test_a_folder_outside_of_the_tree_is_not_looked_for() -> None:
    """The way out of the tree is somebody else's."""
    files = {**FILES, "Makefile": "test:\n\tcd app/../../beside && pytest\n"}
    assert said(CHECK, files) is Outcome.PASSED


def test_targets_that_enter_the_same_folder_are_one_gap() -> None:
    many = "".join(f"t{n}:\n\tcd lost && pytest\n" for n in range(6))
    assert said(CHECK, {**FILES, "Makefile": many}) == ["lost"]
