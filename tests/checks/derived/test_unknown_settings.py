"""What scripts write for a program of the tree, against what its settings have."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.facts.written_toml import WrittenToml
from tests.checks.trees import Files
from tests.checks.verdicts import result_of, said

CHECK = "config-field-parsed-but-never-used"
CARGO = '[package]\nname = "shop"\nversion = "0.1.0"\n'
RUST = """
#[derive(Deserialize)]
pub struct Config {
    pub name: String,
    %s
    pub max_limits: LimitsConfig,
}

#[derive(Deserialize)]
pub struct LimitsConfig {
    pub enabled: bool,
    pub requests: u32,
}

fn main() {
    let config: Config = load("etc/shop.toml");
    serve(config.name, config.max_limits.enabled, config.max_limits.requests);
}
"""
SCRIPT = '#!/bin/sh\ncat > "$DIR/shop.toml" << EOF\n%sEOF\nshop\n'
KNOWN = "name = 'a'\n[max-limits]\nenabled = true\n"
UNKNOWN = KNOWN + "[recovery]\nretries = 3\n"


def tree(written: str, field: str = "", **more: str) -> dict[str, str]:
    return {"Cargo.toml": CARGO, "src/main.rs": RUST % field, "run.sh": SCRIPT % written, **more}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(tree(UNKNOWN), ["shop.toml"], id="a table that nobody knows"),
        pytest.param(tree("session = 1\n" + KNOWN), ["shop.toml"], id="a key"),
        pytest.param(tree(KNOWN), Outcome.PASSED, id="all is known"),
        pytest.param(tree(UNKNOWN, '#[serde(rename = "recovery")] enabled: String,'), Outcome.PASSED, id="renamed"),
        pytest.param(tree(UNKNOWN, "#[serde(flatten)] pub more: Map,"), Outcome.PASSED, id="takes anything"),
        pytest.param(tree("[recovery]\n"), Outcome.PASSED, id="another program's file"),
        pytest.param(tree(UNKNOWN) | {"src/main.rs": (RUST % "").replace("shop.toml", "x.toml")}, Outcome.PASSED, id="another name"),
        pytest.param(tree(UNKNOWN) | {"Cargo.toml": ""}, ["shop.toml"], id="a manifest without a name"),
        pytest.param(tree(UNKNOWN) | {"src/main.rs": "fn main() {}"}, Outcome.NOT_APPLICABLE, id="no settings"),
        pytest.param(
            tree(UNKNOWN, **{"src/b.rs": (RUST % "").replace("LimitsConfig", "Limits2Config").replace("struct Config", "struct OtherConfig")}),
            ["Limits2Config"], id="two that hold others",
        ),
    ],
)  # fmt: skip
def test_written_settings(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_the_gap_says_what_is_unknown() -> None:
    (found,) = result_of(CHECK, tree(UNKNOWN)).gaps
    assert (found.gap.path, found.gap.line) == ("run.sh", 6)
    assert found.gap.message == "Writes shop.toml with `recovery`, which Config doesn't have: without effect."


def test_facts() -> None:
    """Tables and the keys before them, each once, of files with a name that can be read."""
    text = (
        "cat <<'EOF' > a.toml\nx = 1\nx = 2\ny == 3\n[t]\nz = 1\n[[t]]\n[u.v]\nEOF\n"
        "cat > $NAME.toml <<EOF\nx = 1\nEOF\ncat > b.json << EOF\nx = 1\nEOF\n"
        'cat >> "b.toml" <<-END\n[w]\n'
    )
    files = WrittenToml.extract(text + "x" * 600).files
    assert [(f.name, f.line, f.names) for f in files] == [
        ("a.toml", 1, (("x", 2), ("t", 5), ("u", 8))),
        ("b.toml", 16, (("w", 17),)),
    ]
