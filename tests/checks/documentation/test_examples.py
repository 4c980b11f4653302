"""What examples show, and what in them hurts."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import result_of, said

README = "Payment, memory, tools, healing and the cli.\n"
CARGO = '[package]\nname = "shop"\nversion = "1.0.0"\n'
EXAMPLES = {
    f"examples/{n}.rs": "use shop::payment::pay;\nfn main() { pay(); }\n" for n in ("one", "two", "three")
}
LIBRARY = {
    "README.md": README,
    "Cargo.toml": CARGO,
    "src/lib.rs": "pub mod payment;\npub mod memory;\npub mod tools;\npub mod cli;\npub mod gone;\nmod hidden;\npub mod healing;\n",
    "src/payment.rs": "pub mod memory;\npub fn pay() {}\n",
    "src/payment/memory.rs": "pub fn x() {}\n",
    "src/memory.rs": "pub fn keep() {}\n",
    "src/tools/mod.rs": "mod inner;\npub use inner::Tool;\n",
    "src/cli.rs": "pub fn run() {}\n",
    "src/healing.rs": "fn private() {}\n",
    **EXAMPLES,
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({}, ["shop"], id="two modules"),
        pytest.param({"README.md": "Payment.\n"}, Outcome.PASSED, id="not spoken of"),
        pytest.param({"README.md": README + "\n```rust\nuse shop::memory::keep;\nshop::tools::Tool::new();\n```\n"}, Outcome.PASSED, id="shown in the README"),
        pytest.param({"src/tools/mod.rs": "//! ```\n//! shop::tools::x();\n//! ```\npub fn x() {}\n", "src/payment/memory.rs": "fn x() {}\n"}, Outcome.PASSED, id="shown in its documentation"),
        pytest.param({"src/tools/mod.rs": "//! ```text\n//! tools --> x\n//! ```\npub fn x() {}\n"}, ["shop"], id="a picture in its documentation"),
        pytest.param({"old/Cargo.toml": CARGO, "old/src/lib.rs": "pub mod memory;\npub mod tools;\n", "old/src/memory.rs": "pub fn x() {}\n", "old/src/tools.rs": "pub fn x() {}\n"}, ["shop"], id="an old copy beside it has no examples"),
        pytest.param({"examples/one.rs": "fn main() {}"}, Outcome.NOT_APPLICABLE, id="few examples"),
        pytest.param({"Cargo.toml": CARGO + "publish = false\n"}, Outcome.NOT_APPLICABLE, id="not published"),
        pytest.param({"src/lib.rs": 'pub mod payment;\n#[path = "x"]\npub mod memory {}\n'}, Outcome.PASSED, id="modules in the file"),
    ],
)  # fmt: skip
def test_feature_without_example(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("feature-without-example", {**LIBRARY, **files}) == expected


def test_a_module_names_its_parts() -> None:
    files = {**LIBRARY, "src/memory.rs": "mod disk;\npub fn keep() {}\n", "src/memory/disk.rs": "fn x() {}\n"}
    places = {e.path for gap in result_of("feature-without-example", files).gaps for e in gap.gap.evidence}
    assert {"src/memory.rs", "src/memory", "src/tools"} <= places


def test_a_crate_below_the_root() -> None:
    files = {f"crates/shop/{path}": text for path, text in LIBRARY.items() if path != "README.md"}
    assert said("feature-without-example", {**files, "README.md": README}) == ["shop"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('import os\nrun("x")\nos.remove("notes.txt")\n', ["deletes"], id="not its own"),
        pytest.param('import os\nif os.path.exists("notes.txt"):\n    os.remove("notes.txt")\n', ["deletes"], id="asked for"),
        pytest.param('import os\nopen("notes.txt", "w")\nos.remove("notes.txt")\n', Outcome.PASSED, id="made by itself"),
        pytest.param('import os\nos.remove("/tmp/notes.txt")\n', Outcome.PASSED, id="temporary"),
        pytest.param("import os\nos.remove(path)\nos.remove()\n", Outcome.PASSED, id="a name"),
        pytest.param("print(1)\n", Outcome.PASSED, id="nothing"),
    ],
)  # fmt: skip
def test_deletions(text: str, expected: list[str] | Outcome) -> None:
    assert said("unsafe-example", {"examples/run.py": text}) == expected


GO_EXAMPLE = 'package main\n\nimport "shop.example/shop/cart"\n\nfunc main() { cart.Buy() }\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"go.mod": "module shop.example/shop\n", "examples/buy/main.go": GO_EXAMPLE}, ["cart"], id="Go"),
        pytest.param({"go.mod": "module shop.example/shop\n", "cart/cart.go": "package cart\n", "examples/buy/main.go": GO_EXAMPLE}, Outcome.PASSED, id="Go's package is there"),
        pytest.param({"go.mod": "module shop.example/shop/v2\n", "v2.go": "package shop\n", "examples/go.mod": "module examples\nreplace shop.example/shop => ../\n", "examples/buy/main.go": GO_EXAMPLE.replace("shop/cart", "shop/v2/cart"), "cart/cart.go": "package cart\n"}, Outcome.PASSED, id="another major version is replaced"),
        pytest.param({"shop/__init__.py": "", "examples/a.py": "try:\n    from shop.x import y\nexcept ImportError:\n    y = None\n"}, Outcome.PASSED, id="guarded"),
        pytest.param({"shop/__init__.py": "", "shop/a.py": "from shop.x import y\n"}, Outcome.NOT_APPLICABLE, id="no example"),
        pytest.param({".gitignore": "shop/x.py\n", "shop/__init__.py": "", "examples/a.py": "import shop\nfrom shop.x import y\n"}, Outcome.PASSED, id="made when it is built"),
    ],
)  # fmt: skip
def test_missing_symbol(files: dict[str, str], expected: list[str] | Outcome) -> None:
    found = said("example-uses-missing-symbol", files)
    assert (found if isinstance(found, Outcome) else [name.rpartition("/")[2] for name in found]) == expected


PUBLISHED = {
    "pyproject.toml": '[project]\nname = "shop"\n[build-system]\nbuild-backend = "hatchling.build"\n',
    **{f"shop/{name}.py": f"class {name.title()}: pass\n" for name in ("cart", "order", "stock")},
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(PUBLISHED, ["examples"], id="none"),
        pytest.param({"pyproject.toml": PUBLISHED["pyproject.toml"]}, Outcome.NOT_APPLICABLE, id="no code"),
        pytest.param({**PUBLISHED, "examples/a.py": "import shop\n"}, Outcome.PASSED, id="example"),
        pytest.param({**PUBLISHED, "README.md": "# A\n\n```sh\npip install shop\n```\n"}, ["examples"], id="only the installation"),
        pytest.param({**PUBLISHED, "README.md": "# A\n\n[Docs](https://shop.readthedocs.io)\n"}, Outcome.UNDECIDED, id="a site"),
        pytest.param({**PUBLISHED, "shop/cart.py": 'class Cart:\n    """A cart.\n\n    >>> Cart()\n    """\n'}, Outcome.PASSED, id="doctest"),
        pytest.param({"go.mod": "module a\n", **{f"{n}.go": f"package a\n\nfunc F{n}() {{}}\n" for n in "xyz"}, "x_test.go": "package a\n\nfunc ExampleFx() {}\n"}, Outcome.PASSED, id="Go"),
    ],
)  # fmt: skip
def test_no_examples(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("no-examples", files) == expected
