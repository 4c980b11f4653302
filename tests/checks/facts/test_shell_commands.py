"""Shell scripts as commands: words, lines, what stands around each, and what hides a failure."""

from __future__ import annotations

import pytest

from checks.facts.shell_commands import ShellCommand, shell_commands


def hidden(script: str, *, errexit: bool = True, pipefail: bool = False) -> dict[str, str | None]:
    """What hides the failure of each command, by program."""
    found = shell_commands(script, errexit=errexit, pipefail=pipefail)
    return {command.program: command.swallowed for command in found}


def test_words_and_lines() -> None:
    """Quotes, escapes and redirections are gone; a command of several lines stands on its first."""
    script = "A=1 B=2 run --flag='x y' \\\n  \"two words\" a\\ b 2>&1 >out\n# comment\n\nnext ${{ matrix.python }}\n"
    first, second = shell_commands(script, line=10)
    assert first.words == ("run", "--flag=x y", "two words", "a b")
    assert (first.line, second.line) == (10, 14)
    assert first.assignments == ("A=1", "B=2")
    assert second.words == ("next", "${{ matrix.python }}")


def test_options_and_tools() -> None:
    command = shell_commands("sudo uv run cargo deny --config=x check")[0]
    assert (command.program, command.unwrapped().words[0]) == ("sudo", "cargo")
    assert command.chain[-1] == ("cargo", "deny", "--config=x", "check")
    assert command.has("--config")
    assert not command.has("--conf")
    assert command.runs("cargo deny")
    assert not command.runs("cargo audit")
    assert shell_commands("cargo +nightly deny")[0].runs("cargo deny")
    assert shell_commands("cargo-deny check")[0].runs("cargo deny")
    assert ShellCommand((), 1).program == ""


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("lint", None),
        ("lint || true", "|| true"),
        ("lint || :", "|| :"),
        ("lint || echo 'never mind'", "|| echo 'never mind'"),
        ("lint || { echo failed; exit 0; }", "|| { echo failed; exit 0; }"),
        ("lint || (echo failed >&2)", "|| (echo failed >&2)"),
        ("lint || exit 1", None),
        ("lint || { echo failed; exit 1; }", None),
        ("lint && echo fine", None),
        ("lint | tee log", "| tee log"),
        ("set -o pipefail; lint | tee log", None),
        ("set -euo pipefail\nlint | tee log", None),
        ("set -o pipefail\nset +o pipefail\nlint | tee log", "| tee log"),
        ("if lint; then echo fine; else echo broken; fi", "if ... without exit"),
        ("if lint; then echo fine; else echo broken; exit 1; fi", None),
        ("if lint; then echo fine; fi", None),
        ("if lint; then a; elif b; then echo; else echo; fi", None),
        ("if lint && other; then a; else echo; fi", None),
        ("if ! lint; then\n  # later\n  echo broken\nfi", "if ... without exit"),
        ("if ! lint; then exit 1; fi", None),
        ("if lint >log; then a; else echo; fi", "if ... without exit"),
        ("while lint; do sleep 1; done", None),
    ],
)
def test_what_hides_a_failure(script: str, expected: str | None) -> None:
    """Only what turns a failure into success counts; an exit with an error gives it back."""
    assert hidden(script)["lint"] == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("lint\necho done", "; echo done"),
        ("lint\nexit 0", "; exit 0"),
        ("lint\ntest", None),
        ("lint\nexit $?", None),
        ("lint\nstatus=$?\necho done", None),
        ("set -e\nlint\necho done", None),
        ("set -o errexit\nlint\necho done", None),
        ("set -e\nset +e\nlint\necho done", "; echo done"),
        ("set -x\nlint\necho done", "; echo done"),
    ],
)
def test_a_shell_that_goes_on_loses_all_but_the_last(script: str, expected: str | None) -> None:
    """Without errexit the script's last word decides."""
    assert hidden(script, errexit=False)["lint"] == expected


