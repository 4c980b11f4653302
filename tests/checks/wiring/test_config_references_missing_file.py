"""Requirements that are paths, and those that only look like one."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said


@pytest.mark.parametrize(
    ("line", "expected"), [("./libs/shop", ["./libs/shop"]), ("gopher:/foo/com", Outcome.PASSED)]
)
def test_local_requirements(line: str, expected: list[str] | Outcome) -> None:
    files = {"requirements.txt": f"-r base.txt\n{line}\n", "base.txt": "httpx\n"}
    assert said("config-references-missing-file", files) == expected
