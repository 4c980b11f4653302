"""The policy file: read strictly, with the line of everything wrong in it."""

from __future__ import annotations

import pytest

from checks import Policy, Severity, parse_policy


def test_full_policy() -> None:
    """Every key is read by its type."""
    read = parse_policy(
        "fail_on: medium\n"
        "score_threshold: 0.9\n"
        "checks: {no-metrics: {enabled: false}}\n"
        "deliverables: [{category: scripts, paths: [a.py]}]\n"
        "waivers: [{check: x, reason: y, expires: 2026-01-01}]\n"
    )
    assert read.problems == ()
    assert (read.policy.fail_on, read.policy.score_threshold) == (Severity.MEDIUM, 0.9)
    assert read.policy.checks["no-metrics"].enabled is False


@pytest.mark.parametrize("text", ["", "# only a comment\n", "fail_on: high\n"])
def test_what_is_absent_is_default(text: str) -> None:
    """An empty policy is the default policy."""
    assert parse_policy(text).policy == Policy()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("fail_on: terrible\n", 1, "fail_on:"),
        ("\nfail_onn: high\n", 2, "fail_onn: extra inputs"),
        ("waivers:\n  - check: x\n    reason: y\n", 2, "waivers.0.expires: field required"),
        ("waivers:\n  - check: x\n    reason: y\n    expires: soon\n", 4, "waivers.0.expires"),
        ("a: [\n", 2, "not YAML"),
        ("a: &x 1\nb: *x\n", 1, "aliases"),
        ("- one\n", 1, "the file:"),
        ("checks: ~\n", 1, "checks:"),
        ("x: " + "[" * 60, 1, "nested more than"),
        ("#" * 70_000, 1, "longer than"),
        ("? {a: 1}\n: 2\n", 1, "a key is no word"),
        ("? [a]\n: 2\n", 1, "a key is no word"),
        ("~: 1\n", 1, "~: extra inputs"),
        ("a: \x07\n", 1, "not YAML"),
        ("deliverables:\n  - category: x\n    paths: [a, ~]\n", 3, "deliverables.0.paths.1"),
        ("limits:\n  function_lines: 0\n", 2, "limits.function_lines"),
    ],
)
def test_problem_has_its_line_and_the_defaults_apply(text: str, line: int, message: str) -> None:
    """Half a policy is no policy."""
    read = parse_policy(text)
    assert read.policy == Policy()
    assert (read.problems[0].line, read.problems[0].message[: len(message)]) == (
        line,
        message,
    ) or message in read.problems[0].message
