"""Rust files as source facts."""

from __future__ import annotations

import pytest

from checks.facts.rust_source import RustSource
from checks.facts.source import BodyForm, DefinitionKind, ImportForm

FILE = """\
//! Crate.
#![cfg(feature = "x")]
use std::{io::{self, Read as R}, fs::*};
pub use crate::a::b;
mod m;
#[cfg(unix)]
#[path = "q.rs"]
mod q;
/// Doc.
#[derive(Debug)]
pub struct S<T> { pub a: u32, #[serde(default)] b: Option<String> }
pub trait Tr: Base { fn need(&self, x: u8) -> u8; fn with(&self) {} }
impl<T> Tr for S<T> { fn need(&self, x: u8) -> u8 { todo!() } }
impl S<u8> { pub async fn go(self, k: &str, n: u8) -> Result<(), E> { send(format!("{k}")).await } }
const C: &str = "x";
fn main() {
    let x = std::env::var("HOME").unwrap();
    let y = env::var("MODE").unwrap_or_default();
    let _ = f();
    f().ok();
    if let Err(_) = f() {}
    let cfg = Config { timeout: 3, name: "n".to_string(), ..Default::default() };
    foo::<u8>(1);
}
#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn t() { assert!(true); }
}
"""


def test_a_whole_file() -> None:
    found = RustSource.extract(FILE)
    assert [(i.module, i.names, i.alias, i.form) for i in found.imports] == [
        ("std::io", (), None, ImportForm.PLAIN),
        ("std::io::Read", (), "R", ImportForm.PLAIN),
        ("std::fs", ("*",), None, ImportForm.PLAIN),
        ("crate::a::b", (), None, ImportForm.REEXPORT),
        ("m", (), None, ImportForm.MODULE),
        ("q", (), None, ImportForm.MODULE),
        ("super", ("*",), None, ImportForm.PLAIN),
    ]
    assert (found.imports[5].path, found.imports[5].condition) == ("q.rs", "unix")
    assert (found.imports[6].inside, found.imports[6].condition) == ("tests", "test")
    assert (found.build_constraint, found.runs_as_main) == ('feature = "x"', True)
    by_name = {d.name: d for d in found.definitions}
    assert (by_name["S"].doc, by_name["S"].bases, by_name["S"].decorators) == (
        "Doc.",
        ("Tr",),
        ("derive(Debug)",),
    )
    assert by_name["Tr"].kind is DefinitionKind.INTERFACE
    assert (by_name["Tr.need"].abstract, by_name["Tr.with"].abstract) == (True, False)
    assert by_name["S.need"].bases == ("Tr",)
    assert by_name["S.go"].unused_parameters == ("n",)
    assert by_name["S.go"].kind is DefinitionKind.METHOD
    assert by_name["C"].value == '"x"'
    assert (by_name["main"].kind, by_name["main"].exported) == (DefinitionKind.FUNCTION, False)
    assert [(f.name, f.tag) for f in found.fields] == [("a", None), ("b", "serde(default)")]
    assert [(r.name, r.has_default, r.required) for r in found.environment] == [
        ("HOME", False, True),
        ("MODE", True, False),
    ]
    assert found.suppressions == (19, 20, 21)
    assert found.test_lines == ((25, 30),)
    assert found.in_test(29)
    assert not found.in_test(24)
    config = next(c for c in found.calls if c.callee == "Config")
    assert [a.name for a in config.arguments] == ["timeout", "name"]
    assert "foo" in {c.callee for c in found.calls}
    assert next(s for s in found.strings if s.value == "n").name == "name"


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("", BodyForm.EMPTY),
        ("return;", BodyForm.EMPTY),
        ("todo!()", BodyForm.NOT_IMPLEMENTED),
        ('unimplemented!("x");', BodyForm.NOT_IMPLEMENTED),
        ('panic!("not implemented")', BodyForm.NOT_IMPLEMENTED),
        ('info!("x"); Err(anyhow!("not implemented"))', BodyForm.NOT_IMPLEMENTED),
        ('if a { return Ok(b); } Err(anyhow!("not implemented"))', BodyForm.WORK),
        ("Ok(())", BodyForm.CONSTANT),
        ("return true;", BodyForm.CONSTANT),
        ("Ok(Status { healthy: true, mode: Mode::On })", BodyForm.CONSTANT),
        ("Vec::new()", BodyForm.CONSTANT),
        ("Self::new()", BodyForm.WORK),
        ("a", BodyForm.WORK),
    ],
)
def test_what_a_body_amounts_to(body: str, form: BodyForm) -> None:
    assert RustSource.extract(f"fn f(a: bool, b: u8) -> R {{ {body} }}").definitions[0].body is form


