"""Python files as source facts."""

from __future__ import annotations

from textwrap import dedent

import pytest

from checks.facts.python_source import PythonSource
from checks.facts.source import BodyForm, DefinitionKind, ImportForm


def read(text: str) -> PythonSource:
    return PythonSource.extract(dedent(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b as c, d", [("a.b", (), "c", 0), ("d", (), None, 0)]),
        ("from ..a import (\n    b as c,\n    d,\n)", [("a", ("d",), None, 2), ("a", ("b",), "c", 2)]),
        ("from . import x", [("", ("x",), None, 1)]),
        ("from a import b as c", [("a", ("b",), "c", 0)]),
        ("from m import *", [("m", ("*",), None, 0)]),
        ("from __future__ import annotations", [("__future__", ("annotations",), None, 0)]),
        ("importlib.import_module('.plug', 'p')", [("plug", (), None, 1)]),
        ("__import__('a.b')", [("a.b", (), None, 0)]),
        ("importlib.import_module(name)", []),
        ("# import a\n'import b'", []),
    ],
)
def test_imports(text: str, expected: list[tuple[str, tuple[str, ...], str | None, int]]) -> None:
    assert [(i.module, i.names, i.alias, i.level) for i in read(text).imports] == expected


def test_what_guards_an_import() -> None:
    found = read("""
        if TYPE_CHECKING:
            from a import A
        try:
            import b
        except ImportError:
            import c
        try:
            import d
        except ValueError:
            pass
        if sys.version_info >= (3, 11):
            import tomllib
        def f():
            import e
        with contextlib.suppress(ImportError):
            import g
        with open("x") as y:
            import h
        if find_spec("i"):
            import i
    """).imports
    by_name = {i.module: i for i in found}
    assert by_name["a"].type_only
    assert [name for name, i in by_name.items() if i.guarded] == ["b", "c", "g", "i"]
    assert by_name["tomllib"].condition == "sys.version_info >= (3, 11)"
    assert by_name["e"].inside == "f"
    assert all(i.form in (ImportForm.PLAIN, ImportForm.FROM) for i in found)


@pytest.mark.parametrize(
    ("body", "form", "returns"),
    [
        ("pass", BodyForm.EMPTY, None),
        ('"""Doc."""\n    ...', BodyForm.EMPTY, None),
        ("# nothing\n    return", BodyForm.CONSTANT, "None"),
        ("raise NotImplementedError", BodyForm.NOT_IMPLEMENTED, "raise NotImplementedError"),
        (
            'log.info("x")\n    raise RuntimeError("not yet implemented")',
            BodyForm.NOT_IMPLEMENTED,
            'raise RuntimeError("not yet implemented")',
        ),
        (
            'logger.info("sending", to=a)\n    return {"ok": True, "n": [1]}',
            BodyForm.CONSTANT,
            '{"ok": True, "n": [1]}',
        ),
        ("return True", BodyForm.CONSTANT, "True"),
        ("return -1", BodyForm.CONSTANT, "-1"),
        ('return f"{a}"', BodyForm.WORK, None),
        ("return a", BodyForm.WORK, None),
        ("return [a]", BodyForm.WORK, None),
        ("x = 1\n    return True", BodyForm.WORK, None),
        ("del a\n    return None", BodyForm.CONSTANT, "None"),
        ("log(1)\n    " * 12 + "return True", BodyForm.WORK, None),
        ('raise ValueError("bad")', BodyForm.WORK, None),
        (
            "return JSONResponse({}, status_code=501)",
            BodyForm.NOT_IMPLEMENTED,
            "return JSONResponse({}, status_code=501)",
        ),
    ],
)
def test_what_a_body_amounts_to(body: str, form: BodyForm, returns: str | None) -> None:
    found = PythonSource.extract(f"def f(a):\n    {body}\n").definitions[0]
    assert (found.body, found.returns) == (form, returns)


def test_definitions() -> None:
    found = read('''
        @app.get("/x", name="y")
        async def route(a, b: int = 3, *args, c: str, **options) -> dict[str, int]:
            """Doc."""
            def inner():
                return a
            return b

        class Port(Protocol):
            def send(self, x): ...

        class Adapter(Port, metaclass=Meta):
            timeout: int = 5
            @staticmethod
            def make(x):
                return Adapter(x)
            class Inner: pass

        LIMIT: Final = 3
        _private = make()
        type Alias = int
    ''')
    by_name = {d.name: d for d in found.definitions}
    route = by_name["route"]
    assert route.decorators == ('app.get("/x", name="y")',)
    assert route.parameters == ("a", "b", "*args", "c", "**options")
    assert route.parameter_types == ("", "int", "", "str", "")
    assert route.unused_parameters == ("*args", "c", "**options")
    assert (route.return_type, route.doc, route.line, route.end_line) == ("dict[str, int]", "Doc.", 3, 7)
    assert by_name["route.inner"].inside == "route"
    assert by_name["Port"].kind is DefinitionKind.INTERFACE
    assert by_name["Port.send"].abstract
    assert by_name["Adapter"].bases == ("Port", "metaclass=Meta")
    assert by_name["Adapter.make"].kind is DefinitionKind.METHOD
    assert by_name["Adapter.Inner"].inside == "Adapter"
    assert (by_name["LIMIT"].value, by_name["_private"].value) == ("3", None)
    assert not by_name["_private"].exported
    assert by_name["Alias"].kind is DefinitionKind.TYPE
    assert [(f.name, f.type, f.default, f.inside) for f in found.fields] == [
        ("timeout", "int", "5", "Adapter")
    ]


