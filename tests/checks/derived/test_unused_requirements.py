"""Requirements that are declared, against what the tree imports."""

from __future__ import annotations

import pytest

from checks.derived.wiring.unused_requirements import UnusedRequirements
from tests.checks.trees import Files, snapshot

GO = "module example.org/shop\n\ngo 1.22\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b/v2 v2.0.0%s\n)\n"
MAIN = 'package main\n\nimport "example.com/a/inner"\n\nfunc main() { inner.Run() }\n'
LISTED = "requests==2.32.0\nstripe==9.0.0\n"


@pytest.mark.parametrize(
    ("files", "looked_for", "unused"),
    [
        ({"go.mod": GO % "", "main.go": MAIN}, 2, ["example.com/b/v2"]),
        ({"go.mod": GO % " // indirect", "main.go": MAIN}, 1, []),
        ({"go.mod": GO % "", "main.go": MAIN, "b_test.go": 'package main\n\nimport _ "example.com/b/v2"\n'}, 2, []),
        ({"go.mod": GO % "" + "\ntool example.com/b/v2/cmd\n", "main.go": MAIN}, 2, []),
        ({"go.mod": GO % "" + "\nreplace example.com/b/v2 => ../b\n", "main.go": MAIN}, 1, []),
        ({"go.mod": (GO % "").replace("com/b/v2", "com/protobuf"), "main.go": MAIN}, 1, []),
        ({"go.mod": GO % "", "main.go": MAIN, "vendor/x.go": MAIN}, 0, []),
        ({"go.mod": GO % "", "main.go": MAIN, "deep.go": "(" * 2000}, 0, []),
        ({"go.mod": GO % ""}, 0, []),
        ({"requirements.txt": LISTED, "main.py": "import stripe\n"}, 2, ["requests"]),
        ({"requirements.txt": LISTED, "main.py": "import stripe\n", "tests/test_a.py": "from requests import get\n"}, 2, []),
        ({"requirements.txt": LISTED, "main.py": "from . import requests\nimport stripe\n"}, 2, ["requests"]),
        ({"requirements.txt": "gunicorn\nsomething-rare\n", "main.py": "import os\n"}, 0, []),
        ({"requirements-dev.txt": LISTED, "main.py": "import os\n"}, 0, []),
        ({"requirements.txt": LISTED + "requests-oauthlib\n", "main.py": "import stripe\n"}, 1, []),
        ({"requirements.txt": LISTED + "locust\n", "main.py": "import stripe\n"}, 1, []),
        ({"requirements.txt": LISTED + "certifi==1\nidna==1\n", "main.py": "import stripe\n"}, 0, []),
        ({"requirements.txt": LISTED, "main.py": "import stripe\n", "a.ipynb": "{}"}, 0, []),
        ({"requirements.txt": LISTED}, 0, []),
        (
            {"a/requirements.txt": LISTED, "b/requirements.txt": LISTED, "main.py": "import stripe\n"},
            4,
            ["requests", "requests"],
        ),
    ],
)  # fmt: skip
def test_what_no_file_imports(files: Files, looked_for: int, unused: list[str]) -> None:
    found = snapshot(files).derived(UnusedRequirements)
    assert len(found) == looked_for
    assert [item.name for item in found.unused] == unused


AXIOS = (
    '{"name": "shop", "dependencies": {"axios": "1", "left-pad": "1"}, "devDependencies": {"chalk": "5"}%s}'
)


@pytest.mark.parametrize(
    ("files", "unused"),
    [
        ({"package.json": AXIOS % "", "src/a.ts": "export const a = 1;\n"}, ["axios"]),
        ({"package.json": AXIOS % "", "src/a.ts": 'import axios from "axios/dist/node";\n'}, []),
        ({"package.json": AXIOS % "", "src/a.ts": 'const name = "axios";\n'}, []),
        ({"package.json": AXIOS % "", "src/a.ts": 'load("axios", name);\nload(" ");\n'}, []),
        ({"package.json": AXIOS % ', "jest": {"mocks": ["axios"]}', "src/a.ts": "a();\n"}, []),
        ({"package.json": AXIOS % ', "scripts": {"a": "node -r axios"}', "src/a.ts": "a();\n"}, []),
        ({"package.json": AXIOS % "", "src/a.ts": "a();\n", "a.yml": "a: axios/b.js\n"}, []),
        ({"package.json": AXIOS % "", "other/b.py": "a()\n"}, []),  # no code of its own
    ],
)
def test_node(files: dict[str, str], unused: list[str]) -> None:
    found = snapshot(files).derived(UnusedRequirements).unused
    assert [item.name for item in found] == unused
