"""What belongs to a component: requirements of neighbours, crates with a main elsewhere, CI that passes others over."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.derived.ci.test_suites import TestSuites
from checks.derived.python_distributions import offers
from tests.checks.trees import snapshot
from tests.checks.verdicts import outcome_of, said

CI = {
    ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ls\n"
}
TESTED = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn one() {}\n}\n"


def test_tests_of_other_trees_make_no_suite() -> None:
    files = {**CI, "vendor/x/src/lib.rs": TESTED, "src/main.rs": "fn main() {}\n"}
    assert not snapshot(files).derived(TestSuites).all
    assert [s.files for s in snapshot({**files, "src/lib.rs": TESTED}).derived(TestSuites).all] == [
        ("src/lib.rs",)
    ]


@pytest.mark.parametrize(
    ("distribution", "name"), [("google-cloud-storage", "google"), ("zope.interface", "zope")]
)
def test_a_namespace_is_offered_by_all_of_its_distributions(distribution: str, name: str) -> None:
    assert offers(distribution, name, f"{name}.{distribution.rsplit('-', maxsplit=1)[-1]}")


SHOP = "import requests\n\n\ndef get():\n    return requests.get('x', timeout=1)\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"requirements.txt": "flask\n"}, ["requests"], id="not in the list"),
        pytest.param({"requirements.txt": "-r requirements-base.txt\n", "requirements-base.txt": "requests\n"}, Outcome.PASSED, id="in an included list"),
        pytest.param({"requirements.txt": "flask\n", "constraints-requirements.txt": "requests\n"}, ["requests"], id="only constrained"),
        pytest.param({"requirements.txt": "flask\n", "vendor/requirements.txt": "requests\n"}, ["requests"], id="in others' list"),
    ],
)  # fmt: skip
def test_lists_of_requirements(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert (
        said("third-party-import-not-declared", {"shop.py": SHOP, "main.py": "import shop\n", **files})
        == expected
    )


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        pytest.param('package run\n\nimport "os/exec"\n\nfunc run(c string) { exec.Command("sh", "-c", c) }\n', Outcome.GAP, id="a shell with a line of others"),
        pytest.param('package run\n\nimport "os/exec"\n\nfunc run() { exec.Command("sh", "-c", "ls") }\n', Outcome.GAP, id="a fixed line, which weighs less"),
        pytest.param('package run\n\nimport "os/exec"\n\nfunc run(c string) { exec.Command("ls", c) }\n', Outcome.PASSED, id="no shell"),
    ],
)  # fmt: skip
def test_command_lines_of_go(text: str, outcome: Outcome) -> None:
    assert outcome_of("subprocess-shell-true", {"run/run.go": text}) is outcome


def test_a_script_that_says_what_it_needs_is_its_own_component() -> None:
    script = "# /// script\n# dependencies = ['requests']\n# ///\n" + SHOP
    assert (
        said("third-party-import-not-declared", {"requirements.txt": "flask\n", "shop.py": script})
        is Outcome.PASSED
    )
