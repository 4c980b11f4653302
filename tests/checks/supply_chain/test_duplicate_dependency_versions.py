"""Several versions of one package, where the project itself asks for the older one."""

from __future__ import annotations

import json

import pytest

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "duplicate-dependency-versions"


def lock(**packages: dict[str, object]) -> dict[str, str]:
    named = {"": {"dependencies": {"a": "1"}}, "node_modules/a": {"version": "1.2.0"}}
    inner = {f"node_modules/b/node_modules/{name.rstrip('_')}": package for name, package in packages.items()}
    return {"package-lock.json": json.dumps({"packages": {**named, **inner}})}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (lock(a={"version": "2.0.0"}), ["a"]),
        (lock(a={"version": "1.9.0"}), Outcome.PASSED),
        (lock(a={"version": "0.9.0"}), Outcome.PASSED),
        (lock(a={"version": "2.0.0", "dev": True}), Outcome.PASSED),
        (lock(c={"version": "2.0.0"}), Outcome.PASSED),
        (lock(a={"version": "unknown"}), Outcome.PASSED),
        ({f"vendor/{path}": text for path, text in lock(a={"version": "2.0.0"}).items()}, Outcome.PASSED),
        ({"go.mod": "module x\nrequire a.org/b v1.0.0\nrequire a.org/b/v2 v2.1.0\n"}, ["a.org/b"]),
        ({"go.mod": "module x\nrequire gopkg.in/yaml.v2 v2.0.0\nrequire gopkg.in/yaml.v3 v3.0.0\n"}, ["gopkg.in/yaml"]),
        ({"go.mod": "module x\nrequire a.org/b v1.0.0 // indirect\nrequire a.org/b/v2 v2.1.0\n"}, Outcome.PASSED),
        ({"vendor/x/go.mod": "module x\nrequire a.org/b v1.0.0\nrequire a.org/b/v2 v2.1.0\n"}, Outcome.PASSED),
    ],
)  # fmt: skip
def test_duplicates(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
