"""Which configurations that documents tell people to edit are loaded by nothing."""

from __future__ import annotations

import pytest

from checks.derived.wiring.unloaded_configurations import UnloadedConfigurations
from checks.facts.named_configurations import NamedConfigurations
from tests.checks.trees import snapshot

README = {"README.md": "# Load\n\nEdit `load/load_config.toml` to set the users.\n"}
FILE = {"load/load_config.toml": "[users]\ncount = 1\n"}


@pytest.mark.parametrize(
    ("files", "unloaded"),
    [
        ({}, 1),
        ({"load/run.py": "USERS = 'users'\n"}, 1),
        ({"load/run.py": "read('load_config.toml')\n"}, 0),
        ({"load/run.py": "read('load_config')\n"}, 0),  # the stem
        ({"load/run.py": "read(f'{name}_config.toml')\n"}, 0),
        ({"load/run.py": "for path in glob('load/*.toml'): read(path)\n"}, 0),
        ({"load/run.py": "for path in glob('other/*.toml'): read(path)\n"}, 1),
        ({"run.sh": "#!/bin/sh\n./load.sh --config load/load_config.toml\n"}, 0),
        ({"compose.yml": "services:\n  a:\n    volumes: ['./load:/etc/load']\n"}, 0),
        ({"compose.yml": "# load_config.toml\nservices: {}\n"}, 1),
        ({"docs/use.md": "```bash\nrun --config load_config.toml\n```\n"}, 0),
        ({"docs/tree.md": "```text\n├── load_config.toml\n```\n"}, 1),
        ({"load/run.py": "import dynaconf\n"}, 0),
        ({"package.json": '{"dependencies": {"config": "1"}}'}, 0),
        ({"Cargo.toml": '[package]\nname = "a"\n[dependencies]\nconfig = "1"\n'}, 0),
    ],
)
def test_loaded_or_not(files: dict[str, str], unloaded: int) -> None:
    found = snapshot({**README, **FILE, **files}).derived(UnloadedConfigurations)
    assert len(found) == 1
    assert [one.path for one in found.files] == ["load/load_config.toml"] * unloaded


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ("Edit `pyproject.toml`.\n", "pyproject.toml"),  # its tools find it
        ("Read `load_config.toml`.\n", "load_config.toml"),
        ("Edit `load_config.toml`.\n", "other_config.toml"),
        ("Edit `users.toml`.\n", "users.toml"),  # nothing says that it is a configuration
        ("Edit `load_config.txt`.\n", "load_config.txt"),
    ],
)
def test_not_said_of_a_configuration_here(document: str, path: str) -> None:
    files = {"README.md": f"# A\n\n{document}", path: "a = 1\n"}
    assert len(snapshot(files).derived(UnloadedConfigurations)) == 0


def test_a_status_report_tells_nobody_to_edit() -> None:
    files = {"STATUS.md": "# A\n\nEdit `load_config.toml`.\n", "load_config.toml": "a = 1\n"}
    assert len(snapshot(files).derived(UnloadedConfigurations)) == 0


def test_a_file_at_the_root_is_loaded_by_its_ending() -> None:
    files = {
        "README.md": "# A\n\nEdit `load_config.toml`.\n",
        "load_config.toml": "a = 1\n",
        "a.py": "glob('*.toml')\n",
    }
    found = snapshot(files).derived(UnloadedConfigurations)
    assert len(found) == 1
    assert not found.files


def test_data_is_no_configuration() -> None:
    assert NamedConfigurations.extract("a: x.toml\n" * 40_000) == NamedConfigurations()
    assert NamedConfigurations.extract(f"a: x.toml{' ' * 6_000}\n") == NamedConfigurations()
