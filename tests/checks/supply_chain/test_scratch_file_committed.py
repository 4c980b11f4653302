"""Scripts that made one edit, and what looks like one."""

import pytest

from checks import Outcome
from tests.checks.trees import Files
from tests.checks.verdicts import said

ID = "scratch-file-committed"
SOURCE = {"src/client.py": "class Client: ...\n"}
READ = "with open('src/client.py') as f:\n    text = f.read()\n"
WRITE = "with open('src/client.py', 'w') as f:\n    f.write(text)\n"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(READ + "text = text.replace('a', 'b')\n" + WRITE, id="replaces"),
        pytest.param(
            READ + "new = '''b'''\ntext = text.replace('a', new + '\\n  a')\n" + WRITE, id="by a name"
        ),
        pytest.param(READ + "import re\ntext = re.sub('a', 'b', text)\n" + WRITE, id="by a pattern"),
        pytest.param("open('src/client.py', 'a').write('more = 1')\n", id="appends"),
        pytest.param(
            "open('client.py', mode='r+').write('more = 1')\n".replace("client", "../src/client"),
            id="in place",
        ),
    ],
)
def test_one_fixed_edit(script: str) -> None:
    folder = "fixes/" if "../" in script else ""
    assert said(ID, {**SOURCE, f"{folder}fix.py": script}) == ["fix.py"]


@pytest.mark.parametrize(
    ("script", "more"),
    [
        pytest.param("import sys\n" + READ + "text = text.replace('a', sys.argv[1])\n" + WRITE, {}, id="an argument"),
        pytest.param("from requests import get\n" + READ + "text = text.replace('a', 'b')\n" + WRITE, {}, id="the network"),
        pytest.param(READ + "text = text.replace('a', str(len(text)))\n" + WRITE, {}, id="computes"),
        pytest.param(READ + "text = text.strip()\n" + WRITE, {}, id="formats"),
        pytest.param("open(path, 'w').write('a')\n", {}, id="any path"),
        pytest.param("open('out.txt', 'w').write('a')\n", {}, id="no source"),
        pytest.param("t = open('table.csv').read()\nopen('src/client.py', 'a').write('a')\n", {}, id="reads more"),
        pytest.param(READ + "print(text.replace('a', 'b'))\n", {}, id="only reads"),
        pytest.param(READ + "text = text.replace('a', 'b')\n" + WRITE, {"README.md": "Run `python fix.py`.\n"}, id="documented"),
        pytest.param(READ + "text = text.replace('a', 'b')\n" + WRITE, {"all.py": "import fix\n"}, id="imported"),
        pytest.param(READ + "text = text.replace('a', 'b')\n" + WRITE, {"all.py": "# made by fix.py\n"}, id="in a comment"),
        pytest.param(READ + "text = text.replace('a', 'b')\n" + WRITE, {"ci.yml": "run: python fix.py\n"}, id="run"),
        pytest.param(READ + "text = text.replace('a', 'b')\n" + WRITE, {"ci.yml": "run: python -m tools.fix\n"}, id="run as a module"),
    ],
)  # fmt: skip
def test_what_may_be_run_again(script: str, more: Files) -> None:
    assert said(ID, {**SOURCE, "fix.py": script, **more}) is Outcome.PASSED


CARGO = '[package]\nname = "shop"\n'


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"Cargo.toml": CARGO, "old.rs": "fn a() {}\n"}, ["old.rs"]),
        ({"Cargo.toml": CARGO, "old.rs": "fn main() {}\n"}, Outcome.NOT_APPLICABLE),
        ({"Cargo.toml": CARGO + '[lib]\npath = "old.rs"\n', "old.rs": "fn a() {}\n"}, Outcome.NOT_APPLICABLE),
        ({"Cargo.toml": CARGO + 'build = "old.rs"\n', "old.rs": "fn a() {}\n"}, Outcome.NOT_APPLICABLE),
        ({"Cargo.toml": CARGO, "old.rs": "fn a() {}\n", "src/lib.rs": '#[path = "../old.rs"] mod old;\n'}, Outcome.PASSED),
        ({"Cargo.toml": "[workspace]\n", "old.rs": "fn a() {}\n"}, Outcome.NOT_APPLICABLE),
        ({"Cargo.toml": CARGO, "tables/old.rs": "fn a() {}\n"}, Outcome.NOT_APPLICABLE),
    ],
)  # fmt: skip
def test_rust_that_nothing_compiles(files: Files, found: list[str] | Outcome) -> None:
    assert said(ID, files) == found
