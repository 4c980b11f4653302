"""What a visitor's browser runs, in a folder that a server stands in too."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

SERVER = "import express from 'express';\nimport './kept.js';\nconst app = express();\napp.listen(80);\n"
TREE = {
    "package.json": '{"name": "shop", "type": "module", "dependencies": {"express": "5"}}',
    "Dockerfile": "FROM node:22\nCMD node server.js\n",
    "server.js": SERVER,
    "src/Page.tsx": "import { sessions } from './state';\nexport const Page = () => <p>{sessions.size}</p>;\n",
}
STATE = "export const sessions = new Map();\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"src/state.ts": STATE}, Outcome.PASSED, id="what a page imports"),
        pytest.param(
            {"src/state.ts": STATE + "window.sessions = sessions;\n"}, Outcome.PASSED, id="a page's window"
        ),
        pytest.param(
            {
                "src/state.ts": STATE + "window.sessions = sessions;\n",
                "kept.js": "import './src/Page.tsx';\n",
            },
            Outcome.PASSED,
            id="a page that the server renders",
        ),
        pytest.param({"kept.js": STATE}, ["sessions"], id="what the server imports"),
    ],
)
def test_a_page_keeps_no_state_of_the_service(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("in-memory-state-only", {**TREE, **files}) == expected
