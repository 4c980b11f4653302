"""What a missing limit means for each client."""

from __future__ import annotations

from checks import Severity
from tests.checks.verdicts import result_of


def test_fetch_of_node_ends_by_itself_some_day() -> None:
    text = 'import fs from "node:fs";\n\nexport const load = (url) => fetch(url);\n'
    (gap,) = result_of("http-call-without-timeout", {"src/load.mjs": text}).gaps
    assert gap.severity is Severity.MEDIUM
    (gap,) = result_of("http-call-without-timeout", {"a.py": "import requests\nrequests.get('x')\n"}).gaps
    assert gap.severity is Severity.HIGH
