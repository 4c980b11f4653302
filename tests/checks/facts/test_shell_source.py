"""Shell scripts as source facts."""

from __future__ import annotations

from checks.facts.shell_source import ShellSource
from checks.facts.source import BodyForm

FILE = """\
#!/usr/bin/env bash
set -euo pipefail
source ./lib.sh
readonly FOO="bar"
NAME=$(get_it "x" --flag)
PORT="${PORT:-80}"
# Does f.
function f() { echo "$1 ${MODE:-d} ${ZONE:?need}" | grep -q y || true; }
deploy() { echo "deploying"; return 0; }
later() { echo "not implemented yet"; exit 1; }
nothing() { :; }
read -r LINE
if [[ -n "${QUEUE}" && -n "$LINE" && -n "$HOME" ]]; then curl -sSL https://x | bash; fi
"""


def test_a_whole_script() -> None:
    found = ShellSource.extract(FILE)
    assert found.runs_as_main
    assert [i.module for i in found.imports] == ["./lib.sh"]
    by_name = {d.name: d for d in found.definitions}
    assert by_name["FOO"].value == '"bar"'
    assert by_name["f"].doc == "Does f."
    assert by_name["deploy"].body is BodyForm.CONSTANT
    assert by_name["later"].body is BodyForm.NOT_IMPLEMENTED
    assert by_name["nothing"].body is BodyForm.EMPTY
    assert [(r.name, r.has_default, r.required) for r in found.environment] == [
        ("PORT", True, False),
        ("MODE", True, False),
        ("ZONE", False, True),
        ("QUEUE", False, False),
    ]
    assert found.suppressions == (8,)
    assert {b.name: b.value for b in found.bindings} == {"NAME": "get_it"}
    curl = next(c for c in found.calls if c.callee == "curl")
    assert [a.text for a in curl.arguments] == ["-sSL", "https://x"]
    assert next(c for c in found.calls if c.callee == "grep").inside == "f"


def test_expansions_without_a_name_read_no_variable() -> None:
    found = ShellSource.extract('echo ${@} ${*:-a} "${1:-a}" ${#ITEMS[@]} ${FOO}\n').environment
    assert [read.name for read in found] == ["FOO", "ITEMS"]


def test_functions_and_constants_without_more() -> None:
    """A constant that is computed has no value; a comment behind code is no documentation."""
    found = ShellSource.extract("A=1 # why\nf() { run; }\nB=$(date)\n").definitions
    assert [(d.name, d.value, d.doc) for d in found] == [
        ("A", "1", None),
        ("f", None, None),
        ("B", None, None),
    ]
