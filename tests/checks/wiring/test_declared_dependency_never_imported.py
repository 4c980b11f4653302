"""Crates, and what shows that one is used."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

MANIFEST = '[package]\nname = "shop"\nversion = "0.1.0"\n%s\n[dependencies]\n%s\n'


def crate(dependency: str, code: str = "fn main() {}\n", tables: str = "") -> Files:
    return {"Cargo.toml": MANIFEST % (tables, dependency), "src/main.rs": code}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (crate('hmac = "1"'), ["hmac"]),
        (crate('hmac = "1"', "use hmac::Mac;\n"), Outcome.PASSED),
        (crate('hmac = "1"', "/// hmac::new()\nfn main() {}\n"), Outcome.PASSED),
        (crate('hmac = "1"', "#[derive(hmac::Mac)]\nstruct A {\n    #[hmac(x)]\n    a: u8,\n}\n"), Outcome.PASSED),
        (crate('hmac = "1"', "use crate::{hmac};\n"), Outcome.PASSED),
        # used without a name in the code
        (crate('hmac = { version = "1", features = ["x"] }'), Outcome.NOT_APPLICABLE),
        (crate('hmac = { version = "1", optional = true }'), Outcome.NOT_APPLICABLE),
        (crate('hmac = "=1.2.3"'), Outcome.NOT_APPLICABLE),
        (crate('hmac-sys = "1"'), Outcome.NOT_APPLICABLE),
        (crate('prost = "1"'), ["prost"]),
        (crate('prost = "1"\n[build-dependencies]\ntonic-build = "1"'), Outcome.NOT_APPLICABLE),
        (crate('hmac = "1"', tables='[features]\nx = ["hmac/std"]\n'), Outcome.NOT_APPLICABLE),
        ({"Cargo.toml": MANIFEST % ("", 'hmac = "1"')}, Outcome.NOT_APPLICABLE),
        (crate('tui-textarea-2 = "1"'), Outcome.NOT_APPLICABLE),
        ({"src/main.rs": "fn main() {}\n"}, Outcome.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_crates(files: Files, expected: list[str] | Outcome) -> None:
    assert said("declared-dependency-never-imported", files) == expected


def test_a_python_requirement_that_nothing_imports() -> None:
    """Named with the manifest and the language that was searched."""
    files = {"requirements.txt": "requests==2.32.0\nstripe==9.0.0\n", "main.py": "import stripe\n"}
    assert said("declared-dependency-never-imported", files) == ["requests"]
