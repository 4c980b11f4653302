"""Imports whose absence is survived, or that bring their own declaration."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

PROJECT = '[project]\nname = "shop"\nrequires-python = ">=3.11"\ndependencies = ["httpx", "jinja2"]\n'
GUARDED = "try:\n    import httpx\nexcept ImportError:\n    httpx = None\nelse:\n    import redis\n"
VERSION = "import sys\n\nif sys.version_info >= (3, 10):\n    import importlib.metadata as m\nelse:\n    import importlib_metadata as m\n"
INLINE = '# /// script\n# dependencies = ["redis"]\n# ///\nimport redis\n'


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("shop/main.py", "import httpx\nimport redis\n", ["redis"], id="needed at once"),
        pytest.param("shop/main.py", GUARDED, Outcome.PASSED, id="only where another one is there"),
        pytest.param("shop/main.py", VERSION, Outcome.PASSED, id="only on an older Python"),
        pytest.param(
            "shop/a.py", "import markupsafe\n", Outcome.PASSED, id="what a declared one always brings"
        ),
        pytest.param("shop/fetch.py", INLINE, Outcome.PASSED, id="a script that lists it in itself"),
        pytest.param("shop/_pytest_plugin.py", "import pytest\n", Outcome.PASSED, id="a plugin of pytest"),
    ],
)
def test_imports(path: str, text: str, expected: list[str] | Outcome) -> None:
    files = {"pyproject.toml": PROJECT, "shop/__init__.py": "import httpx\n", path: text}
    assert said("third-party-import-not-declared", files) == expected


@pytest.mark.parametrize(
    ("lock", "severity"),
    [
        pytest.param({}, Severity.HIGH, id="nothing installs it"),
        pytest.param(
            {"uv.lock": '[[package]]\nname = "Redis"\n'}, Severity.MEDIUM, id="something else brings it"
        ),
        pytest.param({"uv.lock": '[[package]]\nname = "httpx"\n'}, Severity.HIGH, id="locked are others"),
        pytest.param(
            {"web/uv.lock": '[[package]]\nname = "redis"\n'}, Severity.HIGH, id="another component's lock"
        ),
    ],
)
def test_what_a_lock_file_brings_along_weighs_less(lock: dict[str, str], severity: Severity) -> None:
    files = {"pyproject.toml": PROJECT, "Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python -m shop.main\n", "shop/__init__.py": "", "shop/main.py": "import redis\n", **lock}  # fmt: skip
    (gap,) = result_of("third-party-import-not-declared", files).gaps
    assert gap.severity is severity
