"""What its comments admit, where they count, and what only looks like the real thing."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "simulated-implementation"
REAL = "    # In a real implementation, this would ask the daemon.\n"
BODY = "    state = guess(image)\n    return state\n"
STREAM = "package a\n\nfunc NewSimulatedStream(text string) Stream { return cut(text) }\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a.py": f"def run(image):\n{REAL}{BODY}"}, ["run"], id="instead of the real thing"),
        pytest.param({"a.py": f"# In a real implementation, this would be split.\n\ndef run(image):\n{BODY}"}, Outcome.PASSED, id="outside of functions"),
        pytest.param({"a.py": "def run(image):\n    # Dummy data for providers.\n" + BODY}, Outcome.PASSED, id="data that fills in"),
        pytest.param({"a.py": "def run(image):\n    # returns dummy data\n" + BODY}, ["run"], id="data that is returned"),
        pytest.param({"a.py": "def run(image):\n    # Send dummy response to trigger the check.\n" + BODY}, Outcome.PASSED, id="a signal"),
        pytest.param({"a.py": "def run(image):\n    # mock data\n" + BODY}, ["run"], id="mock data"),
        pytest.param({"mocks/a.py": f"def run(image):\n{REAL}{BODY}"}, Outcome.PASSED, id="by where it stands"),
        pytest.param({"a.py": f"def fake_run(image):\n{REAL}{BODY}"}, Outcome.PASSED, id="by its name"),
        pytest.param({"a.py": "def run(image):\n    # Placeholder implementation to allow compiling elsewhere.\n" + BODY}, Outcome.PASSED, id="for other platforms"),
        pytest.param({"a.py": "def run(image):\n    # A real implementation detail of the daemon.\n" + BODY}, Outcome.PASSED, id="about real implementations"),
        pytest.param({"a.py": "def run(image):\n    # for now, the daemon is asked twice\n" + BODY}, Outcome.PASSED, id="for now is no admission where work is done"),
        pytest.param({"a.py": f"def send(image):\n{REAL}    return True\n"}, Outcome.PASSED, id="a stub is told of elsewhere"),
        pytest.param({"system_tests/test_runner.py": f"def main():\n{REAL}    loop()\n\nif __name__ == '__main__':\n    main()\n"}, ["main"], id="a program among the tests"),
        pytest.param({"tests/test_run.py": f"def test_run():\n{REAL}    loop()\n\nif __name__ == '__main__':\n    test_run()\n", "a.py": "X = 1\n"}, Outcome.PASSED, id="a test"),
        pytest.param({"tests/fixture_runner.py": f"def main():\n{REAL}    loop()\n\nif __name__ == '__main__':\n    main()\n", "a.py": "X = 1\n"}, Outcome.PASSED, id="a fixture"),
        pytest.param({"s.go": STREAM, "a.go": "package a\n\nfunc Stream(t string) Stream {\n\t_ = NewSimulatedStream(t)\n\treturn NewSimulatedStream(t)\n}\n"}, ["Stream"], id="made twice"),
        pytest.param({"s.go": STREAM, "a.go": "package a\n\nfunc DemoStream(t string) Stream { return NewSimulatedStream(t) }\n"}, Outcome.PASSED, id="made for a demonstration"),
        pytest.param({"src/lib.rs": "pub fn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() {\n        // In a real implementation, this would ask.\n        go();\n    }\n}\n"}, Outcome.PASSED, id="in a test"),
    ],
)  # fmt: skip
def test_what_pretends(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_what_works_for_less_weighs_less() -> None:
    text = "def path(plan):\n    # Simplified critical path - in production, use proper algorithms\n    return walk(plan)\n"
    (gap,) = result_of(CHECK, {"a.py": text}).gaps
    assert gap.severity is Severity.MEDIUM


def test_what_admits_to_be_less_than_the_full_one() -> None:
    """It does its work: the full one would do more."""
    text = "def table(rows):\n    # This is a simplified renderer.\n    # A full implementation would need to handle alignment.\n    return walk(rows)\n"
    assert [gap.severity for gap in result_of(CHECK, {"a.py": text}).gaps] == [Severity.MEDIUM]


def test_notes_that_stand_apart_are_apart() -> None:
    text = "def run(image):\n    # for now\n    go(image)\n    # In a real implementation,\n    # this would ask the daemon.\n    return 1 + image\n"
    (gap,) = result_of(CHECK, {"a.py": text}).gaps
    assert (gap.gap.line, len(gap.gap.evidence)) == (4, 1)


def test_only_tests_simulate_tests() -> None:
    text = "def test_load():\n    # a simulated load\n    time.sleep(1)\n"
    assert said("simulated-test", {"load.py": text, "tests/test_load.py": text}) == ["simulated tests"]
    assert said("simulated-test", {"tests/test_load.py": text.replace("simulated", "real")}) is Outcome.PASSED
