"""Licence expressions against a policy's lists."""

from __future__ import annotations

import json

import pytest

from checks.derived.supply_chain.dependency_licenses import is_satisfied, refusal
from checks.facts.node_lock import LockedPackage, NodeLock
from checks.policy import Licenses
from tests.checks.trees import DEPENDENCY_REVIEW, POLICY
from tests.checks.verdicts import outcome_of, said


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("mit", True),
        ("GPL-3.0", False),
        ("MIT OR GPL-3.0", True),
        ("MIT AND GPL-3.0", False),
        ("GPL-3.0 AND MIT OR ISC", True),
        ("(MIT OR GPL-3.0) AND ISC", True),
        ("(GPL-3.0 AND MIT) OR (ISC", True),
        ("ISC WITH some-exception", True),
        (")", False),
        ("", False),
        ("SEE LICENSE IN LICENSE.md", False),
    ],
)
def test_expressions(expression: str, expected: bool) -> None:
    allowed = {"mit", "isc", "isc with some-exception"}
    assert is_satisfied(expression, lambda name: name.lower() in allowed) is expected


@pytest.mark.parametrize(
    ("expression", "licenses", "expected"),
    [
        (None, Licenses(allowed=("MIT",)), None),
        ("BSD-3-Clause", Licenses(allowed=("BSD-*",)), None),
        ("ISC WITH x-exception", Licenses(allowed=("ISC",)), None),
        ("AGPL-3.0-only", Licenses(denied=("AGPL-*",)), "`AGPL-3.0-only` is denied by the policy"),
        ("MIT", Licenses(denied=("AGPL-*",)), None),
        ("ISC", Licenses(allowed=("MIT",)), "`ISC` is not among those allowed by the policy"),
    ],
)
def test_lists(expression: str | None, licenses: Licenses, expected: str | None) -> None:
    assert refusal(expression, licenses) == expected


LOCK = {
    "packages": {
        "": {"dependencies": {"a": "1", "b": "1"}, "devDependencies": {"c": "1"}},
        "web": {"dependencies": {"a": "2"}, "devDependencies": "broken"},
        "node_modules/web": {"link": True},
        "node_modules/a": {"version": "1.0.0", "license": "MIT"},
        "web/node_modules/a": {"version": "2.0.0", "license": "GPL-3.0"},
        "node_modules/@x/c": {"version": "1.0.0", "dev": True, "license": {"type": "MIT"}},
        "node_modules/b": "broken",
        "node_modules/a/node_modules/a": {"version": "3.0.0", "license": "GPL-3.0"},
    }
}
ALLOW = {POLICY: "licenses: {allowed: [MIT]}\n"}


def test_a_lock_file_is_read() -> None:
    packages = NodeLock.extract(json.dumps(LOCK, indent=1)).packages
    assert packages[0] == LockedPackage("a", "1.0.0", 21, "MIT", is_direct=True)
    assert [(one.name, one.version, one.is_direct) for one in packages] == [
        ("a", "1.0.0", True),
        ("a", "2.0.0", True),
        ("@x/c", "1.0.0", False),
        ("a", "3.0.0", False),
    ]
    assert packages[2].is_development
    assert NodeLock.extract('{"lockfileVersion": 1}').packages == ()


def test_the_worst_of_several_places_counts() -> None:
    assert said("license-not-allowed", {**ALLOW, "package-lock.json": json.dumps(LOCK)}) == ["a"]


def test_without_a_list_or_outside_of_the_product_nothing_is_judged() -> None:
    assert (
        outcome_of("license-not-allowed", {"package-lock.json": json.dumps(LOCK)}).value == "not applicable"
    )
    files = {**ALLOW, "tests/fixtures/package-lock.json": json.dumps(LOCK)}
    assert outcome_of("license-not-allowed", files).value == "not applicable"


@pytest.mark.parametrize(("stated", "expected"), [("GPL-3.0", "gap"), ("MIT", "passed"), (None, "undecided")])
def test_dependency_review_tells_licences_too(stated: str | None, expected: str) -> None:
    change = {
        "change_type": "added",
        "manifest": "go.mod",
        "ecosystem": "go",
        "name": "x",
        "version": "1",
        "license": stated,
    }
    files = {
        **ALLOW,
        "go.mod": "module y\n",
        DEPENDENCY_REVIEW: json.dumps([{**change, "scope": "development"}]),
    }
    assert outcome_of("license-not-allowed", files).value == expected


def test_what_the_lock_file_tells_is_not_told_twice() -> None:
    change = {
        "change_type": "added",
        "manifest": "package-lock.json",
        "ecosystem": "npm",
        "name": "a",
        "version": "2",
        "license": "GPL-3.0",
    }
    files = {**ALLOW, "package-lock.json": json.dumps(LOCK), DEPENDENCY_REVIEW: json.dumps([change])}
    assert said("license-not-allowed", files) == ["a"]
