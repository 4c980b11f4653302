"""The contract of every page's Fix: what is to be pasted is well-formed, closes the gap, and opens no other."""

from __future__ import annotations

import pytest

from checks import Outcome, Proof, all_checks
from checks.pages import Example, examples
from checks.registry import Check
from tests.checks.fixes import Snippet, mended, snippets
from tests.checks.trees import Files, report, reviewed
from tests.checks.well_formed import read

SNIPPETS = [
    pytest.param(snippet, id=f"{check.id}: {number}")
    for check in all_checks()
    for number, snippet in enumerate(snippets(check), 1)
]
# Fixes that no snippet can be: why not.
SHOWN: dict[str, str] = {
    "entrypoint-script-breaks-import-root": "a program started as a module is nothing the check asks about",
    "metric-defined-but-never-recorded": "the call belongs where the reader's own code counts",
    "module-never-imported": "the reader's own code is used, or deleted",
    "proto-without-generated-code": "the step belongs into the reader's own build",
    "stdlib-module-shadowed": "a folder gets another name",
    "test-redefines-product-constant": "with its own copy gone there is nothing to compare",
    "symbol-defined-but-never-used": "the reader's own code is used, or deleted",
}


def mended_examples(check: Check) -> list[tuple[Example, Files]]:
    languages = {snippet.path: snippet.language for snippet in snippets(check, "Gap")}
    gaps = (example for example in examples(check) if example.section == "Gap")
    tried = ((example, mended(example, languages, snippets(check))) for example in gaps)
    return [(example, files) for example, files in tried if files is not None]


PROVEN = [
    pytest.param(check, id=check.id)
    for check in all_checks()
    if check.id not in SHOWN and mended_examples(check)
]


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_snippet_is_well_formed(snippet: Snippet) -> None:
    """Who pastes it gets no complaint from whatever reads it."""
    read(snippet.language, snippet.text)


@pytest.mark.parametrize("check", PROVEN)
def test_fix_closes_the_gap_and_opens_none(check: Check) -> None:
    """Put where the page says, it makes an example's gap pass; the files that it is in have no other gap for it."""
    closed = [(example, files) for example, files in mended_examples(check) if closes(check, example, files)]
    assert closed, "no example's gap is closed"
    opened = [opens(example, files) for example, files in closed]
    assert not all(opened), opened


def opens(example: Example, files: Files) -> list[tuple[str, str | None, str]]:
    """The gaps in what the Fix has written. What is still missing beside it is another page's matter."""
    new = ((g.check, g.gap) for g in reviewed(example.files, files).new if g.check.proof is Proof.PRESENCE)
    return [(check.id, gap.path, gap.message) for check, gap in new if gap.path in written(example, files)]


def written(example: Example, files: Files) -> set[str]:
    return {path for path, text in files.items() if example.files.get(path) != text}


def closes(check: Check, example: Example, files: Files) -> bool:
    """Fewer gaps, none of them in a file that the Fix is in, and the check still has something to look at."""
    before, after = (report(tree, check).results[0] for tree in (example.files, files))
    left = {gap.gap.path for gap in after.gaps}
    return (
        after.outcome in (Outcome.PASSED, Outcome.GAP)
        and len(after.gaps) < len(before.gaps)
        and not left & written(example, files)
    )


@pytest.mark.parametrize(
    "check", [pytest.param(c, id=c.id) for c in all_checks() if c.proof is Proof.ABSENCE]
)
def test_what_is_absent_is_on_the_page(check: Check) -> None:
    """Where something is missing, the page holds a smallest one that counts."""
    assert check.id in SHOWN or mended_examples(check), "no snippet that stands for the missing thing"
