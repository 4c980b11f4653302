"""What scripts need that .gitignore keeps out of a clone, and what is no such need."""

from __future__ import annotations

import pytest

from checks.derived.wiring.ignored_sources import IgnoredSources
from tests.checks.trees import snapshot

HEAD = "#!/usr/bin/env bash\nset -e\n"
TREE = {
    ".gitignore": "/e2e/work/\n/e2e/build/\n",
    "e2e/templates/shop/README": "x\n",
    "e2e/keep/a.txt": "x\n",
}


@pytest.mark.parametrize(
    ("script", "needed"),
    [
        ('cp -r "$ROOT/e2e/work/shop" "$SANDBOX/"\n', ["e2e/work/shop"]),
        ("cp -r work/shop here\n", []),  # from which folder can't be told
        ("cp -r e2e/../../shop/a here\n", []),
        ("cat e2e/work/shop\n", ["e2e/work/shop"]),
        ("cp -r e2e/work/shop\n", []),  # nothing to copy to: what is meant can't be told
        ("cp -r e2e/work/unknown here\n", []),
        ("cp -r e2e/build/shop here\n", []),
        ("cp -r e2e/templates/shop here\n", []),
        ("cp -r elsewhere/shop here\n", []),
        ("cp -r ../../../x/shop here\n", []),
        ("cp -r e2e/work/shop here || true\n", []),
        ("ready && cp -r e2e/work/shop here\n", []),
        ('if [ -d "e2e/work/shop" ]; then\n  cp -r "e2e/work/shop" here\nfi\n', []),
        ("mkdir -p e2e/work\ncp -r e2e/work/shop here\n", []),
        ("bash prepare.sh\ncp -r e2e/work/shop here\n", []),
    ],
)
def test_needs(script: str, needed: list[str]) -> None:
    found = snapshot({**TREE, "e2e/run.sh": HEAD + script}).derived(IgnoredSources)
    assert [need.path for need in found.needs] == needed


def test_without_rules_there_is_no_need() -> None:
    files = {"e2e/templates/shop/README": "x\n", "e2e/run.sh": f"{HEAD}cp -r e2e/work/shop here\n"}
    found = snapshot(files).derived(IgnoredSources)
    assert not found.needs
    assert len(found) == 1
