"""gonogo audit and gonogo review on real repositories: formats, exit statuses, which policy holds."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.bot.cli.conftest import Change, Gonogo
from tests.bot.rendering.schemas import AUDIT, REVIEW, SARIF
from tests.bot.snapshots.repositories import GitRepository


def broken_links(gaps: list[dict[str, Any]]) -> list[str]:
    return [gap["message"] for gap in gaps if gap["check"] == "broken-link"]


def test_a_review_says_what_the_change_does(gonogo: Gonogo, change: Change) -> None:
    """The link whose target went is new and names the deletion; the one whose target came is resolved."""
    done = gonogo("review", "--repo", change.path, "--base", "main", "--head", "change", "--format", "json")
    review = json.loads(done.out)
    jsonschema_rs.validate(REVIEW, review)
    assert done.status == 1
    assert (review["base"], review["head"], review["commit"]) == (change.base, change.head, change.head)
    assert any("docs/guide.md" in message for message in broken_links(review["gaps"]["new"]))
    assert any("NOTES.txt" in message for message in broken_links(review["gaps"]["resolved"]))
    causes = [gap.get("cause") for gap in review["gaps"]["new"] if gap["check"] == "broken-link"]
    assert causes == ["this change deleted `docs/guide.md`"]
    assert done.err == ""


def test_a_change_can_not_weaken_its_own_review(gonogo: Gonogo, change: Change) -> None:
    """The head's policy would let the gap pass; the base's holds."""
    arguments = ("review", "--repo", change.path, "--base", "main", "--head", "change")
    assert gonogo(*arguments).status == 1
    lenient = change.path.parent / "lenient.yml"
    lenient.write_text("fail_on: critical\n")
    assert gonogo(*arguments, "--policy", lenient).status == 0


def test_an_audit_takes_the_policy_of_its_revision(gonogo: Gonogo, change: Change) -> None:
    """The change's own policy disables a check; main's doesn't. The status follows the gaps and `fail_on`."""
    for revision, commit, enabled in (("change", change.head, False), ("main", change.main, True)):
        done = gonogo("audit", "--repo", change.path, "--rev", revision, "--format", "json")
        audit = json.loads(done.out)
        jsonschema_rs.validate(AUDIT, audit)
        assert audit["commit"] == commit
        assert ("broken-link" in {check["id"] for check in audit["checks"]}) is enabled
        failing = {"critical"} if revision == "change" else {"critical", "high", "medium", "low"}
        assert done.status == int(any(gap["severity"] in failing for gap in audit["gaps"]))


@pytest.mark.parametrize("revision", ["main", "change", "change~1"])
def test_counts_add_up(gonogo: Gonogo, change: Change, revision: str) -> None:
    """The score is passed over applicable, and the gaps of the checks are the gaps that are listed."""
    audit = json.loads(gonogo("audit", "--repo", change.path, "--rev", revision, "--format", "json").out)
    counted = [c for c in audit["checks"] if not c["on_trial"]]
    assert audit["score"]["passed"] == sum(c["outcome"] == "passed" for c in counted)
    assert audit["score"]["applicable"] == sum(c["outcome"] != "not applicable" for c in counted)
    assert len(audit["gaps"]) == sum(c["gaps"] for c in counted)


def test_sarif(gonogo: Gonogo, change: Change) -> None:
    """New, unchanged and absent results with fingerprints; the same again gives the same."""
    arguments = ("review", "--repo", change.path, "--base", "main", "--head", "change", "--format", "sarif")
    first, second = gonogo(*arguments), gonogo(*arguments)
    log = json.loads(first.out)
    jsonschema_rs.validate(SARIF, log)
    assert first == second
    states = {r["baselineState"] for r in log["runs"][0]["results"] if r["ruleId"] == "broken-link"}
    assert states == {"new", "absent"}
    jsonschema_rs.validate(SARIF, json.loads(gonogo("audit", "--repo", change.path, "--format", "sarif").out))


def test_text_and_markdown(gonogo: Gonogo, change: Change) -> None:
    """A pipe gets no colour; the Markdown is the comment and the Check Runs."""
    arguments = ("review", "--repo", change.path, "--base", "main", "--head", "change")
    text = gonogo(*arguments)
    assert text.out.startswith("No-go: this change opens ")
    assert "\x1b" not in text.out
    assert "README.md:3" in text.out
    markdown = gonogo(*arguments, "--format", "markdown").out
    assert markdown.startswith("<!-- gonogo:v1 -->\n## ⛔ No-go")
    assert "## Check Run `gonogo`: failure" in markdown
    assert "# Readiness of" in gonogo("audit", "--repo", change.path, "--format", "markdown").out


