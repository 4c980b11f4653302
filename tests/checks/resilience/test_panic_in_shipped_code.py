"""Text cut at bytes and first elements in Rust: what proves that it is text, and what asks first."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param('fn f(t: &T) { println!("{}", &t.title[..40.min(9)]); }', ["panics"], id="displayed"),
        pytest.param('fn f(t: &T) { println!("{}", t.names[..5].iter().join(", ")); }', Outcome.PASSED, id="a part of a list"),
        pytest.param('fn f(t: &T) { println!("{:?}", &t.title[..40]); }', Outcome.PASSED, id="bytes can be debugged"),
        pytest.param('fn f(t: &T) { println!("{}", t.n()); send(&t.title[..40]); }', Outcome.PASSED, id="the macro is over"),
        pytest.param("fn f(t: &T) -> String { t.title[..LONGEST].to_string() }", ["panics"], id="a method of text"),
        pytest.param("fn f(t: &T, o: &mut String) { o.push_str(&t.title[..7]); }", ["panics"], id="pushed to text"),
        pytest.param("fn f(body: &str) { send(&body[..50]); }", ["panics"], id="a parameter of text"),
        pytest.param("fn f(body: &[u8]) { send(&body[..50]); }", Outcome.PASSED, id="a parameter of bytes"),
        pytest.param("fn f(t: &T) { send(&t.title[..50]); }", Outcome.PASSED, id="nobody knows"),
        pytest.param("static X: &str = y[..50];", Outcome.PASSED, id="outside of functions"),
        pytest.param("fn f(body: &str, end: usize) { send(&body[..end]); }", Outcome.PASSED, id="a computed end"),
        pytest.param("fn f(commit_id: &str) { send(&commit_id[..7]); }", Outcome.PASSED, id="an id"),
        pytest.param("fn f(t: &T) -> String { t.hash[..7].to_string() }", Outcome.PASSED, id="a hash"),
        pytest.param("fn f(body: &str) {\n if body.is_char_boundary(50) { send(&body[..50]); }\n}", Outcome.PASSED, id="asked first"),
        pytest.param("// &body[..50].to_string()\nfn f() {}", Outcome.PASSED, id="a comment"),
        pytest.param("#[cfg(test)]\nmod tests {\n fn f(body: &str) { send(&body[..50]); a(r.choices[0]); }\n}", Outcome.PASSED, id="test code"),
        pytest.param("fn f(r: R) { send(r.choices[0].text); }", ["panics"], id="the first of an answer"),
        pytest.param("fn f(r: R) {\n if r.choices.is_empty() { return; }\n send(r.choices[0].text);\n}", Outcome.PASSED, id="it may be empty"),
        pytest.param("fn f(r: R) {\n send(r.choices[0].text);\n send(r.data[0].text);\n}", ["panics"], id="one gap for a file"),
    ],
)  # fmt: skip
def test_rust(code: str, expected: list[str] | Outcome) -> None:
    assert said("panic-in-shipped-code", {"src/lib.rs": code + "\n"}) == expected
