"""Which files use a name, and what is no use of it."""

from __future__ import annotations

import pytest

from checks.derived.references import References, SpelledNames
from tests.checks.trees import Files, snapshot

PYTHON = {"charge.py": "def charge(amount):\n    return amount\n"}
GO = {"charge.go": "package shop\n\ntype Till struct{}\n\nfunc (t *Till) Charge() int { return 1 }\n"}
RUST = "pub fn charge() -> u8 { 1 }\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn charges() { super::charge(); }\n}\n"


@pytest.mark.parametrize(
    ("files", "name", "users", "tests"),
    [
        pytest.param(PYTHON, "charge", (), (), id="defined only"),
        pytest.param(
            PYTHON | {"main.py": "from charge import charge\n"}, "charge", (), (), id="an import is no use"
        ),
        pytest.param(
            PYTHON | {"main.py": "from charge import charge\n\ncharge(1)\n"},
            "charge",
            ("main.py",),
            (),
            id="called",
        ),
        pytest.param(
            PYTHON | {"main.py": "from charge import charge as pay\n\npay(1)\n"},
            "charge",
            ("main.py",),
            (),
            id="under another name",
        ),
        pytest.param(
            {
                "src/lib.rs": "mod pay;\npub use pay::charge as pay_charge;\n",
                "src/pay.rs": RUST,
                "src/main.rs": "fn main() { shop::pay_charge(); }\n",
            },
            "charge",
            ("src/main.rs",),
            ("src/pay.rs",),
            id="passed on under another name",
        ),
        pytest.param(
            {"charge.py": "def charge(n):\n    return charge(n - 1)\n"}, "charge", (), (), id="by itself"
        ),
        pytest.param(
            PYTHON | {"api.py": "import charge as bank\n\n\ndef charge(n):\n    return bank.charge(n)\n"},
            "charge",
            ("api.py",),
            (),
            id="by one of its name that hands on to it",
        ),
        pytest.param(
            PYTHON | {"tests/test_charge.py": "from charge import charge\n\n\ndef test():\n    charge(1)\n"},
            "charge",
            (),
            ("tests/test_charge.py",),
            id="by a test",
        ),
        pytest.param(GO, "Till", (), (), id="Go, a receiver"),
        pytest.param(
            GO | {"charge_test.go": "package shop\n\nfunc TestIt(t *T) { Till{}.Charge() }\n"},
            "Till",
            (),
            ("charge_test.go",),
            id="Go, by a test",
        ),
        pytest.param(
            {"src/charge.rs": RUST}, "charge", (), ("src/charge.rs",), id="Rust, by the tests of its file"
        ),
        pytest.param(
            {"src/charge.rs": RUST + "fn main() { charge(); }\n"},
            "charge",
            ("src/charge.rs",),
            (),
            id="Rust, after the tests of its file",
        ),
        pytest.param(
            {
                "a.ts": "export const charge = () => 1;\n",
                "b.ts": "import { charge } from './a';\ncharge();\n",
            },
            "charge",
            ("b.ts",),
            (),
            id="TypeScript",
        ),
        pytest.param(
            {"a.ts": "export const charge = () => 1;\n", "b.ts": "export { charge as pay } from './a';\n"},
            "charge",
            (),
            (),
            id="TypeScript, passed on",
        ),
        pytest.param(
            {"a.py": "class Till:\n    limit: int = 1\n", "b.py": "def of(till):\n    return till.limit\n"},
            "limit",
            ("b.py",),
            (),
            id="a field",
        ),
    ],
)
def test_users(files: Files, name: str, users: tuple[str, ...], tests: tuple[str, ...]) -> None:
    references = snapshot(files).derived(References)
    assert (references.users.get(name, ()), references.tests.get(name, ())) == (users, tests)


def test_spelled_names() -> None:
    files = {"a.py": 'run("app.jobs:charge")\n', "tests/test_a.py": 'run("refund")\n'}
    words = snapshot(files).derived(SpelledNames).words
    assert ("charge" in words, "refund" in words) == (True, False)