def test_the_remote_makes_links(gonogo: Gonogo, change: Change) -> None:
    change.git.git.remotes.create("origin", "git@github.com:octo/shop.git")
    arguments = (
        "review",
        "--repo",
        change.path,
        "--base",
        "main",
        "--head",
        "change",
        "--format",
        "markdown",
    )
    assert f"(https://github.com/octo/shop/blob/{change.head}/README.md#L3)" in gonogo(*arguments).out


def test_a_broken_policy_in_the_repository_is_said(gonogo: Gonogo, change: Change) -> None:
    """The defaults apply, as the app has it, and every format's reader hears of it."""
    git = change.git
    git.commit({"README.md": "x\n", ".github/gonogo.yml": "\nfail_on: tomorrow\n"}, change.main)
    text = gonogo("audit", "--repo", change.path)
    assert ".github/gonogo.yml:2: fail_on" in text.out
    machine = gonogo("audit", "--repo", change.path, "--format", "json")
    assert machine.err.startswith("gonogo: .github/gonogo.yml:2: fail_on")
    assert json.loads(machine.out)["policy_problems"][0]["line"] == 2
    assert gonogo("audit", "--repo", change.path, "--format", "sarif").err == machine.err


def test_missing_blobs_are_unreadable(gonogo: Gonogo, tmp_path: Path) -> None:
    """A partial clone is audited as far as it goes."""
    with closing(GitRepository(tmp_path / "r.git")) as git:
        git.commit({"README.md": "# A\n", "other.md": "# B\n"})
        git.lose(str(git.git.revparse_single("main:README.md").id))
        audit = json.loads(gonogo("audit", "--repo", git.path, "--format", "json").out)
    assert [entry["path"] for entry in audit["unreadable"]] == ["README.md"]


def test_the_table_of_modules(gonogo: Gonogo, tmp_path: Path) -> None:
    """Every module with what reaches it, as lines or JSON; the other formats have no such table."""
    with closing(GitRepository(tmp_path / "till.git")) as git:
        git.commit(
            {
                "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
                "idle.py": "def a():\n    return 1\n",
            }
        )
    where = ("audit", "--repo", tmp_path / "till.git", "--rev", "main", "--reachability")
    lines = gonogo(*where).out.splitlines()
    assert lines[0] == "idle.py: nothing"
    assert lines[1].startswith("main.py: convention only, ")
    rows = json.loads(gonogo(*where, "--format", "json").out)["modules"]
    assert [(row["path"], row["reached_from"]) for row in rows] == [
        ("idle.py", None),
        ("main.py", "convention only"),
    ]
    assert gonogo(*where, "--format", "sarif").status == 2


def test_a_coverage_report_replaces_what_imports_say(gonogo: Gonogo, tmp_path: Path) -> None:
    """Nothing imports the module, and the report says that it runs; a report that is none is bad usage."""
    pay = "def pay(amount):\n" + "    if amount > 1:\n        amount -= 1\n" * 20 + "    return amount\n"
    with closing(GitRepository(tmp_path / "shop")) as git:
        git.commit(
            {"shop/pay.py": pay, "shop/words.py": "a = 1\n", "tests/test_words.py": "import shop.words\n"}
        )
    report = tmp_path / "lcov.info"
    report.write_text("SF:shop/pay.py\nDA:1,1\n")
    plain = gonogo("audit", "--repo", tmp_path / "shop", "--format", "json")
    measured = gonogo("audit", "--repo", tmp_path / "shop", "--format", "json", "--coverage", report)
    assert [
        "module-without-test" in {gap["check"] for gap in json.loads(done.out)["gaps"]}
        for done in (plain, measured)
    ] == [True, False]
    report.write_text("hello")
    refused = gonogo("audit", "--repo", tmp_path / "shop", "--coverage", report)
    assert (refused.status, "no coverage report" in refused.err) == (2, True)
    absent = gonogo("audit", "--repo", tmp_path / "shop", "--coverage", tmp_path / "absent")
    assert (absent.status, "can't be read" in absent.err) == (2, True)
