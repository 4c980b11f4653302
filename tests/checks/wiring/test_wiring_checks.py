"""Imports beyond the pages' examples: what a rule keeps out, what need not be there, what only looks like ours."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

SHOP = {
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndependencies = [%s]\n',
    "shop/__init__.py": "",
    "shop/core.py": "X = 1\n",
}
GATEWAY = {"api-gateway/main.py": "X = 1\n", "requirements.txt": "flask\n"}


def shop(text: str, needs: str = "") -> dict[str, str]:
    return {**SHOP, "pyproject.toml": SHOP["pyproject.toml"] % needs, "shop/app.py": text}


@pytest.mark.parametrize(
    ("check", "files", "expected"),
    [
        pytest.param("import-resolves-to-no-module", shop("from shop.gone import x\n"), ["shop.gone"], id="nowhere"),
        pytest.param("import-resolves-to-no-module", {**shop("from shop.local import x\n"), ".gitignore": "local.py\n"}, Outcome.PASSED, id="kept out of the tree: another check's"),
        pytest.param("import-resolves-to-no-module", {**shop("X = 1\n"), ".tools/run.py": "from shop.gone import x\n"}, Outcome.PASSED, id="a tool's own"),
        pytest.param("import-resolves-to-no-module", {**GATEWAY, "run.py": "import api_gateway.main\n"}, ["api_gateway.main"], id="a folder that no import can name"),
        pytest.param("import-resolves-to-no-module", {**GATEWAY, "requirements.txt": "api-gateway\n", "run.py": "import api_gateway.main\n"}, Outcome.PASSED, id="a distribution of that name"),
        pytest.param("import-resolves-to-no-module", {**GATEWAY, "run.py": "try:\n    import api_gateway.main\nexcept ImportError:\n    api_gateway = None\n"}, Outcome.PASSED, id="its absence is survived"),
        pytest.param("source-file-swallowed-by-gitignore", {**shop("from shop.build import x\n"), ".gitignore": "build*\n"}, ["shop.build"], id="swallowed by a rule for something else"),
        pytest.param("source-file-swallowed-by-gitignore", {**shop("from shop.local import x\n"), ".gitignore": "local.py\n"}, Outcome.PASSED, id="the rule names the file"),
        pytest.param("source-file-swallowed-by-gitignore", {**shop("X = 1\n"), "tests/test_x.py": "from shop.build import x\n", ".gitignore": "build*\n"}, Outcome.PASSED, id="a test's import"),
        pytest.param("third-party-import-not-declared", shop("import requests\n", '"flask"'), ["requests"], id="not declared"),
        pytest.param("third-party-import-not-declared", shop("try:\n    import requests\nexcept ImportError:\n    requests = None\n", '"flask"'), Outcome.PASSED, id="need not be there"),
        pytest.param("third-party-import-not-declared", shop("# /// script\n# dependencies = ['requests']\n# ///\nimport requests\n", '"flask"'), Outcome.PASSED, id="declared in the script itself"),
        pytest.param("third-party-import-not-declared", {**shop("X = 1\n", '"flask"'), "shop/pytest_plugin.py": "import pytest\n"}, Outcome.PASSED, id="a plugin brings no pytest"),
    ],
)  # fmt: skip
def test_imports(check: str, files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(check, files) == expected
