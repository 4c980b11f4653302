"""Sections of settings, and the ways by which code may reach into one."""

from __future__ import annotations

import pytest

from checks.derived.wiring.unread_sections import UnreadSections
from tests.checks.trees import Files, snapshot

CARGO = '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n'
RUST = """
#[derive(Deserialize, Serialize)]
pub struct Config {
    pub name: String,
    pub limits: Option<LimitsConfig>,
}

#[derive(Clone, Deserialize)]
pub struct LimitsConfig {
    pub enabled: bool,
    pub requests: u32,
}

impl fmt::Debug for Config {
    fn fmt(&self) { f.field("limits", &self.limits) }
}

struct Command {
    limits: bool,
}

fn main() {
    let config = load();
    let queue = Queue { enabled: command.limits, requests: 3 };
    serve(config.name, queue.enabled, queue.requests);
    %s
}

#[cfg(test)]
mod tests {
    fn works() { assert!(config.limits.enabled); }
}
%s
"""
GO = """package main

type Config struct {
	Name   string       `yaml:"name"`
	Limits LimitsConfig `yaml:"limits"`
}

type LimitsConfig struct {
	Enabled  bool `yaml:"enabled"`
	Requests int  `yaml:"requests"`
}

func main() {
	config := load()
	serve(config.Name, queue.Enabled, queue.Requests)
	%s
}
"""
PYTHON = """from pydantic import BaseModel
from pydantic_settings import BaseSettings

class LimitsSettings(BaseModel):
    enabled: bool = True
    requests: int = 3

class Settings(BaseSettings):
    name: str = ""
    limits: LimitsSettings | None = None

    def greet(self):
        return self.name

print(Settings().name, queue.enabled, queue.requests)
%s
"""


def rust(inside: str = "", below: str = "") -> Files:
    return {"Cargo.toml": CARGO, "src/main.rs": RUST % (inside, below)}


def go(inside: str = "") -> Files:
    return {"go.mod": "module shop\n", "Dockerfile": "CMD go run .\n", "main.go": GO % inside}


def python(below: str = "") -> Files:
    return {"Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python main.py\n", "main.py": PYTHON % below}


def test_what_is_sent_or_answered_as_json_is_no_settings() -> None:
    """Nothing but its name tells a file of settings from a message."""
    message = GO.replace("yaml:", "json:")
    assert message != GO
    for name, sections in (("Config", 1), ("Message", 0)):
        files = {**go(), "main.go": message.replace("Config", name) % ""}
        assert snapshot(files).derived(UnreadSections).sections == sections, name


@pytest.mark.parametrize(
    ("files", "sections", "unread"),
    [
        (rust(), 1, ["limits"]),
        (rust("serve(config.limits);"), 1, []),
        (rust("serve(load()?.limits.requests);"), 1, []),
        (rust("serve(command.limits); serve(Command::new().limits);"), 1, []),
        (rust("let Config { limits, .. } = config;"), 1, []),
        (rust(below="impl Config { fn check(&self) -> bool { self.limits.enabled } }"), 1, []),
        (rust(below="impl Command { fn check(&self) -> bool { self.limits } }"), 1, ["limits"]),
        # a value of the type may come another way
        (rust(below="fn limit(by: &LimitsConfig) {}"), 1, []),
        (rust(below="impl LimitsConfig { fn same(&self, by: &LimitsConfig) {} }"), 1, ["limits"]),
        ({**rust(), "src/limit.rs": "fn f() { extract::<LimitsConfig>() }\n"}, 1, []),
        ({**rust(), "examples/all.rs": "fn main() { f(LimitsConfig::default()); f(config.limits) }\n"}, 1, ["limits"]),
        ({"Cargo.toml": CARGO, "src/main.rs": "fn main() {}", "old/config.rs": RUST % ("", "")}, 0, []),
        # all is handed on at once
        (rust("serde_json::to_value(&config);"), 1, []),
        (rust("serde_json::to_value(&config.name);"), 1, ["limits"]),
        (rust(below="impl Config { fn show(&self) -> Value { json!(self) } }"), 1, []),
        # no program, two types of one name, attributes that may do anything, another's words
        ({**rust(), "Cargo.toml": ""}, 1, ["limits"]),
        ({"Cargo.toml": CARGO, "src/lib.rs": RUST % ("", "")}, 0, []),
        ({"src/main.rs": RUST % ("", "")}, 0, []),
        # another crate has types of the same names
        ({**rust(), "old/Cargo.toml": CARGO, "old/src/main.rs": RUST % ("f(config.limits);", "")}, 2, []),
        ({**rust(), "old/Cargo.toml": CARGO, "old/src/main.rs": RUST % ("", "")}, 2, ["limits", "limits"]),
        (rust(below="#[derive(Deserialize)]\nstruct LimitsConfig { a: u32, b: u32 }"), 0, []),
        ({"Cargo.toml": CARGO, "src/main.rs": RUST.replace("Clone, ", "Getters, ") % ("", "")}, 0, []),
        ({"Cargo.toml": CARGO, "src/main.rs": RUST.replace("    pub requests: u32,\n", "") % ("", "")}, 0, []),
        ({"Cargo.toml": CARGO, "src/main.rs": RUST.replace("Option<L", "Vec<L") % ("", "")}, 0, []),
        (go(), 1, ["Limits"]),
        (go("serve(config.Limits.Requests)"), 1, []),
        (go('serve(viper.Get("Limits.Requests"))'), 1, []),
        (go("json.Marshal(config)"), 1, []),
        (python(), 1, ["limits"]),
        (python("print(Settings().limits)"), 1, []),
        (python("print(settings.model_dump())"), 1, []),
        ({"main.py": ""}, 0, []),
    ],
)  # fmt: skip
def test_a_section_is_unread_when_nothing_may_reach_it(
    files: Files, sections: int, unread: list[str]
) -> None:
    found = snapshot(files).derived(UnreadSections)
    assert len(found) == sections
    assert [section.key.name for section in found.unread] == unread
