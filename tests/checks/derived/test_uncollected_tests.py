"""Which tests no run looks at."""

from __future__ import annotations

import pytest

from checks.derived.tests.uncollected_tests import UncollectedTests
from tests.checks.trees import snapshot

TEST = "def test_it():\n    assert 1\n"
INI = {"pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n', "tests/test_a.py": TEST}
OUT = {**INI, "plugins/tests/test_b.py": TEST}
CI = "on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: {}\n"
CARGO = {"Cargo.toml": '[package]\nname = "shop"\n', "src/lib.rs": ""}
RUST = "#[test]\nfn works() {\n    assert!(true);\n}\n"


@pytest.mark.parametrize(
    ("files", "left_out", "looked_at"),
    [
        pytest.param({**OUT, ".github/workflows/ci.yml": CI.format("cd plugins && pytest")}, [], 2, id="CI runs there"),
        pytest.param(
            {**OUT, ".github/workflows/ci.yml": CI.format("pytest")}, ["plugins/tests/test_b.py"], 2, id="CI runs the rest"
        ),
        pytest.param(OUT, ["plugins/tests/test_b.py"], 2, id="outside testpaths"),
        pytest.param({**OUT, "plugins/tests/test_c.py": TEST}, ["plugins/tests/test_b.py", "plugins/tests/test_c.py"], 3, id="together"),
        pytest.param({"tests/test_a.py": TEST, "more/test_b.py": TEST}, [], 0, id="nothing configured"),
        pytest.param({**OUT, "plugins/tests/test_b.py": "X = 1\n"}, [], 1, id="no tests in it"),
        pytest.param({**INI, "app/tests.py": TEST, ".hidden/test_x.py": TEST, "tests/conftest.py": TEST}, [], 1, id="other files"),
        pytest.param(
            {"pytest.ini": "[pytest]\ntestpaths = gone ../up\n", "a/test_b.py": TEST}, [], 0, id="paths that aren't there"
        ),
        pytest.param(
            {"pytest.ini": "[pytest]\ntestpaths = apps/*/tests\n", "apps/a/tests/test_b.py": TEST, "lib/test_c.py": TEST},
            ["lib/test_c.py"], 2, id="a pattern",
        ),
        pytest.param({**OUT, "ci.sh": "pytest plugins/tests -q\n"}, [], 2, id="a script names the folder"),
        pytest.param({**OUT, "Makefile": "t:\n\tpytest plugins/\n"}, [], 2, id="a Makefile a folder above"),
        pytest.param({**OUT, "justfile": "t:\n  pytest plugins/tests/test_b.py::test_it\n"}, [], 2, id="a justfile the file"),
        pytest.param({**OUT, "package.json": '{"scripts": {"t": "pytest plugins"}}'}, [], 2, id="a package script"),
        pytest.param({**INI, "plugins/tests/test_b.py": f"@check\n{TEST}"}, [], 1, id="another registry's"),
        pytest.param({**INI, "plugins/tests/test_b.py": f"@pytest.mark.slow\n{TEST}"}, ["plugins/tests/test_b.py"], 2, id="marked"),
        pytest.param({**INI, "examples/shop/tests/test_b.py": TEST}, [], 1, id="an example's own"),
        pytest.param({**CARGO, "tests/a.rs": RUST, "tests/b/main.rs": RUST}, [], 0, id="Rust targets"),
        pytest.param(
            {**CARGO, "tests/b/c.rs": RUST, "tests/a.rs": 'include!("b/c.rs");\nfn f() { g("b/c.rs", "quick"); }\n'}, [], 1, id="included"
        ),
        pytest.param({**CARGO, "tests/b/c.rs": RUST}, ["tests/b/c.rs"], 1, id="a Rust file below"),
        pytest.param({**CARGO, "tests/b/c.rs": "fn help() {}\n"}, [], 0, id="a Rust file without tests"),
        pytest.param({**CARGO, "tests/b/c.rs": RUST, "tests/a.rs": "mod b;\n", "tests/b/mod.rs": "mod c;\n"}, [], 1, id="a Rust module"),
        pytest.param(
            {**CARGO, "Cargo.toml": CARGO["Cargo.toml"] + '[[test]]\nname = "c"\npath = "tests/b/c.rs"\n', "tests/b/c.rs": RUST},
            [], 1, id="a declared Rust target",
        ),
        pytest.param({**CARGO, "tests/b/c.rs": RUST, "src/lib.rs": "use std::io;\n"}, ["tests/b/c.rs"], 1, id="Rust imports"),
        pytest.param({"tests/b/c.rs": RUST}, [], 0, id="Rust without a crate"),
    ],
)  # fmt: skip
def test_what_is_left_out(files: dict[str, str], left_out: list[str], looked_at: int) -> None:
    found = snapshot(files).derived(UncollectedTests)
    assert [path for group in found.groups for path in group.files] == left_out
    assert len(found) == looked_at
