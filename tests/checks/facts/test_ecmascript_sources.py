"""TypeScript, JavaScript and component files as source facts."""

from __future__ import annotations

import pytest

from checks.facts.component_source import ComponentSource
from checks.facts.javascript_source import JavaScriptSource
from checks.facts.source import BodyForm, DefinitionKind, ImportForm, Source
from checks.facts.typescript_source import TsxSource, TypeScriptSource

FROM = ImportForm.FROM


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('import type { A } from "./a";', [("./a", ("A",), None, FROM, True)]),
        (
            "import def, { b as c, type D, d } from 'x';",
            [
                ("x", ("default",), "def", FROM, False),
                ("x", ("b",), "c", FROM, False),
                ("x", ("D",), None, FROM, True),
                ("x", ("d",), None, FROM, False),
            ],
        ),
        ('import * as ns from "y";', [("y", ("*",), "ns", FROM, False)]),
        ('import "side";', [("side", (), None, ImportForm.SIDE_EFFECT, False)]),
        ('import z = require("zz");', [("zz", (), "z", ImportForm.REQUIRE, False)]),
        (
            "import a, /* why */ { b, /* not c */ } from 'x';",
            [("x", ("default",), "a", FROM, False), ("x", ("b",), None, FROM, False)],
        ),
        ("import {} from 'x';", [("x", (), None, ImportForm.SIDE_EFFECT, False)]),
        ('export * as ns from "y";', [("y", ("*",), "ns", ImportForm.REEXPORT, False)]),
        ('export * from "./all";', [("./all", ("*",), None, ImportForm.REEXPORT, False)]),
        ("export { q as r, s } from './q';", [("./q", ("q", "s"), None, ImportForm.REEXPORT, False)]),
        ('const m = await import("./dyn");', [("./dyn", (), None, ImportForm.DYNAMIC, False)]),
        ('const { j } = require("r");', [("r", (), None, ImportForm.REQUIRE, False)]),
        ("require(name); import(`./${x}`);", []),
        ('new URL("./w.js", import.meta.url);', [("./w.js", (), None, ImportForm.DYNAMIC, False)]),
    ],
)
def test_imports(text: str, expected: list[object]) -> None:
    found = TypeScriptSource.extract(text).imports
    assert [(i.module, i.names, i.alias, i.form, i.type_only) for i in found] == expected


def test_a_require_in_a_try_is_guarded() -> None:
    assert JavaScriptSource.extract('try { require("a"); } catch {}').imports[0].guarded


def test_definitions_of_typescript() -> None:
    found = TsxSource.extract("""\
/** Doc of foo. */
export default function foo(a: number, { b }: Props, ...rest: any[]): Promise<void> { return null; }
export const arrow = async (x: string = "k") => { throw new Error("not implemented"); };
class K<T> extends Base<T> implements I, J {
  private readonly f: string = "v";
  static h = () => 3;
  constructor(private readonly svc: Svc) { super(); }
  @Get("/x") @Auth() async m(@Body() dto: Dto) { return await this.svc.go(dto); }
  abstract n(): void;
}
@Controller("c")
export class C2 { private p() {} q() { go(); } }
export interface Face extends Other { a: string; m(x: number): void }
type Alias = { c: string } | null;
enum E { A = "a" }
export { K as Kay };
""")
    by_name = {d.name: d for d in found.definitions}
    assert (by_name["foo"].doc, by_name["foo"].unused_parameters) == ("Doc of foo.", ("a", "...rest"))
    assert by_name["foo"].parameter_types == ("number", "Props", "any[]")
    assert by_name["arrow"].body is BodyForm.NOT_IMPLEMENTED
    assert by_name["K"].bases == ("Base", "I", "J")
    assert by_name["K"].exported
    assert by_name["K.h"].kind is DefinitionKind.METHOD
    assert by_name["K.constructor"].unused_parameters == ()
    assert by_name["K.m"].decorators == ('Get("/x")', "Auth()")
    assert by_name["K.n"].abstract
    assert by_name["C2"].decorators == ('Controller("c")',)
    assert (by_name["C2.p"].exported, by_name["C2.q"].exported) == (False, True)
    assert (by_name["Face"].kind, by_name["Face"].bases) == (DefinitionKind.INTERFACE, ("Other",))
    assert by_name["Face.m"].abstract
    assert by_name["Alias"].kind is DefinitionKind.TYPE
    assert by_name["E"].kind is DefinitionKind.CLASS
    assert {(f.name, f.inside) for f in found.fields} == {("f", "K"), ("svc", "K"), ("a", "Face")}


