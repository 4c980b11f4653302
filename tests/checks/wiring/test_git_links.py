"""Commits of other repositories in the tree."""

from __future__ import annotations

import datetime as dt

import pytest

from checks import Entry, Outcome, Snapshot, audit, plan
from checks.registry import find_check
from tests.checks.trees import Files, entries, facts_of


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.py": ""}, ["libs/shop"]),
        ({".gitmodules": '[submodule "shop"]\n\tpath = libs/other\n'}, ["libs/shop"]),
        ({".gitmodules": '[submodule "shop"]\n\tpath = libs/shop\n\turl = ../shop\n'}, []),
    ],
)
def test_git_links(files: Files, expected: list[str]) -> None:
    check = find_check("config-references-missing-file")
    assert check is not None
    listed = (*entries(files), Entry("libs/shop", 0o160000, "1" * 40, None))
    snapshot = Snapshot.build("0" * 40, listed, facts_of(plan(listed), files))
    result = audit(snapshot, dt.date(2026, 1, 1), (check,)).results[0]
    assert [gap.gap.subject for gap in result.gaps] == expected
    assert result.outcome is (Outcome.GAP if expected else Outcome.PASSED)
