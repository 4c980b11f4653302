"""What a body amounts to, in every language; what is anonymous, and what leaves early."""

from __future__ import annotations

import pytest

from checks.facts.go_source import GoSource
from checks.facts.python_source import PythonSource
from checks.facts.rust_source import RustSource
from checks.facts.source import BodyForm
from checks.facts.typescript_source import TypeScriptSource

Language = type[PythonSource] | type[GoSource] | type[RustSource] | type[TypeScriptSource]
LANGUAGES: dict[str, tuple[Language, str]] = {
    "python": (PythonSource, "class A:\n    def f(self, x):\n        %s\n"),
    "go": (GoSource, "package a\n\nfunc (a *A) f(x int) error {\n%s\n}\n"),
    "rust": (RustSource, "impl A {\n    fn f(&mut self, x: u8) -> R {\n%s\n    }\n}\n"),
    "typescript": (TypeScriptSource, "class A {\n  f(x: number) {\n%s\n  }\n}\n"),
}
STORES, GUARDED, WORK, CONSTANT, EMPTY = (
    BodyForm.STORES,
    BodyForm.GUARDED,
    BodyForm.WORK,
    BodyForm.CONSTANT,
    BodyForm.EMPTY,
)


@pytest.mark.parametrize(
    ("language", "body", "form", "returns"),
    [
        ("python", "self.x = x", STORES, None),
        ("python", "self.running = True", WORK, None),
        ("python", "self.x = x\n        return True", STORES, "True"),
        ("python", "self.x = make(x)", WORK, None),
        ("python", "if not x:\n            raise ValueError\n        return True", GUARDED, "True"),
        ("python", "if not isinstance(x, int):\n            return None\n        return {'ok': True}", GUARDED, "{'ok': True}"),
        ("python", "if save(x):\n            raise ValueError\n        return True", WORK, None),
        ("python", "if x:\n            raise ValueError\n        else:\n            pass\n        return True", WORK, None),
        ("python", "if x:\n            go(x)\n        return True", WORK, None),
        ("python", "for y in x:\n            pass\n        return True", WORK, None),
        ("python", "return Metrics(total=100, rate=0.5)", CONSTANT, "Metrics(total=100, rate=0.5)"),
        ("python", "return Metrics(total=x)", WORK, None),
        ("python", "return count()", WORK, None),
        ("python", "logger.info(x)", EMPTY, None),
        ("python", "x", WORK, None),
        ("go", "a.mu.Lock()\ndefer a.mu.Unlock()\na.x = x\nreturn nil", STORES, "nil"),
        ("go", "a.x = x", STORES, None),
        ("go", "if err := v.Validate(x); err != nil {\nlog.Print(x)\nreturn err\n}\nreturn nil", GUARDED, "nil"),
        ("go", "if err := a.send(x); err != nil {\nreturn err\n}\nreturn nil", WORK, None),
        ("go", "return", EMPTY, None),
        ("go", "a.send(x)", WORK, None),
        ("rust", "self.x = Some(x);", STORES, None),
        ("rust", "if x.is_empty() { return Err(E); }\nOk(())", GUARDED, "Ok(())"),
        ("rust", "if x > 3 { return Err(E); } else { go(); }\nOk(())", WORK, None),
        ("rust", "return;", EMPTY, None),
        ("rust", "go(x)", WORK, None),
        ("typescript", "this.x = x;", STORES, None),
        ("typescript", "if (!x) throw new Error('no');\nreturn { ok: true };", GUARDED, "{ ok: true }"),
        ("typescript", "if (!x) { return; }\nreturn true;", GUARDED, "true"),
        ("typescript", "return next();", CONSTANT, "next()"),
        ("typescript", "go(x);", WORK, None),
        ("typescript", "return go(x);", WORK, None),
    ],
)  # fmt: skip
def test_what_a_body_amounts_to(language: str, body: str, form: BodyForm, returns: str | None) -> None:
    source, text = LANGUAGES[language]
    found = next(d for d in source.extract(text % body).definitions if d.name == "A.f")
    assert (found.body, found.returns) == (form, returns)


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (GoSource, 'package a\n\nfunc f() { t["n"] = func(in map[string]any) (any, error) { return "ok", nil } }\n',
         [('t["n"]', ("in",), CONSTANT)]),
        (GoSource, "package a\n\nvar x = T{Handler: func(in int) error { return nil }}\n", [("Handler", ("in",), CONSTANT)]),
        (GoSource, "package a\n\nfunc f() { use(func(in int) int { return in + 1 }) }\n", []),
        (GoSource, "package a\n\nfunc f() { use(func() int { return 1 }) }\n", []),
        (GoSource, "package a\n\nfunc f() { use(func(_ int) error { return nil }) }\n", []),
        (RustSource, "fn f() { let handler = |input: Args| Ok(1); }\n", [("handler", ("input",), CONSTANT)]),
        (RustSource, "fn f() { call(|mut input, _| { go(input) }); }\n", []),
        (RustSource, "fn f() { call(|input| go(1)); }\n", [(None, ("input",), WORK)]),
        (RustSource, "fn f() { call(|input| json!(1)); }\n", [(None, ("input",), WORK)]),
        (RustSource, "fn f() { call(|input| { true }); }\n", [(None, ("input",), CONSTANT)]),
        (TypeScriptSource, "const tools = { send: async (input) => { return { ok: true } } };\n", [("send", ("input",), CONSTANT)]),
        (TypeScriptSource, "const named = (input) => true;\n", []),
        (TypeScriptSource, "use(input => input.x);\nuse(() => 1);\n", []),
    ],
)  # fmt: skip
def test_closures(
    source: Language, text: str, expected: list[tuple[str | None, tuple[str, ...], BodyForm]]
) -> None:
    found = source.extract(text).closures
    assert [(c.name, c.unused_parameters or c.parameters, c.body) for c in found] == expected


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (PythonSource, "def f(x):\n    if os.getenv('T'):\n        return True\n    go(x)\n", [("os.getenv('T')", "True", "f")]),
        (PythonSource, "def f(x):\n    try:\n        go(x)\n    except (E, G) as e:\n        log.error(e)\n        return True\n", [("except (E, G) as e", "True", "f")]),
        (PythonSource, "def f(x):\n    if x:\n        return go(x)\n", []),
        (PythonSource, "def f(x):\n    if x:\n        return True\n    else:\n        go(x)\n", []),
        (GoSource, "package a\n\nfunc f(x int) error {\n\tif x > 0 {\n\t\treturn nil\n\t}\n\treturn g(x)\n}\n", [("x > 0", "nil", "f")]),
        (RustSource, 'fn f() -> R {\n    if env::var("T").is_ok() { return Ok(()); }\n    g()\n}\n', [('env::var("T").is_ok()', "Ok(())", "f")]),
        (TypeScriptSource, "function f(x) {\n  try { g(x) } catch (e) { return true }\n}\n", [("catch (e)", "true", "f")]),
        (TypeScriptSource, "function f(x, next) {\n  if (process.env.T) next();\n  g(x);\n}\n", [("(process.env.T)", "next()", "f")]),
        (TypeScriptSource, "function f(x) {\n  if (x) return;\n  g(x);\n}\n", []),
    ],
)  # fmt: skip
def test_shortcuts(source: Language, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(s.condition, s.returns, s.inside) for s in source.extract(text).shortcuts] == expected


def test_a_statement_that_only_tests_compile() -> None:
    text = "fn f() {\n    #[cfg(test)]\n    {\n        go();\n    }\n    work();\n    #[cfg(test)]\n}\n\n#[cfg(test)]\nmod tests {}\n"
    assert RustSource.extract(text).test_lines == ((2, 5), (10, 11))
