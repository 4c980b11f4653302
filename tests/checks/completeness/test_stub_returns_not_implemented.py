"""How much is refused, and on purpose or not."""

from __future__ import annotations

import pytest

from checks import Outcome, Severity
from tests.checks.verdicts import result_of, said

CHECK = "stub-returns-not-implemented"
REFUSES = "    fn {name}(&self) -> u8 {{\n        {how}\n    }}\n"
ONE, TWO = (
    REFUSES.format(name="one", how="unimplemented!()"),
    REFUSES.format(name="two", how="unimplemented!()"),
)
DONE = REFUSES.format(name="two", how="2")
TYPE = "use other::Provider;\n\nstruct Only;\n\nimpl Provider for Only {\n%s}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TYPE % (ONE + TWO), Outcome.PASSED, id="a type that only stands for a foreign trait"),
        pytest.param(TYPE % (ONE + DONE), ["Only.one"], id="one method of an implementation"),
        pytest.param(
            "trait Provider {}\n" + TYPE.partition("\n\n")[2] % (ONE + TWO),
            ["Only.one", "Only.two"],
            id="an adapter of the repository's own port",
        ),
    ],
)
def test_rust_types(text: str, expected: list[str] | Outcome) -> None:
    assert said(CHECK, {"Cargo.toml": '[package]\nname = "a"\n', "src/only.rs": text}) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("if s.all == nil {\n\t\t\treturn c.Fail(http.StatusNotImplemented, err)\n\t\t}\n\t\treturn c.JSON(s.all)", Outcome.PASSED, id="one of its ways"),
        pytest.param('return errors.New("not implemented")', ["API.List"], id="its only way"),
    ],
)  # fmt: skip
def test_a_function_that_is_returned(body: str, expected: list[str] | Outcome) -> None:
    """What the handler that is made does decides."""
    text = f"package a\n\nfunc (s *API) List() Handler {{\n\treturn func(c *Ctx) error {{\n\t\t{body}\n\t}}\n}}\n"
    assert said(CHECK, {"a.go": text}) == expected


def test_one_branch_weighs_less_than_the_whole() -> None:
    branch = "def cache(kind):\n    if kind == 'a':\n        raise NotImplementedError('not yet implemented')\n    return {}\n"
    whole = "def queue(url):\n    raise NotImplementedError('not yet implemented')\n"
    gaps = result_of(CHECK, {"a.py": branch + whole}).gaps
    assert {gap.gap.subject: gap.severity for gap in gaps} == {
        "cache: NotImplementedError(not yet implemented)": Severity.MEDIUM,
        "queue": Severity.HIGH,
    }


def test_a_capability_that_others_have_weighs_less() -> None:
    others = "class Disk(Store):\n    def share(self, x):\n        return self.link(x)\n"
    refuses = "class Memory(Store):\n    def share(self, x):\n        raise NotImplementedError('not implemented for memory')\n"
    (gap,) = result_of(CHECK, {"a.py": "class Store: ...\n" + others + refuses}).gaps
    assert (gap.gap.subject, gap.severity) == ("Memory.share", Severity.MEDIUM)


def test_go_names_no_interface() -> None:
    port = "package shop\n\ntype Store interface {\n\tShare(x int) error\n}\n"
    body = "package shop\n\ntype {0} struct{{}}\n\nfunc (s *{0}) Share(x int) error {{\n\treturn {1}\n}}\n"
    refuses = body.format("Memory", 'errors.New("not implemented")')
    files = {"store.go": port, "memory.go": refuses}
    (gap,) = result_of(CHECK, files).gaps
    assert (gap.gap.subject, gap.severity) == ("Memory.Share", Severity.HIGH)
    (gap,) = result_of(CHECK, files | {"disk.go": body.format("Disk", "s.link(x)")}).gaps
    assert gap.severity is Severity.MEDIUM


BASE = "class Core(Port):\n    def send(self, x):\n        raise NotImplementedError()\n"
PORT = "from typing import Protocol\n\nclass Port(Protocol):\n    def send(self, x): ...\n\n"


def test_what_a_subclass_does_itself_is_a_contract() -> None:
    assert said(CHECK, {"a.py": PORT + BASE}) == ["Core.send"]
    other = "from a import Core\n\nclass Http(a.Core):\n    def send(self, x):\n        post(x)\n"
    assert said(CHECK, {"a.py": PORT + BASE, "b.py": other}) is Outcome.PASSED


def test_what_is_there_to_refuse() -> None:
    """Its callers are the stubs."""
    text = "export function notImplemented() { throw new Error('Not implemented.'); }\n"
    assert said(CHECK, {"src/db.ts": text}) is Outcome.PASSED
