"""pyproject.toml: what each build backend declares, and on which line."""

from __future__ import annotations

import pytest

from checks.facts.kinds import UnreadableFile
from checks.facts.pyproject import Pyproject


def test_pyproject_pep_621() -> None:
    text = """[build-system]
build-backend = "hatchling.build"

[project]
name = "shop"
version = "1.0"
requires-python = ">=3.11"
dependencies = [
  "FastAPI>=0.110",
  "local_lib @ file:../lib",
]
dynamic = ["readme"]

[project.optional-dependencies]
aws = ["boto3"]

[dependency-groups]
dev = ["pytest", {include-group = "lint"}]

[project.scripts]
shop = "shop.cli:main"

[project.entry-points."pytest11"]
shop = "shop.plugin"

[tool.hatch.build.targets.wheel]
packages = ["src/shop"]

[tool.uv.sources]
lib = {path = "../other"}

[tool.uv.workspace]
members = ["packages/*"]

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = "-p shop.testing --import-mode importlib"
markers = ["slow: takes minutes"]
"""
    facts = Pyproject.extract(text)
    assert (facts.name, facts.package_version, facts.requires_python) == ("shop", "1.0", ">=3.11")
    assert [(r.name, r.line, r.group, r.development) for r in facts.requirements] == [
        ("fastapi", 9, None, False),
        ("local-lib", 10, None, False),
        ("boto3", 15, "aws", False),
        ("pytest", 18, "dev", True),
    ]
    assert facts.requirements[1].path == "../lib"
    assert [(p.name, p.module, p.attribute, p.group, p.line) for p in facts.entry_points] == [
        ("shop", "shop.cli", "main", "console_scripts", 21),
        ("shop", "shop.plugin", None, "pytest11", 24),
    ]
    assert facts.scripts[0].name == "shop"
    assert facts.packages == ("src/shop",)
    assert facts.source_folders == ("src",)
    assert facts.workspace_members == ("packages/*",)
    assert facts.pytest is not None
    assert facts.pytest.plugins == ("shop.testing",)
    assert facts.pytest.markers == ("slow",)
    assert facts.line("project", "name") == 5
    assert facts.line("nowhere") == 1
    assert facts.has_tool("uv")


def test_pyproject_poetry() -> None:
    text = """[tool.poetry]
name = "shop"
packages = [{include = "shop", from = "src"}]

[tool.poetry.dependencies]
python = "^3.11"
requests = "^2"
lib = {path = "../lib", develop = true}
boto3 = {version = "^1", optional = true}

[tool.poetry.extras]
aws = ["boto3"]

[tool.poetry.group.dev.dependencies]
pytest = "*"

[tool.poetry.scripts]
shop = {callable = "shop.cli:main"}

[tool.setuptools]
py-modules = ["one"]
package-dir = {"" = "src"}

[tool.uv]
dev-dependencies = ["ruff"]

[tool.hatch.envs.docs]
dependencies = ["sphinx"]
"""
    facts = Pyproject.extract(text)
    found = {r.name: (r.group, r.development, r.path) for r in facts.requirements}
    assert found == {
        "ruff": ("dev", True, None),
        "sphinx": ("docs", True, None),
        "requests": (None, False, None),
        "lib": (None, False, "../lib"),
        "boto3": ("aws", False, None),
        "pytest": ("dev", True, None),
    }
    assert "src/one.py" in facts.packages
    assert facts.entry_points[0].module == "shop.cli"


def test_broken_toml_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="not TOML"):
        Pyproject.extract("[project\nname = 1")


def test_python_packages_in_every_backends_words() -> None:
    """Patterns name no package; a folder alone names none either."""
    facts = Pyproject.extract("""[tool.poetry]
packages = [{include = "a/*"}, {include = "b"}, {from = "src"}, {include = "c", from = "lib"}]
[tool.flit.module]
name = "d.e"
[tool.uv.build-backend]
module-root = "py"
[tool.hatch.build]
packages = ["./f/g"]
sources = ["h"]
[tool.hatch.build.targets.wheel]
only-include = ["i", "j/*"]
""")
    assert facts.packages == ("b", "lib/c", "f/g", "i", "d/e")
    assert facts.source_folders == ("src", "lib", "h", "f", "py")


def test_values_of_other_types_are_passed_over() -> None:
    """A command that is no text, a source that is no folder, a dependency that names nothing."""
    facts = Pyproject.extract("""[project]
name = "a"
dependencies = ["???", "ok"]
[project.scripts]
no = 3
yes = "a:b"
[tool.uv.sources]
ok = {git = "https://example.org/x"}
[tool.own]
since = 2026-01-02
many = [1, {deep = true}]
""")
    assert [r.name for r in facts.requirements] == ["ok"]
    assert [p.name for p in facts.entry_points] == ["yes"]
    assert facts.tool["own"] == {"since": "2026-01-02", "many": [1, {"deep": True}]}


@pytest.mark.parametrize(
    ("value", "words"),
    [('"-q -x"', ("-q", "-x")), ("\"-k 'a b'\"", ("-k", "a b")), ('"-k it\'s"', ("-k", "it's")), ("3", ())],
)
def test_words_of_pytest_options(value: str, words: tuple[str, ...]) -> None:
    """As a shell parts them; where its quotes are broken, at spaces."""
    pytest_settings = Pyproject.extract(f"[tool.pytest.ini_options]\naddopts = {value}\n").pytest
    assert pytest_settings is not None
    assert pytest_settings.addopts == words
