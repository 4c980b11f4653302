"""Older manifests of Python: requirements, setup files, Pipfile, conda; and what test files hold."""

from __future__ import annotations

import pytest

from checks.facts.kinds import UnreadableFile
from checks.facts.other_python_manifests import CondaEnvironment, Pipfile
from checks.facts.python_tests import PythonTests
from checks.facts.requirements import RequirementsFile
from checks.facts.setup_files import PytestIni, SetupCfg, SetupPy


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