@pytest.mark.parametrize("attribute", ["test", "tokio::test", "cfg(all(test, unix))", "rstest"])
def test_what_only_tests_compile(attribute: str) -> None:
    assert RustSource.extract(f"fn a() {{}}\n#[{attribute}]\nfn b() {{}}\n").test_lines == ((2, 3),)


def test_a_file_for_tests_alone() -> None:
    assert RustSource.extract("#![cfg(test)]\nfn a() {}\n").test_lines == ((1, 2),)


def test_external_crates() -> None:
    found = RustSource.extract('extern crate a;\n#[cfg(feature = "z")]\nextern crate alloc as b;\n').imports
    assert [(i.module, i.alias, i.condition) for i in found] == [
        ("a", None, None),
        ("alloc", "b", 'feature = "z"'),
    ]


@pytest.mark.parametrize(
    ("literal", "value"),
    [('"a"', "a"), ('r#"a"b"#', 'a"b'), ('b"a"', "a"), ('br##"a"##', "a"), ('c"a"', "a")],
)
def test_strings_of_every_form(literal: str, value: str) -> None:
    assert [s.value for s in RustSource.extract(f"fn f() {{ g({literal}); }}").strings] == [value]


def test_arguments_of_macros_are_parted_at_commas() -> None:
    call = RustSource.extract("fn f() { check!(a + b, c, d.e()); }").calls[0]
    assert [(a.text, a.literal) for a in call.arguments] == [("a + b", False), ("c", False), ("d.e()", False)]


def test_what_makes_a_value_is_behind_await_and_question_mark() -> None:
    found = RustSource.extract(
        "async fn f() { let a = connect(1).await?; let b = Vec::<u8>::new(); }"
    ).bindings
    assert {b.name: b.value for b in found} == {"a": "connect", "b": "Vec::new"}


def test_environment_of_a_command_line() -> None:
    found = RustSource.extract(
        'struct Args {\n  #[arg(long, env = "PORT", default_value = "80")]\n  port: u16,\n'
        '  #[arg(env = "HOST")]\n  host: String,\n}\n'
    ).environment
    assert [(r.name, r.line, r.has_default) for r in found] == [("PORT", 2, True), ("HOST", 4, False)]


@pytest.mark.parametrize(
    ("arm", "is_swallowed"),
    [("()", True), ("{}", True), ("{ /* why */ }", True), ("log(e)", False), ("{ log(e) }", False)],
)
def test_errors_swallowed_by_an_arm(arm: str, *, is_swallowed: bool) -> None:
    found = RustSource.extract(f"fn f() {{ match g() {{ Ok(v) => v, Err(e) => {arm} }} }}")
    assert bool(found.suppressions) is is_swallowed


@pytest.mark.parametrize(
    ("text", "decorators"),
    [
        ("#[a] #[b]\nfn f() {}", ("a", "b")),
        ("#[a]\n// why\n#[b]\n/// Doc.\nfn f() {}", ("a", "b")),
        ("#[a]\nx!();\nfn f() {}", ()),
        ("fn f() {}\n#[a]\n", ()),
    ],
)
def test_attributes_belong_to_what_follows(text: str, decorators: tuple[str, ...]) -> None:
    assert RustSource.extract(text).definitions[0].decorators == decorators


def test_fields_of_a_value_under_the_names_of_variables() -> None:
    call = RustSource.extract("fn f() { let c = Config { timeout, name: 1, ..base() }; }").calls[0]
    assert [(a.name, a.text) for a in call.arguments] == [("timeout", "timeout"), ("name", "1")]
