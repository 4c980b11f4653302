"""Who may read a variable, whatever it calls it."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CHECK = "documented-env-var-unread"
EXAMPLE = "# what to set\nexport APP_WORKER_COUNT=2\n#OTHER_THING=1\nnot a line\n"
CODE = "import os\n\nSTATE = os.environ['STATE_FILE']\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({".env.example": EXAMPLE, "a.py": CODE}, ["unread variables"], id="nobody"),
        pytest.param({".env.example": EXAMPLE}, Outcome.NOT_APPLICABLE, id="no code that could be read"),
        pytest.param({"a.py": CODE}, Outcome.NOT_APPLICABLE, id="no example"),
        pytest.param({".env.example": EXAMPLE, "a.go": 'package a\n\nvar key = "worker.count"\n'}, Outcome.PASSED, id="a key of a library of settings"),
        pytest.param({".env.example": EXAMPLE, "a.go": "package a\n\ntype Settings struct {\n\tWorkerCount int\n}\n"}, Outcome.PASSED, id="a field"),
        pytest.param({".env.example": EXAMPLE, "a.py": CODE, "lib/a.rb": "ENV['APP_WORKER_COUNT']\n"}, Outcome.PASSED, id="a language that isn't parsed"),
        pytest.param({".env.example": "STATE_FILE=\nREDIS_PASSWORD=\n", "a.py": CODE}, Outcome.PASSED, id="a client library"),
        pytest.param({"a/.env.sample": "".join(f"LIMIT_OF_THING_{n}=1\n" for n in range(9)), "a.py": CODE}, ["unread variables"], id="many"),
    ],
)  # fmt: skip
def test_who_reads_it(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
