"""A file that breaks its own format is one gap; it makes other checks doubt only where a change breaks or mends it."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.derived.wiring.malformed_files import MalformedFiles
from tests.checks.trees import report, reviewed, snapshot

WHOLE = "services:\n  shop:\n    build: .\n"
CONFLICT = "services:\n  shop:\n<<<<<<< HEAD\n    image: a\n=======\n    build: .\n>>>>>>> feature\n"
SHOP = {"Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python main.py\n", "main.py": "print(1)\n", "lost.py": "def a():\n    return open('x')\n"}  # fmt: skip
ID = "configuration-does-not-parse"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("compose.yml", CONFLICT, (3, "not YAML: a merge conflict is left in it")),
        ("compose.yml", "<<<<<<< HEAD\na: [\n", (2, "not YAML: line 2: ")),
        (".github/workflows/ci.yml", "on: push\njobs:\n  a: {\n", (4, "not YAML: line 4: ")),
        ("package.json", '{"name": "shop",}', (1, "not JSON: ")),
        ("pyproject.toml", "[project]\nname = 1.\n", (2, "not TOML: ")),
    ],
)
def test_where_reading_stops(path: str, text: str, found: tuple[int, str]) -> None:
    (one,) = snapshot({path: text}).derived(MalformedFiles).all
    assert (one.path, one.line) == (path, found[0])
    assert one.reason.startswith(found[1])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yml", "services:\n{{ services }}\n  a: [\n"),
        ("package.json", '{"name": {{ name }}}'),
        ("pyproject.toml", "[project]\n{% if a %}\nname = \n"),
        ("tests/fixtures/compose.yml", CONFLICT),
        ("package.json", "[]"),
        ("compose.yml", "a: *unknown\n"),
    ],
)
def test_what_another_program_writes_or_only_gonogo_refuses(path: str, text: str) -> None:
    assert not snapshot({path: text}).derived(MalformedFiles).all


def test_the_rest_of_the_tree_is_judged_all_the_same() -> None:
    outcomes = {r.check.id: r.outcome for r in report({**SHOP, "compose.yml": CONFLICT}).results}
    assert outcomes["module-never-imported"] is Outcome.GAP
    assert outcomes[ID] is Outcome.GAP


def test_a_template_makes_the_rest_undecided() -> None:
    outcomes = {r.check.id: r.outcome for r in report({**SHOP, "compose.yml": "{{ a }}\n b: [\n"}).results}
    assert outcomes["module-never-imported"] is Outcome.UNDECIDED


def test_a_change_that_breaks_the_file_is_blamed_for_that_alone() -> None:
    review = reviewed({**SHOP, "compose.yml": WHOLE}, {**SHOP, "compose.yml": CONFLICT})
    assert [gap.check.id for gap in review.new] == [ID]
    assert not review.resolved
    assert "module-never-imported" in review.lost


def test_a_change_that_mends_the_file_opens_nothing() -> None:
    review = reviewed({**SHOP, "compose.yml": CONFLICT}, {**SHOP, "compose.yml": WHOLE})
    assert not review.new
    assert [gap.check.id for gap in review.resolved] == [ID]


def test_a_file_that_stays_broken_hides_nothing() -> None:
    before, after = (
        {**SHOP, "compose.yml": CONFLICT},
        {**SHOP, "compose.yml": CONFLICT, "other.py": SHOP["lost.py"]},
    )
    review = reviewed(before, after)
    assert "module-never-imported" in {gap.check.id for gap in review.new}
    assert not review.lost
