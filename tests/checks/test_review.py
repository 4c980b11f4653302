"""A review from end to end: two trees and their facts in, what the change did out."""

from __future__ import annotations

import pytest

from checks import Change, Policy, Tree, parse_policy
from checks.derived.vanished import vanished
from checks.review import plan_review
from tests.checks.trees import entries, reviewed, snapshot

ROOT = 'FROM python:3.12-slim\nCMD ["python", "-m", "shop"]\n'
OTHER = 'FROM python:3.12-slim\nUSER app\nCMD ["python", "-m", "shop"]\n'
POLICY = parse_policy("checks: {container-runs-as-root: {severity: high}}\n").policy


def opened(before: dict[str, str], after: dict[str, str], policy: Policy = POLICY) -> dict[str, list[str]]:
    """The ids of the checks whose gaps are new, resolved and existing, as far as this check goes."""
    found = reviewed(before, after, policy)
    groups = {"new": found.new, "resolved": found.resolved, "existing": found.existing}
    return {
        name: [g.gap.path or "" for g in gaps if g.check.id == "container-runs-as-root"]
        for name, gaps in groups.items()
    }


def test_a_gap_that_the_change_brings_is_new() -> None:
    assert opened({"Dockerfile": OTHER}, {"Dockerfile": ROOT}) == {
        "new": ["Dockerfile"],
        "resolved": [],
        "existing": [],
    }
    assert reviewed({"Dockerfile": OTHER}, {"Dockerfile": ROOT}, POLICY).conclusion == "failure"


def test_a_gap_that_the_change_closes_is_resolved() -> None:
    assert opened({"Dockerfile": ROOT}, {"Dockerfile": OTHER})["resolved"] == ["Dockerfile"]


def test_a_gap_moves_with_its_file() -> None:
    """Nothing is new that only lies elsewhere now."""
    assert opened({"Dockerfile": ROOT}, {"images/Dockerfile": ROOT}) == {
        "new": [],
        "resolved": [],
        "existing": ["images/Dockerfile"],
    }


@pytest.mark.parametrize(
    ("place", "resolved"),
    [
        pytest.param("pkg/billing", [], id="where others may import it"),
        pytest.param("cmd/internal/billing", [], id="where others may not"),
        pytest.param(None, ["internal"], id="nowhere"),
    ],
)
def test_a_move_resolves_nothing(place: str | None, resolved: list[str]) -> None:
    """Nothing in the tree uses it, before and after; of others that may import it now, nobody can tell."""
    program = {
        "go.mod": "module example.com/shop\n\ngo 1.22\n",
        "main.go": "package main\n\nfunc main() {}\n",
        "util/util.go": "package util\n\nfunc One() int { return 1 }\n",
    }
    billing = "package billing\n\nfunc Charge() int { return 1 }\n"
    after = program | ({f"{place}/charge.go": billing} if place else {})
    found = reviewed(program | {"internal/billing/charge.go": billing}, after, Policy())
    said = [
        [gap.gap.path for gap in gaps if gap.check.id == "module-never-imported"]
        for gaps in (found.new, found.resolved)
    ]
    assert said == [[], resolved]


def test_one_policy_judges_both_sides() -> None:
    """A check that is off is off in the base too: nothing counts as resolved by it."""
    off = parse_policy("checks: {container-runs-as-root: {enabled: false}}\n").policy
    assert opened({"Dockerfile": ROOT}, {"Dockerfile": OTHER}, off)["resolved"] == []


def test_the_plan_asks_for_sketches_of_what_may_have_moved() -> None:
    """Each facts once, over both trees."""
    base, head = (
        Tree("a", entries({"a.py": "x = 1\n", "same.py": "1"})),
        Tree("b", entries({"b.py": "x = 2\n", "same.py": "1"})),
    )
    asked = [(r.blob, r.kind) for r in plan_review(base, head)]
    assert len(asked) == len(set(asked))
    assert sum(kind == "sketch" for _, kind in asked) == 2


DOCKER = 'FROM python:3.12-slim\nUSER app\nCMD ["python", "main.py"]\n'
TOOL = "import subprocess\n\n\ndef fetch(url):\n    subprocess.run(['git', 'clone', url], check=True)\n"
PROGRAM = "from fastapi import FastAPI\n%s\n\napp = FastAPI()\n"


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        pytest.param(TOOL, [], id="it is only used no more"),
        pytest.param(TOOL.replace("True", "True, timeout=60"), ["fixed"], id="it is repaired"),
        pytest.param(
            TOOL.replace("fetch", "load").replace("run", "other"), ["removed"], id="the function is gone"
        ),
        pytest.param("", ["removed"], id="nothing is left of it"),
    ],
)
def test_code_that_nothing_starts_any_more_is_not_repaired(tool: str, expected: list[str]) -> None:
    before = {"Dockerfile": DOCKER, "main.py": PROGRAM % "import tool\ntool.fetch('x')", "tool.py": TOOL}
    uses = "" if tool == TOOL else "import tool\ntool.fetch('x')"
    resolved = reviewed(before, {**before, "main.py": PROGRAM % uses, "tool.py": tool}, POLICY).resolved
    assert [g.how for g in resolved if g.check.id == "command-without-timeout"] == expected


WORKFLOW = "on: push\njobs:\n  %s:\n    runs-on: ubuntu-24.04\n    steps: [{run: pytest}]\n"
COMPOSE = "services:\n  %s:\n    image: postgres:latest\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec:\n  containers: [{name: shop, image: 'x.io/shop:1'}]\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("service.py", "def %s():\n    return 1\n"),
        ("compose.yml", COMPOSE),
        (".github/workflows/ci.yml", WORKFLOW),
        ("k8s/pod.yaml", POD),
    ],
)
def test_names_that_a_file_has_no_more(path: str, text: str) -> None:
    before, after = ({path: text % name, "notes.txt": name} for name in ("old", "new"))
    change = Change.between(entries(before), entries(after), {})
    assert vanished(snapshot(before), snapshot(after), change) == {path: {"old"}}