@pytest.mark.parametrize(
    ("script", "part", "after"),
    [
        ("lint", "", ""),
        ("lint && test", "", ""),
        ("test && lint", "", "&&"),
        ("test || lint", "", "||"),
        ("lint || test", "condition", ""),
        ("a | b | lint", "", "|"),
        ("a | lint | b", "", "|"),
        ("if lint; then a; fi", "condition", ""),
        ("if a; then lint; fi", "", ""),
        ("until lint; do a; done", "condition", ""),
        ("! lint", "condition", ""),
        ("f() { lint; }", "function", ""),
        ("x=$(lint)", "substitution", ""),
        ('echo "$(lint)"', "substitution", ""),
        ("diff <(lint) b", "substitution", ""),
        ("$(lint) --now", "substitution", ""),
        ("for x in a b; do lint; done", "", ""),
        ("case $x in a) lint;; esac", "", ""),
    ],
)
def test_what_stands_around_a_command(script: str, part: str, after: str) -> None:
    """A condition's failure is an answer, a substitution's is its user's affair."""
    lint = next(command for command in shell_commands(script) if command.words[:1] == ("lint",))
    assert (lint.part, lint.after) == (part, after)


def test_scripts_inside_scripts() -> None:
    """`bash -c` and eval are read on the line where they stand, with what hides them outside."""
    found = shell_commands("bash -c 'lint\ntest' || true\n", line=5)
    assert [(c.program, c.line, c.swallowed) for c in found[:3]] == [
        ("bash", 5, "|| true"),
        ("lint", 5, "|| true"),
        ("test", 5, "|| true"),
    ]
    assert [c.words[0] for c in shell_commands('eval "lint --now"')] == ["eval", "lint"]
    assert hidden("sudo sh -c 'lint; echo done'")["lint"] == "; echo done"
    assert [c.words for c in shell_commands("bash script.sh")] == [("bash", "script.sh")]
    nested = 'bash -c "bash -c \'bash -c \\"bash -c lint\\"\'"'
    assert all(command.words[0] == "bash" for command in shell_commands(nested))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("bash -c 'lint; echo done'", "; echo done"),
        ("bash -ec 'lint; echo done'", None),
        ("bash --noprofile -o errexit -c 'lint; echo done'", None),
        ("bash --noprofile -c 'lint; echo done'", "; echo done"),
        ("bash -c 'lint | tee log'", "| tee log"),
        ("bash -euo pipefail -c 'lint | tee log'", None),
        ("set -o pipefail; bash -c 'lint | tee log'", "| tee log"),
        ("set -o pipefail; eval 'lint | tee log'", None),
        ("eval 'lint; echo done'", None),
    ],
)
def test_a_shell_started_anew_has_its_own_options(script: str, expected: str | None) -> None:
    """What `set` said outside holds for eval, not for another bash."""
    assert hidden(script)["lint"] == expected


def test_heredocs_and_comments_are_no_commands() -> None:
    found = shell_commands("cat <<EOF > file\nlint\nEOF\n# lint\ntest\n")
    assert [(c.words[0], c.line) for c in found] == [("cat", 1), ("test", 5)]


def test_templates_are_parts_of_words() -> None:
    assert [c.words for c in shell_commands("run {{.FLAGS}} ${{ inputs.x }}-y")] == [
        ("run", "{{.FLAGS}}", "${{ inputs.x }}-y")
    ]


@pytest.mark.parametrize(
    "script",
    [
        "",
        "# nothing",
        "((((",
        "} ( &&",
        "a &&",
        "a |",
        "'",
        "| |",
        "(" * 400,
        "{ " * 200 + "lint",
        "if " * 300,
        "$(" * 120 + "lint" + ")" * 120,
    ],
)
def test_broken_or_hostile_scripts_cost_nothing(script: str) -> None:
    """What can't be read has no commands, or those that still can be told."""
    assert all(any(command.words) for command in shell_commands(script))


def test_statements_nested_very_deeply_are_passed_over() -> None:
    script = "if a; then " * 120 + "lint; " + "fi; " * 120
    assert "lint" not in {command.program for command in shell_commands(script)}
    many = "lint || " + "{ " * 120 + "true; " + "}; " * 120
    assert hidden(many)["lint"] is None
