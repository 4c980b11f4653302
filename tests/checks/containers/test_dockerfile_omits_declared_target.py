"""What is in the image when Cargo first reads the manifest."""

from __future__ import annotations

import pytest

from checks import Outcome, find_check
from tests.checks.trees import report

MANIFEST = (
    '[package]\nname = "shop"\n[[bench]]\nname = "prices"\n[[bin]]\nname = "tool"\npath = "tools/tool.rs"\n'
)
CASES = {
    "the bench is left out": ("COPY Cargo.toml ./\nRUN cargo build", ["Cargo.toml"]),
    "only the first command counts": ("COPY Cargo.toml ./\nRUN cargo fetch\nCOPY benches benches\nRUN cargo build", ["Cargo.toml"]),
    "its folder is copied": ("COPY Cargo.toml ./\nCOPY benches/ benches/\nRUN cargo build", []),
    "its file is copied": ("COPY Cargo.toml benches/prices.rs ./\nRUN cargo build", []),
    "all is copied": ("COPY . .\nRUN cargo build", []),
    "all and the manifest": ("COPY Cargo.toml ./\nCOPY . .\nRUN cargo build", []),
    "another stage's files": ("COPY Cargo.toml ./\nCOPY --from=plan /x ./\nRUN cargo build", []),
    "no Cargo": ("COPY Cargo.toml ./\nRUN cargo chef prepare\nRUN cargo\nRUN make", []),
    "no manifest in the tree": ("COPY other/Cargo.toml ./\nRUN cargo build", []),
}  # fmt: skip


@pytest.mark.parametrize(("instructions", "subjects"), CASES.values(), ids=CASES.keys())
def test_what_is_there_by_then(instructions: str, subjects: list[str]) -> None:
    """A gap only where a declared target without a path is certainly missing."""
    check = find_check("dockerfile-omits-declared-target")
    assert check
    files = {
        "Dockerfile": f"FROM rust:1\n{instructions}\n",
        "Cargo.toml": MANIFEST,
        "benches/prices.rs": "fn main() {}",
    }
    found = report(files, check).results[0]
    assert [gap.gap.subject for gap in found.gaps] == subjects


def test_a_target_that_is_nowhere_is_another_gap() -> None:
    """Copying would not help."""
    check = find_check("dockerfile-omits-declared-target")
    assert check
    files = {"Dockerfile": "FROM rust:1\nCOPY Cargo.toml ./\nRUN cargo build\n", "Cargo.toml": MANIFEST}
    assert report(files, check).results[0].outcome is Outcome.PASSED
