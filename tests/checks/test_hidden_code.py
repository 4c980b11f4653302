"""A pull request can't hide code from its review by a folder's name, a mark or a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from checks import Entry, Policy, Review, Tree, plan_review, review
from checks.change import Change
from checks.derived.hidden import shown
from checks.facts.roles import Role
from tests.checks.trees import Files, blob_id, entries, facts_of, reviewed, snapshot

CHECK = "subprocess-shell-true"
PROJECT = {"pyproject.toml": '[project]\nname = "shop"\n[project.scripts]\nshop = "shop.main:main"\n'}
MAIN = "from %s import pay\n\n\ndef main():\n    pay('1')\n"
PAY = "import subprocess\n\n\ndef pay(amount):\n    subprocess.run(f'pay {amount}', shell=True)\n\n\ndef refund(amount):\n    return -amount\n"
BASE = {**PROJECT, "shop/__init__.py": "", "shop/main.py": MAIN % "shop.pay", "shop/pay.py": PAY}
GO_MAIN = 'package main\n\nimport "example.org/shop/%s"\n\nfunc main() { pay.Pay() }\n'
GO_PAY = (
    'package pay\n\nimport "os/exec"\n\nfunc Pay(a string) { exec.Command("sh", "-c", "pay "+a).Run() }\n'
)


def moved(files: Mapping[str, str], old: str, new: str, **edits: str) -> dict[str, str]:
    """The tree after a move, with edits by path."""
    after = {new if path == old else path: text for path, text in files.items()}
    return {**after, **edits}


def said(found: Review, kind: str) -> list[str | None]:
    return [gap.gap.path for gap in getattr(found, kind) if gap.check.id == CHECK]


@pytest.mark.parametrize("folder", ["examples", "tests", "scripts", "docs"])
def test_what_the_program_imports_ships(folder: str) -> None:
    """Code that moved where nothing ships, and that the program goes on importing, keeps its gaps."""
    after = moved(BASE, "shop/pay.py", f"{folder}/pay.py", **{"shop/main.py": MAIN % f"{folder}.pay"})
    found = reviewed(BASE, after)
    assert (said(found, "resolved"), said(found, "existing")) == ([], [f"{folder}/pay.py"])


def test_new_code_in_an_example_that_the_program_imports() -> None:
    """The name of the folder is no excuse."""
    before = {**PROJECT, "shop/__init__.py": "", "shop/main.py": "def main():\n    return 1\n"}
    found = reviewed(before, {**before, "shop/main.py": MAIN % "examples.pay", "examples/pay.py": PAY})
    assert said(found, "new") == ["examples/pay.py"]


def test_what_became_an_example_is_one() -> None:
    """Nothing shipped imports it any more: it doesn't run in production, so its gap is resolved."""
    before = {**BASE, "shop/main.py": "def main():\n    return 1\n"}
    found = reviewed(before, moved(before, "shop/pay.py", "examples/pay.py"))
    assert (said(found, "resolved"), said(found, "new")) == (["shop/pay.py"], [])


def test_tests_stay_tests() -> None:
    """A test that only tests import is judged as one."""
    found = reviewed(BASE, {**BASE, "tests/test_pay.py": PAY})
    assert said(found, "new") == []


def test_a_package_of_go_is_its_folder() -> None:
    """Go imports folders."""
    before = {"go.mod": "module example.org/shop\n", "main.go": GO_MAIN % "pay", "pay/pay.go": GO_PAY}
    after = {"go.mod": before["go.mod"], "main.go": GO_MAIN % "examples/pay", "examples/pay/pay.go": GO_PAY}
    found = reviewed(before, after)
    assert (said(found, "resolved"), said(found, "existing")) == ([], ["examples/pay/pay.go"])


def test_what_only_tests_compile_is_no_part_of_the_package() -> None:
    """A Go test stands in the folder that the program imports."""
    before = {"go.mod": "module example.org/shop\n", "main.go": GO_MAIN % "pay", "pay/pay.go": GO_PAY}
    found = reviewed(before, {**before, "pay/pay_test.go": GO_PAY.replace("Pay(", "TestPay(")})
    assert said(found, "new") == []


