"""Registries that a program asks, and what fills them."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CHECK = "plugin-registration-not-imported-by-entrypoint"
REGISTRY = 'package registry\n\nvar all = map[string]int{}\n\nfunc Register(name string, x int) { all[name] = x }\n\nfunc Make(name string) int {\n\tif all[name] == 0 {\n\t\tpanic("unknown: " + name)\n\t}\n\treturn all[name]\n}\n'
PLUGIN = (
    'package cash\n\nimport "example.com/shop/registry"\n\nfunc init() { registry.Register("cash", 1) }\n'
)
MAIN = 'package main\n\nimport (\n\t"example.com/shop/registry"%s\n)\n\nfunc main() { %s }\n'


def go(imports: str = "", body: str = 'registry.Make("cash")', **other: str) -> Files:
    """A program with a registry and a plugin."""
    return {
        "go.mod": "module example.com/shop\n",
        "main.go": MAIN % (imports, body),
        "registry/registry.go": REGISTRY,
        "cash/cash.go": PLUGIN,
        **other,
    }


PY = {
    "main.py": "from fastapi import FastAPI\n\nfrom registry import make\n%s\napp = FastAPI()\nmake('cash')\n",
    "registry.py": "ALL = {}\n\n\ndef register(name):\n    return ALL.setdefault(name, print)\n\n\ndef make(name):\n    if name not in ALL:\n        raise KeyError(f'unknown plugin {name}')\n    return ALL[name]\n",
    "cash.py": "from registry import register\n\n\n@register('cash')\ndef cash():\n    return 1\n\n\n@cached\ndef till():\n    return 1\n",
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(go(), ["registry"], id="Go, nothing is loaded"),
        pytest.param(go('\n\t_ "example.com/shop/cash"'), Outcome.PASSED, id="Go, loaded"),
        pytest.param(go(body="registry.Other()"), Outcome.NOT_APPLICABLE, id="Go, never asked"),
        pytest.param(
            go(**{"registry/registry.go": REGISTRY.replace("unknown", "one")}),
            Outcome.NOT_APPLICABLE,
            id="Go, nothing fails",
        ),
        pytest.param(
            go(**{"registry/registry.go": REGISTRY.replace('"unknown: " + name', '"Not found."')}),
            Outcome.NOT_APPLICABLE,
            id="Go, a status names nothing",
        ),
        pytest.param(
            go(
                '\n\t"example.com/shop/till"',
                **{
                    "till/till.go": 'package till\n\nimport "example.com/shop/registry"\n\nfunc Start() { registry.Register("till", 1) }\n\nfunc add(x int) { list.Register(x) }\n'
                },
            ),
            Outcome.PASSED,
            id="Go, filled as it runs",
        ),
        pytest.param(
            go(
                '\n\t"example.com/shop/lib"',
                "lib.Use()",
                **{
                    "lib/lib.go": 'package lib\n\nimport "example.com/shop/registry"\n\nfunc Use() { registry.Make("cash") }\n',
                    "cmd/full/main.go": 'package main\n\nimport (\n\t_ "example.com/shop/cash"\n\t"example.com/shop/lib"\n)\n\nfunc main() { lib.Use() }\n',
                },
            ),
            Outcome.PASSED,
            id="Go, another program fills it, and this one asks nothing itself",
        ),
        pytest.param({**PY, "main.py": PY["main.py"] % ""}, ["registry.py"], id="Python"),
        pytest.param({**PY, "main.py": PY["main.py"] % "import cash"}, Outcome.PASSED, id="Python, loaded"),
    ],
)
def test_registries(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected
