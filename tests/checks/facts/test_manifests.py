"""Facts of manifests: what is declared, and on which line."""

from __future__ import annotations

import pytest

from checks.facts.cargo import CargoManifest
from checks.facts.cargo_lock import CargoLock
from checks.facts.go_module import GoModule, GoWork
from checks.facts.home_path import HomePath, HomePathsInText
from checks.facts.json_text import JsonText
from checks.facts.kinds import UnreadableFile
from checks.facts.mentions import Mentions
from checks.facts.other_python_manifests import CondaEnvironment, Pipfile
from checks.facts.package_json import PackageJson
from checks.facts.procfile import Procfile
from checks.facts.pyproject import Pyproject
from checks.facts.python_tests import PythonTests
from checks.facts.requirements import RequirementsFile
from checks.facts.setup_files import PytestIni, SetupCfg, SetupPy
from checks.facts.tsconfig import TypeScriptConfig


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


def test_requirements_file() -> None:
    facts = RequirementsFile.extract(
        "-r base.txt\n--constraint=limits.txt\n--index-url https://example.org\n"
        "fastapi==1 \\\n    --hash=sha256:aa\n-e ./lib#egg=lib\ngit+https://example.org/x.git#egg=x_y\n"
        "django ; python_version > '3'  # why\n???\n"
    )
    assert [(i.path, i.constraint) for i in facts.includes] == [("base.txt", False), ("limits.txt", True)]
    assert [(r.name, r.line, r.path) for r in facts.requirements] == [
        ("fastapi", 4, None),
        ("lib", 6, "./lib"),
        ("x-y", 7, None),
        ("django", 8, None),
    ]
    assert facts.requirements[3].marker == "python_version > '3'"
    assert facts.unread == (9,)
    assert not facts.hashed


def test_setup_files() -> None:
    config = SetupCfg.extract(
        "[metadata]\nname = shop\n[options]\npackages = find:\npackage_dir =\n    = src\n"
        "install_requires =\n    requests>=2  # http\n[options.extras_require]\ndev =\n    pytest\n"
        "[options.entry_points]\nconsole_scripts =\n    shop = shop.cli:main\n[tool:pytest]\ntestpaths = tests\n"
        "markers =\n    slow: long\n"
    )
    assert config.name == "shop"
    assert config.source_folders == ("src",)
    assert [(r.name, r.line, r.group) for r in config.requirements] == [
        ("requests", 8, None),
        ("pytest", 11, "dev"),
    ]
    assert config.entry_points[0].line == 14
    assert config.pytest is not None
    assert config.pytest.testpaths == ("tests",)
    program = SetupPy.extract(
        "from setuptools import find_packages, setup\nNEEDS = ['requests']\nsetup(\n  name='shop',\n  install_requires=NEEDS,\n"
        "  extras_require={'dev': ['pytest']},\n  packages=find_packages('src'),\n  package_dir={'': 'src'},\n  py_modules=['one'],\n"
        "  version=read(),\n  entry_points={'console_scripts': ['shop=shop.cli:main']},\n)\n"
    )
    assert program.name == "shop"
    assert [r.name for r in program.requirements] == ["requests", "pytest"]
    assert program.dynamic == ("version",)
    assert program.source_folders == ("src",)
    assert program.packages == ("one.py",)
    assert SetupPy.extract("print('no setup here')").line is None
    assert PytestIni.extract("[tox]\nenvlist = py\n").pytest is None
    with pytest.raises(UnreadableFile):
        SetupPy.extract("setup(")
    with pytest.raises(UnreadableFile):
        SetupCfg.extract("no section\n")


def test_pipfile_and_conda() -> None:
    pipfile = Pipfile.extract('[packages]\nflask = "*"\n[dev-packages]\npytest = {version = "*"}\n')
    assert [(r.name, r.development) for r in pipfile.requirements] == [("flask", False), ("pytest", True)]
    conda = CondaEnvironment.extract(
        "name: x\ndependencies:\n  - python=3.11\n  - conda-forge::numpy>=1\n  - pip:\n      - flask==3\n"
    )
    assert {"python", "numpy", "flask"} <= {r.name for r in conda.requirements}


def test_package_json() -> None:
    facts = PackageJson.extract(
        """{
  "name": "shop",
  "version": "1.0.0",
  "type": "module",
  "packageManager": "pnpm@9",
  "workspaces": {"packages": ["packages/*"]},
  "bin": {"shop": "./dist/cli.js"},
  "main": "./dist/index.js",
  "exports": {".": {"import": "./dist/index.mjs"}, "./server": "./dist/server.js"},
  "imports": {"#lib": ["./src/lib.js"]},
  "files": ["dist"],
  "scripts": {
    "build": "tsc -p .",
    "bad": 1
  },
  "dependencies": {"lib": "file:../lib", "ui": "workspace:*"},
  "devDependencies": {"typescript": "^5"},
  "engines": {"node": ">=20"},
  "jest": {"preset": ["ts-jest"]}
}"""
    )
    assert facts.is_published
    assert [(e.path, e.field, e.key, e.line) for e in facts.entry_files] == [
        ("./dist/cli.js", "bin", "shop", 7),
        ("./dist/index.js", "main", "", 8),
        ("./dist/index.mjs", "exports", ".", 9),
        ("./dist/server.js", "exports", "./server", 9),
    ]
    assert facts.imports[0].key == "#lib"
    build = facts.script("build")
    assert build is not None
    assert build.line == 13
    lib, ui = facts.dependency("lib"), facts.dependency("ui")
    assert lib is not None
    assert ui is not None
    assert (lib.path, ui.path, ui.in_workspace) == ("../lib", None, True)
    assert facts.workspaces == ("packages/*",)
    assert "ts-jest" in facts.mentioned
    with pytest.raises(UnreadableFile, match="not JSON"):
        PackageJson.extract("{")
    with pytest.raises(UnreadableFile, match="object"):
        PackageJson.extract("[]")


def test_tsconfig_with_comments() -> None:
    facts = TypeScriptConfig.extract(
        """{
  // base
  "extends": ["./base.json", "@tsconfig/node20"],
  "compilerOptions": {
    "baseUrl": ".", /* here */
    "paths": {
      "@/*": ["src/*"],
    },
    "outDir": "dist", "strict": true,
  },
  "references": [{"path": "../lib"}],
  "files": ["a.ts"],
}"""
    )
    assert facts.extends == ("./base.json", "@tsconfig/node20")
    assert [(a.pattern, a.targets, a.line) for a in facts.aliases] == [("@/*", ("src/*",), 7)]
    assert [(r.path, r.field, r.line) for r in facts.references[2:]] == [
        ("../lib", "references", 11),
        ("a.ts", "files", 12),
    ]
    assert facts.strict
    assert TypeScriptConfig.extract("").aliases == ()


def test_go_files() -> None:
    module = GoModule.extract(
        "module example.org/shop // main\n\ngo 1.24\ntoolchain go1.24.1\n\nrequire (\n\tgithub.com/a/b v1.2.3\n"
        "\tgithub.com/c/d v0.1.0 // indirect\n)\nreplace github.com/a/b => ../b\ntool example.org/t\n"
    )
    assert (module.path, module.go, module.go_line, module.toolchain) == (
        "example.org/shop",
        "1.24",
        3,
        "go1.24.1",
    )
    assert [(r.path, r.line, r.indirect) for r in module.requirements] == [
        ("github.com/a/b", 7, False),
        ("github.com/c/d", 8, True),
    ]
    assert module.replacements[0].is_local
    assert module.tools == ("example.org/t",)
    work = GoWork.extract("go 1.24\nuse (\n\t./a\n\t./b\n)\n")
    assert work.folders == (("./a", 3), ("./b", 4))
    with pytest.raises(UnreadableFile):
        GoModule.extract("go 1.24\n")


def test_cargo_manifest() -> None:
    facts = CargoManifest.extract(
        """[package]
name = "my-shop"
version = "0.1.0"
autobenches = false
publish = false

[lib]
name = "shop_core"

[[bin]]
name = "one"
path = "src/one.rs"

[[bin]]
name = "two"
required-features = ["x"]

[features]
x = ["dep:serde"]

[dependencies]
serde = { version = "1", optional = true, default-features = false }
renamed = { package = "real", path = "../real" }
shared = { workspace = true }

[target.'cfg(unix)'.dependencies]
libc = "0.2"

[dev-dependencies]
insta = "1"

[workspace]
members = ["crates/*"]

[workspace.package]
rust-version = "1.80"
"""
    )
    assert facts.crate == "shop_core"
    assert [(t.kind, t.name, t.line) for t in facts.targets] == [
        ("lib", "shop_core", 7),
        ("bin", "one", 10),
        ("bin", "two", 14),
    ]
    assert [t.name for t in facts.declared("bin")] == ["one", "two"]
    assert facts.undiscovered == frozenset({"bench"})
    assert not facts.publish
    assert facts.rust_version == "1.80"
    found = {d.name: (d.kind, d.line, d.path, d.target) for d in facts.dependencies}
    assert found["renamed"] == ("normal", 23, "../real", None)
    assert found["libc"] == ("normal", 27, None, "cfg(unix)")
    assert found["insta"][0] == "dev"
    assert facts.dependencies[0].crate == "serde"


def test_procfile_and_mentions() -> None:
    assert [
        (p.name, p.command, p.line) for p in Procfile.extract("# x\nweb: gunicorn app:app\n").processes
    ] == [("web", "gunicorn app:app", 2)]
    facts = Mentions.extract(
        "# app.hidden\nrun: python -m jobs\nhandler: app.jobs.clean\nfile: ./scripts/seed.py\n"
    )
    assert {m.name for m in facts.modules} >= {"jobs", "app.jobs.clean"}
    assert [(m.name, m.line) for m in facts.files] == [("./scripts/seed.py", 4)]
    assert Mentions.extract("x" * 300_001) == Mentions()


def test_python_tests() -> None:
    facts = PythonTests.extract(
        '''import pytest, unittest

pytestmark = [pytest.mark.slow]


@pytest.fixture(name="shop")
def made_shop():
    return 1


@pytest.fixture
def plain():
    return 1


@pytest.mark.skip(reason="later")
def test_a(shop):
    assert shop


class TestB(unittest.TestCase):
    def test_b(self):
        """Doc."""
        self.skipTest("no")

    def test_c(self):
        self.assertEqual(1, 1)

    def helper(self):
        pass


@pytest.mark.xfail(run=False)
def test_d():
    assert True
    assert len([]) >= 0
    x = 1
    assert x == x


def test_e():
    ...
'''
    )
    found = {test.name: test for test in facts.tests}
    assert set(found) == {"test_a", "TestB.test_b", "TestB.test_c", "test_d", "test_e"}
    assert found["test_a"].skipped_line == 16
    assert found["test_a"].fixtures == ("shop",)
    assert found["TestB.test_b"].skipped == "self.skipTest('no')"
    assert found["TestB.test_c"].asserts == 1
    assert len(found["test_d"].vacuous) == 3
    assert found["test_d"].skipped is not None
    assert found["test_e"].is_empty
    assert facts.fixtures == ("shop", "plain")
    assert "helper" in facts.helpers
    assert PythonTests.extract("import pytest\npytestmark = pytest.mark.skip('all')\n").skipped_line == 2
    assert (
        PythonTests.extract("import pytest\npytest.skip('no', allow_module_level=True)\n").skipped is not None
    )
    assert not PythonTests.extract("def broken(:\n").parsed


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


def test_requirements_in_quotes() -> None:
    assert [r.name for r in RequirementsFile.extract("'fastapi>=1'\n\"flask\"\n").requirements] == [
        "fastapi",
        "flask",
    ]