RUST = "pub fn head(text: &str) -> &str {\n    &text[..text.len().min(100)]\n}\n"
CRATE = {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n', "src/contracts.rs": RUST}


@pytest.mark.parametrize(
    ("declaration", "file", "resolved"),
    [
        pytest.param("pub mod testing;\n", "contracts.rs", [], id="compiled into the crate"),
        pytest.param(
            "#[cfg(test)]\nmod testing;\n", "contracts.rs", ["src/contracts.rs"], id="for its tests"
        ),
        pytest.param("pub mod testing;\n", "contracts_tests.rs", ["src/contracts.rs"], id="tests of it"),
        pytest.param("pub mod other;\n", "contracts.rs", ["src/contracts.rs"], id="not declared"),
    ],
)
def test_a_crate_ships_the_modules_that_it_declares(declaration: str, file: str, resolved: list[str]) -> None:
    """A crate that has `testing` for its subject ships that folder."""
    before = {**CRATE, "src/lib.rs": "pub mod contracts;\n"}
    after = moved(CRATE, "src/contracts.rs", f"src/testing/{file}", **{"src/lib.rs": declaration})
    found = reviewed(before, {**after, "src/testing/mod.rs": "pub mod contracts;\n"})
    gone = [gap.gap.path for gap in found.resolved if gap.check.id == "panic-in-shipped-code"]
    assert gone == resolved


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        pytest.param("# @generated\n" + PAY, [], id="the same code with a mark"),
        pytest.param("# Code generated by protoc. DO NOT EDIT.\nTABLE = 1\n", ["shop/pay.py"], id="generated indeed"),
        pytest.param("# @generated\n", ["shop/pay.py"], id="nothing is left"),
    ],
)  # fmt: skip
def test_a_mark_resolves_nothing(text: str, resolved: list[str]) -> None:
    """Hand-written code stays what it is when somebody marks it."""
    assert said(reviewed(BASE, {**BASE, "shop/pay.py": text}), "resolved") == resolved


def linked(files: Files, link: str, target: str) -> Review:
    """What a change does that puts a link in a file's place, with another file added."""
    after = {path: text for path, text in files.items() if path != link}
    other = {**after, target: PAY}
    entry = Entry(link, 0o120000, blob_id(target), len(target))
    base, head = Tree("a" * 40, entries(files)), Tree("b" * 40, (*entries(other), entry))
    facts = facts_of(plan_review(base, head), files, other)
    return review(base, head, facts, Policy(), dt.date(2026, 1, 1))


def test_a_link_resolves_nothing() -> None:
    """The code behind the link is the code."""
    found = linked(BASE, "shop/pay.py", "examples/pay.py")
    assert (said(found, "resolved"), said(found, "existing")) == ([], ["examples/pay.py"])


def test_a_link_to_other_code_resolves_nothing() -> None:
    """What it leads to can't be told: nothing is fixed."""
    found = linked(
        {**BASE, "shop/pay.py": PAY.replace("def ", "async def ") + "X = 1\n" * 200}, "shop/pay.py", "x/y.txt"
    )
    assert (said(found, "resolved"), said(found, "existing")) == ([], ["shop/pay.py"])


def test_nothing_is_hidden_by_a_change_of_nothing() -> None:
    """Snapshots without suspects are left as they are."""
    one = snapshot(BASE)
    assert shown(one, one) == (one, one)
    assert one.change == Change()
    assert one.role("examples/x.py") is Role.EXAMPLE


def test_a_target_of_cargo_that_an_image_names() -> None:
    """It is written there so that the manifest can be read: no program compiles it, and it stays a benchmark."""
    before = {
        "Cargo.toml": '[package]\nname = "shop"\n',
        "src/main.rs": "fn main() {}\n",
        "Dockerfile": "FROM rust:1.80\nRUN touch benches/pay.rs\nCMD benches/pay.rs\n",
        "benches/pay.rs": "use criterion::Criterion;\nfn count() -> u8 { 1 }\ncriterion_main!(benches);\n",
    }
    found = reviewed(
        before, {**before, "benches/pay.rs": before["benches/pay.rs"] + "fn add() -> u8 { 2 }\n"}
    )
    assert [gap.gap.path for gap in found.existing if gap.check.id == "test-imports-no-product-code"] == [
        "benches/pay.rs"
    ]


def test_what_builds_the_documentation_ships_nothing() -> None:
    configuration = {".readthedocs.yaml": "sphinx:\n  configuration: docs/conf.py\n"}
    before = {**BASE, **configuration, "docs/conf.py": "import theme\n"}
    assert not said(reviewed(before, {**before, "docs/conf.py": PAY}), "new")
