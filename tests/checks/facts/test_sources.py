"""What holds of every language: nothing a file says can crash, hang or change its facts between two readings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.facts import UnreadableFile
from checks.facts.component_source import ComponentSource
from checks.facts.go_source import GoSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.kinds import extract, kinds, kinds_of
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.shell_source import ShellSource
from checks.facts.source import Source
from checks.facts.typescript_source import TsxSource, TypeScriptSource

LANGUAGES: list[type[Source]] = [
    PythonSource,
    GoSource,
    RustSource,
    TypeScriptSource,
    TsxSource,
    JavaScriptSource,
    ComponentSource,
    ShellSource,
]
FRAGMENTS = [
    *(
        "def f(a, b=1):\n",
        "    pass\n",
        "class C(B):\n",
        "import a.b as c\n",
        "from . import x\n",
        "@app.get('/')\n",
    ),
    *(
        "func (t *T) M(a int) error {\n",
        "return nil, err\n",
        'import ("fmt"; _ "x")\n',
        "package main\n",
        "_ = f()\n",
    ),
    *(
        "fn f(&self) -> u8 {",
        "use a::{b, c::*};\n",
        "#[cfg(test)]\n",
        "mod m;\n",
        "todo!()",
        "impl A for B<'a> {",
    ),
    *(
        "export default ",
        "import type { A } from './a';\n",
        "const f = async () => {",
        "<A b='c'>",
        "`${x}`",
        "});\n",
    ),
    *(
        "}",
        "{",
        "(",
        ")",
        "[",
        "]",
        '"',
        "'",
        "#",
        "//",
        "/*",
        "*/",
        "\n",
        " ",
        "é",
        "\U0001f600",
        "\0",
        "\\",
        "f'{",
        'r#"',
    ),
    *(
        "source ./x\n",
        "X=$(y)\n",
        "${Z:?}",
        "<<EOF\n",
        "EOF\n",
        "<script setup>",
        "</script>",
        "=",
        ".",
        ",",
        "a",
        "1",
    ),
]
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXTS)
@settings(max_examples=80, deadline=None)
def test_any_text_is_read_or_refused_and_read_alike_twice(language: type[Source], text: str) -> None:
    """Facts survive their JSON, and a second reading makes the same."""
    kind = kinds()[language.kind]  # type: ignore[attr-defined]
    try:
        found = language.extract(text)  # type: ignore[attr-defined]
    except UnreadableFile:
        return
    assert language.extract(text) == found  # type: ignore[attr-defined]
    assert kind.read(kind.adapter.dump_json(found)) == found
    for definition in found.definitions:
        assert 1 <= definition.line <= definition.end_line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000,
        "[" * 400 + "]" * 400,
        "a b: " * 20_000,
        "x = " + "-" * 50_000,
        "a" * 200_000,
        "a.b()" * 20_000,
        "\n" * 50_000,
    ],
    ids=["deep", "nested", "words", "operators", "identifier", "chain", "lines"],
)
def test_a_hostile_text_costs_little(language: type[Source], text: str) -> None:
    """Deep nesting and endless lines are read or refused; the suite's timeout is the judge of "hangs"."""
    name = language.kind  # type: ignore[attr-defined]
    assert isinstance(extract(name, text.encode()), bytes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (PythonSource, "with " + ", ".join(["a()"] * 3_000) + ":\n    pass\n"),
        (PythonSource, "@a\n" * 3_000 + "def f(): pass\n"),
        (TypeScriptSource, "@a " * 3_000 + "export class A {}"),
        (TypeScriptSource, "@a " * 3_000 + "export abstract class A {}"),
        (TypeScriptSource, "class A {" + "@a " * 3_000 + "m() {} }"),
        (JavaScriptSource, "class A {" + "@a " * 3_000 + "m() {} }"),
    ],
    ids=["with", "python", "export", "abstract", "member", "javascript"],
)
@pytest.mark.timeout(10)
def test_many_siblings_cost_little(language: type[Source], text: str) -> None:
    """Each decorator that waits for what it decorates must not cost every other one."""
    assert not language.extract(text).syntax_errors  # type: ignore[attr-defined]


def test_more_siblings_than_can_be_kept_in_mind_are_refused() -> None:
    names = ", ".join(f"a{number}" for number in range(3_000))
    with pytest.raises(UnreadableFile, match="too many siblings"):
        GoSource.extract(f"package a\nfunc f() {{ {names} = {names} }}\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_brackets_nested_too_deeply_are_refused(language: type[Source]) -> None:
    script = "<script>" if language is ComponentSource else ""
    with pytest.raises(UnreadableFile, match="nested deeper"):
        language.extract(script + "(" * 1_500)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.py", "python-source"),
        ("b.pyi", "python-source"),
        ("c.go", "go-source"),
        ("d.rs", "rust-source"),
        ("e.mts", "type-script-source"),
        ("f.tsx", "tsx-source"),
        ("g.cjs", "java-script-source"),
        ("h.svelte", "component-source"),
        ("i.bash", "shell-source"),
    ],
)
def test_a_path_says_its_language(path: str, kind: str) -> None:
    assert kind in {known.name for known in kinds_of(path)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (PythonSource, "# Generated by the protocol buffer compiler.  DO NOT EDIT!\n"),
        (PythonSource, "# This file was auto-generated by Fern from our API Definition.\n"),
        (GoSource, "// Code generated by mockgen. DO NOT EDIT.\n\npackage x\n"),
        (TypeScriptSource, "/* @generated */\nexport {};\n"),
        (RustSource, "// @generated by prost\n"),
    ],
)
def test_a_file_says_that_a_program_wrote_it(language: type[Source], text: str) -> None:
    assert language.extract(text).generated  # type: ignore[attr-defined]
    assert not language.extract("\n".join(text.splitlines()[1:])).generated  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (PythonSource, "import os\ndef f(:\n    pass\ndef g():\n    return 1\n"),
        (GoSource, "package x\nfunc f( {\n}\nfunc g() int { return 1 }\n"),
        (RustSource, "fn f( {\n}\nfn g() -> u8 { 1 }\n"),
        (TypeScriptSource, "function f( {\n}\nfunction g() { return 1; }\n"),
    ],
)
def test_a_file_with_a_syntax_error_still_has_facts(language: type[Source], text: str) -> None:
    found = language.extract(text)  # type: ignore[attr-defined]
    assert found.syntax_errors
    assert found.lines == len(text.splitlines())
