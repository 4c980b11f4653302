"""Which keys of configuration files the type that they are for doesn't have."""

from __future__ import annotations

import pytest

from checks.derived.wiring.unknown_keys import ConfigurationsOfTypes
from checks.facts.configuration_keys import ConfigurationKeys
from tests.checks.trees import snapshot

RUST = "#[derive(Deserialize)]\n%sstruct Config {\n    listen: String,\n    data_base: String,\n%s    workers: u32,\n    retry: %s,\n}\n#[derive(Deserialize)]\nstruct Retry { limit: u32 }\n"
PLAIN = RUST % ("", "", "Option<Retry>")
TOML = 'listen = "a"\ndata_base = "b"\nworkers = 4\n'
GO = 'package a\n\ntype Config struct {\n\tListen string `yaml:"listen"`\n\tBase string `yaml:"data_base"`\n\tWorkers int `yaml:"workers%s"`\n\tRest int%s\n}\n'
PYTHON = (
    "class Config(%s):\n    listen: str\n    data_base: str\n    workers: int = Field(1, alias='threads')%s\n"
)


@pytest.mark.parametrize(
    ("code", "text", "unknown"),
    [
        (PLAIN, f"{TOML}limits = 3\n", ["limits"]),
        (
            PLAIN,
            f"{TOML}[retry]\nlimit = 1\nlimits = 2\n[retry.more]\na = 1\n[[more]]\nb = 1\n",
            ["limits", "more", "more", "b"][:3],
        ),
        (PLAIN, f"{TOML}version = 3\nx-a = 1\n", []),
        (PLAIN, f'{TOML}text = """\nlimits = 3\n"""\n', ["text"]),
        (PLAIN + 'fn f() { get("limits"); }\n', f"{TOML}limits = 3\n", []),
        (PLAIN, 'listen = "a"\nlimits = 3\n', []),  # too little to tell
        (RUST % ("#[serde(deny_unknown_fields)]\n", "", "Retry"), f"{TOML}limits = 3\n", []),
        (RUST % ("", "    #[serde(flatten)]\n    rest: Rest,\n", "Retry"), f"{TOML}limits = 3\n", []),
        (RUST % ("", "", "HashMap<String, Retry>"), f"{TOML}[retry]\nlimits = 3\n", []),
        (RUST % ("", '    #[serde(alias = "rates")]\n    rate: u32,\n', "Retry"), f"{TOML}rates = 3\n", []),
        (
            RUST % ('#[serde(rename_all = "kebab-case")]\n', "", "Retry"),
            'listen = "a"\ndata-base = "b"\nworkers = 1\nlimits = 2\n',
            ["limits"],
        ),
        (
            RUST % ('#[serde(rename_all = "camelCase")]\n', "", "Retry"),
            'listen = "a"\ndataBase = "b"\nworkers = 1\nlimits = 2\n',
            ["limits"],
        ),
        (
            RUST % ('#[serde(rename_all = "SCREAMING_SNAKE_CASE")]\n', "", "Retry"),
            "LISTEN = 1\nDATA_BASE = 2\nWORKERS = 1\nlimits = 2\n",
            ["limits"],
        ),
        (
            RUST % ('#[serde(rename_all = "lowercase")]\n', "", "Retry"),
            "listen = 1\ndatabase = 2\nworkers = 1\nlimits = 2\n",
            ["limits"],
        ),
        (PLAIN + PLAIN.replace("Config", "OtherConfig"), f"{TOML}limits = 3\n", []),  # two may be meant
        (f"#[cfg(test)]\nmod tests {{\n{PLAIN}}}\n", f"{TOML}limits = 3\n", []),
    ],
)
def test_rust(code: str, text: str, unknown: list[str]) -> None:
    found = snapshot({"src/config.rs": code, "config.toml": text}).derived(ConfigurationsOfTypes)
    assert [key.name for one in found.unknown for key in one.keys] == unknown


@pytest.mark.parametrize(
    ("path", "code", "unknown"),
    [
        ("a.go", GO % ("", ' `yaml:"rest"`'), ["limits", "burst"]),
        ("a.go", GO % (",inline", ' `yaml:"rest"`'), []),
        ("a.go", GO % ("", ""), []),
        ("a.go", GO % ("", ' `yaml:"rest"`') + "func f() { d.KnownFields(true) }\n", []),
        ("a.py", PYTHON % ("BaseModel", ""), ["limits", "burst"]),
        ("a.py", PYTHON % ("BaseModel", "\n    model_config = ConfigDict(extra='allow')"), []),
        ("a.py", PYTHON % ("Base", ""), []),
        ("a.py", "x = 1\n", []),
    ],
)
def test_go_and_python(path: str, code: str, unknown: list[str]) -> None:
    text = "listen: a\ndata_base: b\nworkers: 4\nlimits:\n  burst: 1\n    deeper: 2\n- item\n"
    for name, expected in (("config.yaml", unknown[:1]), ("notes.yaml", [])):
        found = snapshot({path: code, name: text}).derived(ConfigurationsOfTypes)
        assert [key.name for one in found.unknown for key in one.keys] == expected


@pytest.mark.parametrize("text", ["a: {{ b }}\n", "apiVersion: v1\n", "a: 1\n---\nb: 2\n"])
def test_templates_and_several_documents_are_not_read(text: str) -> None:
    assert ConfigurationKeys.extract(text) == ConfigurationKeys()


@pytest.mark.parametrize(("string", "unknown"), [("etc/shop.toml", ["limits"]), ("etc/other.toml", [])])
def test_a_file_that_code_names(string: str, unknown: list[str]) -> None:
    files = {
        "src/config.rs": f'{PLAIN}fn load() {{ read("{string}"); }}\n',
        "shop.toml": f"{TOML}limits = 3\n",
    }
    found = snapshot(files).derived(ConfigurationsOfTypes)
    assert [key.name for one in found.unknown for key in one.keys] == unknown
