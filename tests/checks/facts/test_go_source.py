"""Go files as source facts."""

from __future__ import annotations

import pytest

from checks.facts.go_source import GoSource
from checks.facts.source import BodyForm, DefinitionKind, ImportForm

FILE = """\
//go:build linux && !cgo

// Package main does.
package main

import "fmt"
import (
	. "testing"
	_ "embed"
	y "github.com/a/b/v2"
)

// T holds.
// More.
type T[K any] struct {
	Name string `yaml:"name" env:"T_NAME,required"`
	A, B int
	*Embedded
}

type I interface {
	// Do does.
	Do(ctx context.Context, n int) (string, error)
	io.Reader
}

const (
	X = "x"
	y2 = iota
)

var ErrNo = errors.New("no")

// M does.
func (t *T[K]) M(ctx context.Context, a, b int, rest ...string) (err error) {
	go func() { work() }()
	res, err := http.Get("http://x" + a)
	_ = res.Body.Close()
	if err != nil {
	}
	cfg := &Config{Timeout: 3, Password: "p"}
	t.x = NewX()
	return err
}

func main() { os.Getenv("XYZ"); getEnv("PORT", "80") }
"""


def test_a_whole_file() -> None:
    found = GoSource.extract(FILE)
    assert (found.package, found.runs_as_main, found.build_constraint) == ("main", True, "linux && !cgo")
    assert [(i.module, i.alias, i.names, i.form) for i in found.imports] == [
        ("fmt", None, (), ImportForm.PLAIN),
        ("testing", None, ("*",), ImportForm.PLAIN),
        ("embed", None, (), ImportForm.SIDE_EFFECT),
        ("github.com/a/b/v2", "y", (), ImportForm.PLAIN),
    ]
    by_name = {d.name: d for d in found.definitions}
    assert (by_name["T"].kind, by_name["T"].bases, by_name["T"].doc) == (
        DefinitionKind.CLASS,
        ("Embedded",),
        "T holds.\nMore.",
    )
    assert (by_name["I"].kind, by_name["I"].bases) == (DefinitionKind.INTERFACE, ("io.Reader",))
    assert by_name["I.Do"].abstract
    assert by_name["T.M"].parameters == ("ctx", "a", "b", "...rest")
    assert by_name["T.M"].unused_parameters == ("ctx", "b", "...rest")
    assert by_name["X"].value == '"x"'
    assert by_name["ErrNo"].value is None
    assert [d.name for d in found.definitions if not d.exported] == ["y2", "main"]
    assert [(f.name, f.type, f.inside) for f in found.fields] == [
        ("Name", "string", "T"),
        ("A", "int", "T"),
        ("B", "int", "T"),
    ]
    assert [(r.name, r.has_default, r.required) for r in found.environment] == [
        ("T_NAME", False, True),
        ("XYZ", False, False),
        ("PORT", True, False),
    ]
    assert found.suppressions == (38, 39)
    config = next(c for c in found.calls if c.callee == "Config")
    assert [(a.name, a.text) for a in config.arguments] == [("Timeout", "3"), ("Password", "p")]
    assert next(s for s in found.strings if s.value == "http://x").formatted
    assert next(s for s in found.strings if s.value == "p").name == "Password"
    assert {b.name: b.value for b in found.bindings}["cfg"] == "Config"
    assert {b.name: b.value for b in found.bindings}["t.x"] == "NewX"
    assert not {"Name", "rest", "cfg", "fmt"} & found.references


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("", BodyForm.EMPTY),
        ("return", BodyForm.EMPTY),
        ("a.x = 1", BodyForm.WORK),
        ("// nothing", BodyForm.EMPTY),
        ('panic("not implemented")', BodyForm.NOT_IMPLEMENTED),
        ('return nil, errors.New("x is not implemented")', BodyForm.NOT_IMPLEMENTED),
        (
            'if a == nil { return nil, err }\n_ = a\nreturn nil, fmt.Errorf("send not yet supported")',
            BodyForm.NOT_IMPLEMENTED,
        ),
        ('if a == nil { return b, nil }\nreturn nil, fmt.Errorf("kind not implemented")', BodyForm.WORK),
        ("w.WriteHeader(http.StatusNotImplemented)", BodyForm.NOT_IMPLEMENTED),
        ('log.Printf("x")\nreturn map[string]string{"status": "ok"}, nil', BodyForm.CONSTANT),
        ("return &Foo{A: 1, B: []string{}}, nil", BodyForm.CONSTANT),
        ("return NewFoo(), nil", BodyForm.WORK),
        ("return a, nil", BodyForm.WORK),
    ],
)
def test_what_a_body_amounts_to(body: str, form: BodyForm) -> None:
    found = GoSource.extract(f"package x\n\nfunc f(a, b *T) (any, error) {{\n{body}\n}}\n")
    assert found.definitions[0].body is form


