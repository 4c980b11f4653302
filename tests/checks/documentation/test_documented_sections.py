"""What the documentation owes, and what counts as treating it."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

APP = 'from fastapi import FastAPI\nimport uvicorn\n\napp = FastAPI()\n\nif __name__ == "__main__":\n    uvicorn.run(app)\n'
SERVICE = {"app.py": APP, "Dockerfile": 'FROM python:3.14\nCMD ["python", "app.py"]\n'}
TOLD = "# Shop\n\n## Deployment\nx\n## Architecture\nx\n## Security\nx\n"
READS = "import os\n" + "".join(f'a{n} = os.environ["SHOP_{n}_NAME"]\n' for n in range(12))
GO = {"go.mod": "module shop\n", "main.go": "package main\n\nfunc main() {}\n"}

LIBRARY = {"package.json": '{"name": "shop", "main": "index.js"}', "index.js": "exports.shop = () => 1;\n"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"app.py": "x = 1\n"}, Outcome.NOT_APPLICABLE, id="neither service nor command"),
        pytest.param(SERVICE, ["documentation"], id="nothing"),
        pytest.param({**SERVICE, "README.md": TOLD}, ["documentation"], id="no configuration"),
        pytest.param({**SERVICE, "README.md": TOLD, ".env.example": "SHOP_NAME=x\n"}, Outcome.PASSED, id="an example of variables; one light subject is left out"),
        pytest.param({**SERVICE, "README.md": TOLD, "docs/configuration.md": "# A\n"}, Outcome.PASSED, id="a document"),
        pytest.param({**SERVICE, "README.md": TOLD, "docs/configuration.md": "# A\n", "cfg.py": READS}, ["documentation"], id="untold variables"),
        pytest.param({**SERVICE, "README.md": TOLD, "docs/configuration.md": "`SHOP_1_NAME` `SHOP_2_NAME`", "cfg.py": READS}, Outcome.PASSED, id="few untold variables"),
        pytest.param({**SERVICE, "README.md": TOLD, "docs/configuration.md": "# A\n", "cfg.py": READS, "plan.md": "x", "values.yaml": "".join(f"- SHOP_{n}_NAME\n" for n in range(12))}, Outcome.PASSED, id="variables in a chart"),
        pytest.param({**SERVICE, "README.md": TOLD, "docs/configuration.md": "# A\n", "cfg.py": READS, ".env.example": "".join(f"SHOP_{n}_NAME=\n" for n in range(12))}, Outcome.PASSED, id="variables in an example"),
        pytest.param({**SERVICE, "README.md": "# Shop\n\n[Guide](https://docs.shop.example/a)\n"}, Outcome.UNDECIDED, id="a site"),
        pytest.param({**SERVICE, "README.md": "# Shop\n\n[Documentation](https://shop.example/a)\n"}, Outcome.UNDECIDED, id="a site by its name"),
        pytest.param({**SERVICE, "README.md": "# Shop\n\n[Licence](LICENSE)\n"}, ["documentation"], id="a link to a file"),
        pytest.param({**SERVICE, "docs/index.rst": "Shop\n"}, Outcome.UNDECIDED, id="another format"),
        pytest.param(GO, ["documentation"], id="a command without a README"),
        pytest.param({**GO, "README.md": "# Shop\n\n```\ngo install shop\n```\n"}, Outcome.PASSED, id="a command with one"),
        pytest.param({**GO, "README.md": "# Shop\n"}, ["documentation"], id="a command with an empty one"),
        pytest.param(LIBRARY, ["documentation"], id="a library without a README"),
        pytest.param({**LIBRARY, "README.md": "# Shop\n\n```js\nshop()\n```\n"}, Outcome.PASSED, id="a library that shows its use"),
        pytest.param({"go.mod": "module shop\n", "shop.go": "package shop\n\nfunc Sell() {}\n"}, ["documentation"], id="a library whose reference is made of its code"),
    ],
)  # fmt: skip
def test_sections(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("docs-section-missing", files) == expected


@pytest.mark.parametrize(
    ("readme", "files", "expected"),
    [
        pytest.param("# Shop\n\nA high-performance shop.\n", {}, ["benchmarks"], id="claimed"),
        pytest.param("# Shop\n\nA shop.\n", {}, Outcome.NOT_APPLICABLE, id="not claimed"),
        pytest.param("# Shop\n\nIt is not blazing fast.\n", {}, Outcome.NOT_APPLICABLE, id="denied"),
        pytest.param("# Shop\n" + "\nx\n" * 9 + "\n## Features\n\n- 10x faster\n", {}, ["benchmarks"], id="a feature"),
        pytest.param("# Shop\n" + "\nx\n" * 9 + "\n## Backends\n\n- vLLM: blazing fast\n", {}, Outcome.NOT_APPLICABLE, id="of something else"),
        pytest.param("# Shop\n\n| Backend |\n| --- |\n| blazing fast |\n", {}, Outcome.NOT_APPLICABLE, id="a table"),
        pytest.param("# Shop\n\nA high-performance shop.\n", {"scripts/load-test.js": "x"}, Outcome.PASSED, id="load test"),
        pytest.param("# Shop\n\nA high-performance shop, [see](https://x.example/benchmarks).\n", {}, Outcome.PASSED, id="linked"),
    ],
)  # fmt: skip
def test_speed(readme: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    tree = {"README.md": readme, "app.py": "def f(): return 1\n", **files}
    assert said("no-benchmarks", tree) == expected
    assert said("no-benchmarks", {"README.md": readme}) is Outcome.NOT_APPLICABLE


def test_jobs_that_call_workflows_have_no_time_limit_of_their_own() -> None:
    workflow = "on: push\njobs:\n  a: {uses: ./.github/workflows/b.yml}\n  c: {timeout-minutes: 5, steps: [{run: x}]}\n"
    assert said("job-without-timeout", {".github/workflows/ci.yml": workflow}) is Outcome.PASSED
