"""Which definitions are lost to a later one of the same name, by language."""

from __future__ import annotations

import pytest

from checks.facts.javascript_source import JavaScriptSource
from checks.facts.python_source import PythonSource
from checks.facts.typescript_source import TypeScriptSource


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("def a(): pass\ndef a(): pass\n", [("a", 1, 2)]),
        ("class T:\n    def test_a(self): pass\n    def test_a(self): pass\n", [("T.test_a", 2, 3)]),
        ("class A(BaseModel):\n    x: int\nclass A(BaseModel):\n    y: int\n", [("A", 1, 3)]),
        (
            "@pytest.mark.slow\ndef test_a(): pass\n@pytest.mark.slow\ndef test_a(): pass\n",
            [("test_a", 2, 4)],
        ),
        ("def f():\n    def a(): pass\n    def a(): pass\n", [("f.a", 2, 3)]),
        ("class A(Model): pass\nclass A(Model): pass\n", []),  # the base may keep a list
        ("@app.get('/')\ndef a(): pass\n@app.get('/b')\ndef a(): pass\n", []),  # both are registered
        ("def a(): pass\nb = a\ndef a(): pass\n", []),
        ("@property\ndef a(self): pass\n@a.setter\ndef a(self, v): pass\n", []),
        ("@overload\ndef a(x: int): ...\n@overload\ndef a(x: str): ...\ndef a(x): pass\n", []),
        ("def a(x): ...\n@typing.overload\ndef a(x: str): ...\n", []),
        ("if x:\n    def a(): pass\nelse:\n    def a(): pass\n", []),
        ("def a(): pass\ndef a(): pass  # noqa: F811\n", []),
        ("def a(): pass\ndef a(): pass  # type: ignore[no-redef]", []),
        ("def _(): pass\ndef _(): pass\n", []),
        ("a = 1\na = 2\n", []),
    ],
)
def test_python(text: str, lost: list[tuple[str, int, int]]) -> None:
    found = PythonSource.extract(text).redefinitions
    assert [(one.name, one.line, one.again) for one in found] == lost


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("function a() {}\nfunction a() {}\n", [("a", 1, 2)]),
        ("export function a() {}\nexport function a() {}\n", [("a", 1, 2)]),
        ("const o = {\n  'a': 1,\n  a: 2,\n};\n", [("a", 2, 3)]),
        ("class C {\n  a() {}\n  a() {}\n}\n", [("C.a", 2, 3)]),
        ("const o = {a: 1, ...x, a: 2};\n", []),
        ("const o = {get a() { return 1 }, set a(v) {}, __proto__: x, __proto__: y};\n", []),
        ("class C { static a() {}\n a() {}\n [k]() {}\n [k]() {} }\n", []),
        ('const o = {"\\\\": 1, "\'": 2, \'"\': 3};\n', []),
        ("if (x) { function a() {} } else { function a() {} }\n", []),
        ("export const a = 1;\nexport { b };\n", []),
    ],
)
def test_javascript(text: str, lost: list[tuple[str, int, int]]) -> None:
    found = JavaScriptSource.extract(text).redefinitions
    assert [(one.name, one.line, one.again) for one in found] == lost


def test_overloads_of_typescript_are_one_function() -> None:
    text = "function a(x: string): void;\nfunction a(x: number): void;\nfunction a(x: any) {}\n"
    assert not TypeScriptSource.extract(text).redefinitions
