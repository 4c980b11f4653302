"""Commands of a README that are about the reader's project, or about a program that takes any word."""

from __future__ import annotations

from checks import Outcome
from tests.checks.verdicts import said

CHECK = "documented-command-broken"
PACKAGE = '{"name": "shop", "scripts": {"build": "tsc"}}'
START = "# Shop\n\n## Quick start\n\n```sh\nnpm init shop\n```\n\nThen:\n\n```sh\nnpm run dev\n```\n"
RUNNER = "fn subcommand(words: Vec<String>) {}\n\nfn main() { Config::subcommand(words()); }\n"


def test_a_generated_project_lasts_for_its_section() -> None:
    assert said(CHECK, {"package.json": PACKAGE, "README.md": START}) is Outcome.NOT_APPLICABLE
    after = START + "\n## Development\n\n```sh\nnpm run watch\n```\n"
    assert said(CHECK, {"package.json": PACKAGE, "README.md": after}) == ["watch"]


def test_a_function_called_subcommand_makes_none() -> None:
    files = {
        "Cargo.toml": '[package]\nname = "runner"\nversion = "1.0.0"\n',
        "src/main.rs": RUNNER,
        "README.md": "# Runner\n\n## Usage\n\n```sh\nrunner anything\n```\n",
    }
    assert said(CHECK, files) is Outcome.PASSED
    clap = RUNNER.replace("Config::subcommand(", 'Command::new("runner").subcommand(')
    assert said(CHECK, files | {"src/main.rs": clap}) == ["runner anything"]