def test_a_function_without_a_body_is_written_elsewhere() -> None:
    """Assembly stands behind it: it works, and what it uses nobody can tell."""
    add = GoSource.extract("package x\n\n// Add is fast.\nfunc Add(a /* first */, b int) int\n").definitions[
        0
    ]
    assert (add.body, add.parameters, add.unused_parameters) == (BodyForm.WORK, ("a", "b"), ())
    assert (add.doc, add.return_type) == ("Add is fast.", "int")


def test_comments_are_no_arguments_and_no_parameters() -> None:
    found = GoSource.extract("package x\n\nfunc f(\n\t// why\n\ta int,\n) {\n\tg(/* one */ 1)\n}\n")
    assert found.definitions[0].parameters == ("a",)
    assert [argument.text for argument in found.calls[0].arguments] == ["1"]


def test_documentation_is_what_ends_right_above() -> None:
    """A comment behind code documents nothing below it."""
    found = GoSource.extract("package x\n\nvar a = 1 // of a\nfunc f() {}\n\n// g works.\nfunc g() {}\n")
    assert [(d.name, d.doc) for d in found.definitions] == [("a", None), ("f", None), ("g", "g works.")]


@pytest.mark.parametrize(
    ("next_one", "dropped"),
    [
        ("", True),
        ("return nil", True),
        ("return a, nil", True),
        ("return", True),
        ("g()", True),
        ("return a, err", False),
        ("return saveErr", False),
        ('return nil, fmt.Errorf("save: %w", err)', False),
        ("return errors.Join(one, two)", False),
    ],
)
def test_an_error_that_is_dropped_where_another_one_is_returned(next_one: str, dropped: bool) -> None:
    source = GoSource.extract(f"package a\n\nfunc f() error {{\n_ = save()\n{next_one}\n}}\n")
    assert source.suppressions == ((4,) if dropped else ())


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param("for { defer f() }", [3], id="a loop"),
        pytest.param("for _, x := range xs { if x { defer f() } }", [3], id="under a condition"),
        pytest.param("defer f()\nfor {}", [], id="outside"),
        pytest.param("for { func() { defer f() }() }", [], id="a function for each pass"),
        pytest.param("for _, x := range xs { if x { defer f(); return } }", [], id="leaves the loop"),
        pytest.param("for { defer f(); if x { continue }; return }", [3], id="leaves the loop, or goes on"),
        pytest.param("for { defer f(); for { continue }; return }", [], id="goes on in a loop of its own"),
        pytest.param(
            "for { defer f(); if x { continue }\n" + "g(a, b, c)\n" * 600 + "return }",
            [],
            id="too long to tell",
        ),
        pytest.param(f"for {{ {'if x {' * 60} defer f() {'}' * 60} }}", [], id="nested too deeply to tell"),
    ],
)
def test_defers_that_a_loop_repeats(body: str, lines: list[int]) -> None:
    """A `defer` counts where the same function comes back to it."""
    source = GoSource.extract(f"package a\nfunc run() {{\n{body}\n}}\n")
    assert source.loop_defers == tuple(("run", line) for line in lines)


@pytest.mark.parametrize(
    ("text", "supports"),
    [
        ('package servertest\nimport "testing"\n', True),
        ('package server\nimport "testing"\n', False),
        ('package contest\nimport "fmt"\n', False),
        ("", False),
    ],
)
def test_packages_for_tests(text: str, supports: bool) -> None:
    """Named like `httptest`, and working on a test."""
    assert GoSource.extract(text).supports_tests is supports