def test_setup_files_with_little_in_them() -> None:
    """Sections that are absent, calls through a module, single texts, and what names nothing."""
    config = SetupCfg.extract(
        "[options]\ninstall_requires =\n    ???\n    ok\n[tool:pytest]\ntestpaths = t\n"
    )
    assert [r.name for r in config.requirements] == ["ok"]
    assert config.entry_points == ()
    assert config.pytest is not None
    assert config.pytest.markers == ()
    program = SetupPy.extract(
        "import setuptools\nVERSION = read()\nA = B = 1\n"
        "setuptools.setup(install_requires='one\\ntwo', packages=setuptools.find_packages(where='lib'), **more)\n"
    )
    assert [r.name for r in program.requirements] == ["one", "two"]
    assert program.source_folders == ("lib",)
    assert program.dynamic == ("**",)


def test_package_json_passes_over_what_is_no_path() -> None:
    facts = PackageJson.extract(
        '{"bin": {"a": 1, "b": "./b.js"}, "exports": {".": null}, "jest": {"x": [1]}}'
    )
    assert [e.path for e in facts.entry_files] == ["./b.js"]
    assert facts.mentioned == {"x"}
    assert [e.key for e in PackageJson.extract('{"name": "a", "bin": "c.js"}').entry_files] == ["a"]


def test_lines_of_json() -> None:
    """Of a key or an item, or of the nearest parent that has one."""
    where = JsonText('{\n"a": [1,\n{"b": 2}, "x"],\n"c": {}\n}')
    assert [
        where.line(*key) for key in (("a",), ("a", 1), ("a", 1, "b"), ("a", 2), ("c", "no"), ("no",))
    ] == [
        2,
        3,
        3,
        3,
        4,
        1,
    ]


def test_tsconfig_references_without_a_path() -> None:
    facts = TypeScriptConfig.extract('{"extends": "./base.json", "references": [{}, 3, {"path": "../a"}]}')
    assert [r.path for r in facts.references] == ["./base.json", "../a"]


def test_go_blocks_with_empty_lines() -> None:
    module = GoModule.extract("module a\n\nrequire (\n\n\tb v1\n\t// c v1\n)\nrequire d v2\nunknown e\n")
    assert [(r.path, r.line) for r in module.requirements] == [("b", 5), ("d", 8)]


def test_cargo_targets_that_are_none() -> None:
    facts = CargoManifest.extract('bin = ["x"]\nexample = 3\n[package]\nname = "a-b"\n')
    assert (facts.targets, facts.crate) == ((), "a_b")


def test_cargo_lock() -> None:
    """Every package with its line; own ones have no source; those that need one version of several are named."""
    lock = CargoLock.extract(
        'version = 4\n\n[[package]]\nname = "shop"\nversion = "0.1.0"\n'
        'dependencies = ["rand 0.8.5", "serde"]\n\n'
        '[[package]]\nname = "rand"\nversion = "0.8.5"\nsource = "registry+https://example.org"\n\n'
        '[[package]]\nname = "rand"\nversion = "0.9.0"\nsource = "registry+https://example.org"\n'
    )
    assert [(c.name, c.version, c.line, c.is_own) for c in lock.crates] == [
        ("shop", "0.1.0", 4, True),
        ("rand", "0.8.5", 9, False),
        ("rand", "0.9.0", 14, False),
    ]
    assert {name: len(found) for name, found in lock.by_name().items()} == {"shop": 1, "rand": 2}
    assert [c.name for c in lock.needing("rand", "0.8.5")] == ["shop"]
    assert lock.needing("rand", "0.9.0") == []
    assert CargoLock.extract('package = "x"\n').crates == ()


def test_paths_in_somebodys_home() -> None:
    """As written, with their lines; what a machine printed into a pasted trace is none."""
    text = "cd /home/anna/shop\n# /usr/lib\n/Users/ben/x.py\n" + "/home/anna/a\n" * 60
    found = HomePathsInText.extract(text).homes
    assert found[0].line == 1
    assert "anna" in found[0].text
    assert found[1].line == 3
    assert len(found) == 50
    assert HomePathsInText.extract("nothing\n").homes == ()
    assert all(isinstance(home, HomePath) for home in found)
