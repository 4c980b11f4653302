"""Settings in several languages, and the many ways by which a field may be read."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

CHECK = "config-field-parsed-but-never-used"
GO_CONFIG = (
    'package main\n\ntype Config struct {\n\tName string `yaml:"name"`\n\tLimit int `yaml:"limit"`\n}\n'
)
GO_JSON = GO_CONFIG.replace("yaml:", "json:")
GO_MAIN = "package main\n\nfunc main() {\n\tprint(load().Name)\n%s}\n"
RUST = '#[derive(Debug, Deserialize)]\npub struct AppConfig {\n    pub name: String,\n    %s\n}\n\nfn run(config: &AppConfig) {\n    println!("{}", config.name);\n}\n'
PYTHON = "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    model_config = {}\n    name: str = ''\n    limit: int = 3\n    _own: int = 1\n"
PYTHON_MAIN = "from settings import Settings\n\nsettings = Settings()\nprint(settings.name)\n%s"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.go": GO_CONFIG, "main.go": GO_MAIN % ""}, ["Config"]),
        ({"a.go": GO_JSON, "main.go": GO_MAIN % ""}, ["Config"]),
        ({"a.go": GO_CONFIG, "main.go": GO_MAIN % "\tprint(load().Limit)\n"}, Outcome.PASSED),
        ({"a.go": GO_CONFIG, "main.go": GO_MAIN % '\tprint("{{ .Limit }}")\n'}, Outcome.PASSED),
        # all fields are read at once
        ({"a.go": GO_CONFIG, "main.go": GO_MAIN % "\tyaml.Marshal(load())\n"}, Outcome.NOT_APPLICABLE),
        ({"a.go": GO_JSON, "main.go": GO_MAIN % "\tjson.Marshal(load())\n"}, Outcome.NOT_APPLICABLE),
        # a body of an API is no configuration, "-" no option, and a comment may say why it is kept
        ({"a.go": GO_JSON.replace("Config", "Reply"), "main.go": GO_MAIN % ""}, Outcome.NOT_APPLICABLE),
        ({"a.go": GO_CONFIG.replace('"limit"', '"-"'), "main.go": GO_MAIN % ""}, Outcome.PASSED),
        ({"a.go": GO_CONFIG.replace("\tLimit", "\t// Deprecated\n\tLimit"), "main.go": GO_MAIN % ""}, Outcome.PASSED),
        # a row of a database and a message that is sent are no configuration
        ({"a.go": GO_CONFIG.replace('yaml:"name"', 'json:"name" gorm:"index"'), "main.go": GO_MAIN % ""}, Outcome.NOT_APPLICABLE),
        ({"a.go": GO_JSON.replace('limit"', 'limit,omitempty"'), "main.go": GO_MAIN % ""}, Outcome.PASSED),
        # only tests read it
        (
            {"a.go": GO_CONFIG, "main.go": GO_MAIN % "", "a_test.go": "package main\nfunc f() { print(load().Limit) }\n"},
            ["Config"],
        ),
        # handed on to our own type is not read, to another's it is
        (
            {
                "a.go": GO_CONFIG + "\ntype client struct {\n\tLimit int\n}\n",
                "main.go": GO_MAIN % "\t_ = client{Limit: load().Limit}\n",
            },
            ["Config"],
        ),
        ({"a.go": GO_CONFIG, "main.go": GO_MAIN % "\t_ = http.Client{Limit: load().Limit}\n"}, Outcome.PASSED),
        ({"a.go": GO_CONFIG, "main.go": GO_MAIN % "\t_ = http.Client{Name: load().Limit}\n"}, Outcome.PASSED),
        ({"src/main.rs": RUST % "pub limit: u32,"}, ["AppConfig"]),
        ({"src/main.rs": RUST % "pub gap: (),"}, Outcome.PASSED),
        ({"src/main.rs": RUST % "#[serde(flatten)]\n    pub rest: Map,"}, Outcome.PASSED),
        ({"src/main.rs": RUST.replace("Deserialize", "Serialize, Deserialize") % "pub limit: u32,"}, Outcome.NOT_APPLICABLE),
        ({"src/main.rs": "#[allow(dead_code)]\n" + RUST % "pub limit: u32,"}, Outcome.NOT_APPLICABLE),
        ({"src/main.rs": RUST.replace("AppConfig", "Cli").replace("Deserialize", "Parser") % "limit: u32,"}, ["Cli"]),
        ({"settings.py": PYTHON, "main.py": PYTHON_MAIN % ""}, ["Settings"]),
        ({"settings.py": PYTHON, "main.py": PYTHON_MAIN % "print(settings.limit)\n"}, Outcome.PASSED),
        ({"settings.py": PYTHON, "main.py": PYTHON_MAIN % "print(settings.model_dump())\n"}, Outcome.NOT_APPLICABLE),
        (
            {"settings.py": "import os\n\n\nclass Own:\n    name = os.getenv('NAME')\n    limit = 3\n", "main.py": PYTHON_MAIN % ""},
            ["Own"],
        ),
    ],
)  # fmt: skip
def test_fields(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


GO_FLAGS = 'package main\n\nimport "flag"\n\ntype Config struct {\n\tDryRun bool\n}\n\nfunc main() {\n\tc := &Config{}\n\tflag.BoolVar(&c.DryRun, "dry-run", false, "")\n\tverbose := flag.Bool("v", false, "")\n\t%s\n}\n\nfunc run(c *Config, name string) {\n\tif c != nil && c.DryRun {\n\t\treturn\n\t}\n}\n'
ARGPARSE = "import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument('--log-level', help='%s'%s)\nargs = parser.parse_args()\n%s\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"main.go": GO_FLAGS % 'run(nil, "a")'}, ["dry-run"]),
        ({"main.go": GO_FLAGS % 'run(c, "a")'}, Outcome.PASSED),
        ({"main.go": 'package main\n\nvar _ = flag.String("level", "", "")\n'}, ["level"]),
        ({"a_test.go": 'package main\n\nvar _ = flag.String("level", "", "")\n'}, Outcome.NOT_APPLICABLE),
        ({"main.py": ARGPARSE % ("level", "", "print(args.x)")}, ["--log-level"]),
        ({"main.py": ARGPARSE % ("level", "", "print(args.log_level)")}, Outcome.PASSED),
        ({"main.py": ARGPARSE % ("level", "", "main(args)")}, Outcome.PASSED),
        ({"main.py": ARGPARSE % ("level", "", "print(vars(args))")}, Outcome.PASSED),
        ({"main.py": ARGPARSE % ("deprecated", "", "")}, Outcome.NOT_APPLICABLE),
        ({"main.py": ARGPARSE % ("level", ", dest='x'", "")}, Outcome.NOT_APPLICABLE),
        ({"main.py": (ARGPARSE % ("level", "", "")).replace("--", "")}, Outcome.NOT_APPLICABLE),
    ],
)
def test_flags(files: Files, expected: list[str] | Outcome) -> None:
    assert said(CHECK, files) == expected


def test_a_section_that_nothing_reads_is_one_gap() -> None:
    """Its fields are not told once more."""
    main = (
        "#[derive(Deserialize)]\npub struct Config {\n    pub name: String,\n    pub limits: LimitsConfig,\n}\n\n"
        "#[derive(Deserialize)]\npub struct LimitsConfig {\n    pub enabled: bool,\n    pub requests: u32,\n}\n\n"
        "fn main() {\n    let config = load();\n    serve(config.name);\n}\n"
    )
    cargo = '[package]\nname = "shop"\nversion = "0.1.0"\n'
    assert said(CHECK, {"Cargo.toml": cargo, "src/main.rs": main}) == ["LimitsConfig"]


def test_fields_of_a_published_crate_are_read_by_who_uses_it() -> None:
    """A crate without a description can't be published; one with a program reads its settings itself."""
    files = {
        "models/src/lib.rs": RUST % "pub limit: u32,",
        "Cargo.toml": "[workspace]\nmembers = ['models']\n",
    }
    cargo = '[package]\nname = "models"\ndescription = "Models"\n'
    assert said(CHECK, {**files, "models/Cargo.toml": cargo}) is Outcome.NOT_APPLICABLE
    for other in (cargo.replace("description", "homepage"), cargo + "publish = false\n"):
        assert said(CHECK, {**files, "models/Cargo.toml": other}) == ["AppConfig"]
    program = {"models/src/main.rs": "fn main() {}\n", "models/Cargo.toml": cargo}
    assert said(CHECK, {**files, **program}) == ["AppConfig"]