def test_calls_with_what_surrounds_them() -> None:
    found = read("""
        async def f():
            reply = await client.get(url, timeout=3).json(
                strict=True,
            )
            print("a", *rest)
    """)
    by_callee = {c.callee: c for c in found.calls}
    get, outer, say = by_callee["client.get"], by_callee["client.get().json"], by_callee["print"]
    assert (get.argument("timeout") or get.arguments[0]).literal
    assert (outer.line, outer.end_line, outer.awaited, outer.inside) == (3, 5, True, "f")
    assert say.discarded
    assert [a.text for a in say.arguments] == ["a", "*rest"]
    assert not outer.discarded


def test_strings_environment_bindings_and_comments() -> None:
    found = read('''
        """Module."""
        PASSWORD: str = "x1"  # TODO: move
        options = {"key": 'v', "other": f"{a}-{b}"}
        QUERY = "SELECT " \\
            "1"
        text = "%s" % a
        HOST = os.environ["HOST"]
        PORT = os.getenv("PORT", "80")
        MODE = os.environ.get("MODE") or "fast"
        os.environ["SET"] = "1"
        with open("f") as handle, httpx.Client() as http:
            pass
        self.router = APIRouter()
    ''')
    named = {s.name: (s.value, s.formatted) for s in found.strings if s.name}
    assert named["PASSWORD"] == ("x1", False)
    assert named["key"] == ("v", False)
    assert named["other"] == ("{a}-{b}", True)
    assert named["QUERY"] == ("SELECT 1", False)
    assert ("%s", True) in {(s.value, s.formatted) for s in found.strings}
    assert "Module." not in {s.value for s in found.strings}
    reads = {r.name: (r.has_default, r.required) for r in found.environment}
    assert reads == {"HOST": (False, True), "PORT": (True, False), "MODE": (True, False)}
    assert {b.name: b.value for b in found.bindings}["http"] == "httpx.Client"
    assert {b.name: b.value for b in found.bindings}["self.router"] == "APIRouter"
    assert [(c.text, c.line) for c in found.comments] == [("TODO: move", 3)]


def test_references_are_uses_only() -> None:
    found = read("""
        import unused
        from a import used
        __all__ = ["exported"]
        def f(parameter):
            "word in text"
            local = used.attribute(key=1)  # word in comment
            return f"{shown}"
        match value:
            case {"a": captured}:
                pass
    """)
    assert {"used", "attribute", "shown", "exported", "value"} <= found.references
    assert not {"unused", "f", "parameter", "local", "key", "word", "comment"} & found.references


def test_swallowed_errors_and_main() -> None:
    found = read("""
        try:
            f()
        except Exception:
            pass
        try:
            f()
        except KeyError:
            pass
        for x in y:
            try:
                f()
            except:  # noqa
                continue
        with suppress(Exception):
            f()
        if __name__ == "__main__":
            main()
    """)
    assert found.suppressions == (4, 13, 15)
    assert found.runs_as_main


def test_marks_and_comments_are_no_parameters_and_no_arguments() -> None:
    found = read("""
        def f(
            a,  # why
            /,
            b,
            *,
            c,
        ):
            return g(
                a,  # why
                key=b,
            )
        total = sum(x for x in c)
    """)
    assert found.definitions[0].parameters == ("a", "b", "c")
    by_callee = {call.callee: call.arguments for call in found.calls}
    assert [(a.name, a.text) for a in by_callee["g"]] == [(None, "a"), ("key", "b")]
    assert [a.text for a in by_callee["sum"]] == ["(x for x in c)"]


@pytest.mark.parametrize(
    ("literal", "value"),
    [("'a'", "a"), ("''", ""), ('"""a"b"""', 'a"b'), ("rb'a'", "a"), ('Rf"""\n"""', "\n"), ("u'uu'", "uu")],
)
def test_strings_of_every_form(literal: str, value: str) -> None:
    assert [s.value for s in PythonSource.extract(f"f({literal})\n").strings] == [value]
