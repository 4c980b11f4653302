"""What scripts copy to another place runs there."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

MAIN = "import build from './index.js';\nbuild();\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("cp server/main.js build/main.js", Outcome.PASSED, id="from its folder"),
        pytest.param("cp web/server/main.js build/", Outcome.PASSED, id="from the root"),
        pytest.param("cp other.js build/main.js", ["./index.js"], id="another file"),
    ],
)
def test_imports_of_what_is_copied(script: str, expected: list[str] | Outcome) -> None:
    files = {"web/package.json": "{}", "web/server/main.js": MAIN, "web/build.sh": f"#!/bin/sh\n{script}\n"}
    assert said("import-resolves-to-no-module", files) == expected