def test_definitions_of_javascript() -> None:
    found = JavaScriptSource.extract("""\
#!/usr/bin/env node
const a = require('./a');
class K extends Base { m(q, r = "d") { return r; } }
module.exports = { K, f };
async function f({ a }, b) { axios.get("/x", { timeout: 3, ...rest, signal }); }
exports.g = function () {};
const LIMIT = 3;
""")
    by_name = {d.name: d for d in found.definitions}
    assert list(by_name) == ["K", "K.m", "f", "g", "LIMIT"]
    assert found.runs_as_main
    assert by_name["K.m"].unused_parameters == ("q",)
    assert all(by_name[name].exported for name in ("K", "K.m", "f"))
    assert by_name["LIMIT"].value == "3"
    call = next(c for c in found.calls if c.callee == "axios.get")
    assert [a.name for a in call.arguments] == [None, None, "timeout", "signal"]


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("", BodyForm.EMPTY),
        ("return;", BodyForm.EMPTY),
        ('console.log("x"); return { ok: true, n: [1, "a"] };', BodyForm.CONSTANT),
        ("return Promise.resolve(true);", BodyForm.CONSTANT),
        ("return a;", BodyForm.WORK),
        ('return Promise.reject(new Error("not implemented"));', BodyForm.NOT_IMPLEMENTED),
        ('res.status(501).send("x");', BodyForm.NOT_IMPLEMENTED),
        ('if (a) { return a; } throw new Error("not implemented");', BodyForm.WORK),
    ],
)
@pytest.mark.parametrize("language", [TypeScriptSource, JavaScriptSource])
def test_what_a_body_amounts_to(language: type[Source], body: str, form: BodyForm) -> None:
    found = language.extract(f"function f(a) {{ {body} }}")  # type: ignore[attr-defined]
    assert found.definitions[0].body is form


def test_environment_strings_and_swallowed_errors() -> None:
    found = TypeScriptSource.extract("""\
process.env.FOO; process.env["BAR"] ?? "d"; import.meta.env.VITE_X || "y";
process.env.SET = "1";
const { AA, BB = "x" } = process.env;
try { a() } catch (e) { }
try { a() } catch (e) { log(e) }
p.catch(() => {});
const options = { password: "p", "key": `a${b}` };
const url = "http://x/" + id;
""")
    assert [(r.name, r.has_default) for r in found.environment] == [
        ("BAR", True),
        ("FOO", False),
        ("VITE_X", True),
        ("AA", False),
        ("BB", True),
    ]
    assert found.suppressions == (4, 6)
    named = {s.name: (s.value, s.formatted) for s in found.strings if s.name}
    assert named["password"] == ("p", False)
    assert named["key"] == ("a${b}", True)
    assert next(s for s in found.strings if s.value == "http://x/").formatted


def test_a_component_is_its_script_at_its_own_lines() -> None:
    found = ComponentSource.extract("""\
<template><Card :title="heading" /></template>
<script setup lang="ts">
import Card from "./Card.vue";
const heading = "x";
</script>
<style>.a { color: red }</style>
""")
    assert [(i.module, i.line) for i in found.imports] == [("./Card.vue", 3)]
    assert {"Card", "heading"} <= found.references
    assert found.lines == 6


@pytest.mark.parametrize(
    ("text", "form"),
    [("(a) => 3", BodyForm.CONSTANT), ("(a) => work(a)", BodyForm.WORK), ("(a) => { }", BodyForm.EMPTY)],
)
def test_what_an_arrow_amounts_to(text: str, form: BodyForm) -> None:
    assert JavaScriptSource.extract(f"const f = {text};").definitions[0].body is form


def test_decorators_stand_with_what_they_decorate() -> None:
    """On the class or its export, on members and across comments; a member without any has none."""
    found = TypeScriptSource.extract("""\
@Injectable() @Scoped()
export class A {
  @Get() // why
  @Auth() m() {}
  n() {}
  @Input() field: string;
}
@Component() export abstract class B {}
@Plain() class C {}
""")
    by_name = {d.name: d.decorators for d in found.definitions}
    assert by_name == {
        "A": ("Injectable()", "Scoped()"),
        "A.m": ("Get()", "Auth()"),
        "A.n": (),
        "B": ("Component()",),
        "C": ("Plain()",),
    }
    assert [field.tag for field in found.fields] == ["Input()"]
    javascript = JavaScriptSource.extract("class A { @Get() m() {} @Input() field = 1; }\n")
    assert [d.decorators for d in javascript.definitions] == [(), ("Get()",)]
    assert [field.tag for field in javascript.fields] == ["Input()"]


def test_this_is_no_parameter_and_a_comment_no_argument() -> None:
    found = TypeScriptSource.extract("class K { m(this: K, /* first */ a) { f(/* one */ 1); } }")
    assert found.definitions[1].parameters == ("a",)
    assert [argument.text for argument in found.calls[0].arguments] == ["1"]


def test_exported_by_default_further_down() -> None:
    found = TypeScriptSource.extract("class L {}\nclass M {}\nexport default L;\n")
    assert [d.exported for d in found.definitions] == [True, False]
