"""Which attributes that are read are defined nowhere, and of which classes that can't be told."""

from __future__ import annotations

import pytest

from checks.derived.wiring.python_attributes import PythonAttributes
from tests.checks.trees import snapshot

READS = "    def run(self):\n        return self.limit\n"
BODIES = {
    "nothing": ("class A:\n" + READS, ["A.limit"]),
    "a call": ("class A:\n    def run(self):\n        self.step()\n", ["A.step"]),
    "a class method": (
        "class A:\n    @classmethod\n    def run(cls):\n        return cls.limit\n",
        ["A.limit"],
    ),
    "a field": ("class A:\n    limit: int = 1\n" + READS, []),
    "a name of a loop in the class": ("class A:\n    for limit in x:\n        pass\n" + READS, []),
    "an import in the class": ("class A:\n    from x import limit\n" + READS, []),
    "set in another method": ("class A:\n    def b(self):\n        self.limit: int = 1\n" + READS, []),
    "set as a target": (
        "class A:\n    def b(self):\n        with x as self.limit:\n            pass\n" + READS,
        [],
    ),
    "slots": ("class A:\n    __slots__ = ('limit',)\n" + READS, []),
    "set from outside": ("class A:\n" + READS + "a.limit = 1\n", []),
    "asked for": ("class A:\n    def b(self):\n        return hasattr(self, 'limit')\n" + READS, []),
    "its absence is survived": (
        "class A:\n    def run(self):\n        try:\n            return self.limit\n        except AttributeError:\n            return 0\n",
        [],
    ),
    "another error is survived": (
        "class A:\n    def run(self):\n        try:\n            return self.limit\n        except KeyError:\n            return 0\n",
        ["A.limit"],
    ),
    "setattr": ("class A:\n    def b(self, k):\n        setattr(self, k, 1)\n" + READS, []),
    "setattr in the class": ("class A:\n    setattr(B, k, 1)\n" + READS, []),
    "its dictionary": ("class A:\n    def b(self, k):\n        self.__dict__.update(k)\n" + READS, []),
    "__getattr__": ("class A:\n    def __getattr__(self, n):\n        return 1\n" + READS, []),
    "a namespace": ("class A:\n    def b(self):\n        parse(namespace=self)\n" + READS, []),
    "isinstance of itself": ("class A:\n    def b(self):\n        return isinstance(self, B)\n" + READS, []),
    "a static method": ("class A:\n    @staticmethod\n    def run(self):\n        return self.limit\n", []),
    "no receiver": ("class A:\n    def run():\n        return self.limit\n", []),
    "an unknown base": ("class A(Model):\n" + READS, []),
    "a known base": ("class B:\n    limit = 1\nclass A(B):\n" + READS, []),
    "a known base without it": ("class B:\n    other = 1\nclass A(B):\n" + READS, ["A.limit"]),
    "a subclass has it": ("class A:\n" + READS + "class B(A):\n    limit = 1\n", []),
    "a subclass of something unknown": ("class A:\n" + READS + "class B(A, Model):\n    pass\n", []),
    "a built-in base": (
        "class A(dict):\n    def run(self):\n        return self.items(), self.limit\n",
        ["A.limit"],
    ),
    "a mixin": ("class AMixin:\n" + READS, []),
    "a decorator": ("@made\nclass A:\n" + READS, []),
    "a dataclass": ("@dataclass(frozen=True)\nclass A:\n" + READS, ["A.limit"]),
    "two of one name": (
        "if x:\n    class A:\n        limit = 1\nelse:\n    class A:\n        pass\nclass B(A):\n" + READS,
        [],
    ),
    "pydantic's own": ("class A(BaseModel):\n    def run(self):\n        return self.model_dump()\n", []),
    "pydantic's extra": ("class A(BaseModel):\n    model_config = ConfigDict(extra='allow')\n" + READS, []),
    "of a class's own": ("class A:\n    def run(self):\n        return self.__class__, self.__doc__\n", []),
    "generic": ("class A(Generic[T], ABC):\n" + READS, ["A.limit"]),
    "a protocol": ("class A(Protocol):\n" + READS, []),  # what is given may have more
    "no syntax": ("class A(:\n" + READS, []),
    "deep": (
        "".join(f"class C{n + 1}(C{n}):\n    pass\n" for n in range(25)) + "class C0:\n" + READS,
        [],
    ),
}
TYPED = "class A:\n    limit = 1\n"


@pytest.mark.parametrize(("text", "unknown"), BODIES.values(), ids=BODIES.keys())
def test_of_itself(text: str, unknown: list[str]) -> None:
    found = snapshot({"shop/a.py": text}).derived(PythonAttributes).unknown
    assert [f"{one.owner[1]}.{one.name}" for one in found] == unknown


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("from shop.a import A\ndef f(a: A):\n    return a.size\n", ["A.size"]),
        ("from shop.a import A\ndef f(a: A):\n    return a.limit\n", []),
        ("from shop.a import A\ndef f(a: 'A'):\n    return a.size\n", ["A.size"]),
        ("from shop.a import A\ndef f(a: A | None):\n    return a.size + a.size\n", ["A.size"]),
        (
            "from shop.a import A\ndef f(a: 'list[A]', b: A | B, c: list[A]):\n    return a.size, b.size, c.size\n",
            [],
        ),
        ("from shop import a\ndef f(x: a.A):\n    return x.size\n", ["A.size"]),
        ("from shop import A\ndef f(a: A):\n    return a.size\n", ["A.size"]),  # the package hands it on
        ("from other import A\ndef f(a: A):\n    return a.size\n", []),
        ("from shop.a import A as B\ndef f(a: A, b: B):\n    return a.size, b.size\n", []),
        ("from shop.a import A\nfrom other import A\ndef f(a: A):\n    return a.size\n", []),
        ("from shop.a import A\ndef f(a: A):\n    a = 1\n    return a.size\n", []),
        ("from shop.a import A\ndef f(a: A):\n    if isinstance(a, B):\n        return a.size\n", []),
        ("from shop.a import A\ndef f(a: A):\n    return [g(lambda a: a.size), a.limit]\n", []),
        (
            "from shop.a import A\ndef f(a: A):\n    match a:\n        case B(x=a):\n            return a.size\n",
            [],
        ),
        ("from shop.a import A\ndef f(a: A):\n    a.size\n    del a.limit\n", ["A.size"]),
        ("from shop.a import A\nclass A:\n    x = 1\ndef f(a: A):\n    return a.size\n", []),
        ("from shop.a import one\nprint(one.size)\n", ["A.size"]),
        ("from shop.a import one\nprint(one.limit)\n", []),
        ("from shop.a import one\ndef f(one):\n    return one.size\n", []),
        ("from shop.a import A\ntwo = A()\nprint(two.size)\n", ["A.size"]),
        ("from shop.a import A\ntwo = make(A)\nthree, four = A(), A()\nprint(two.size, three.size)\n", []),
        ("from shop.a import A\ntwo = A()\ndef f():\n    global two\n    two = B()\nprint(two.size)\n", []),
    ],
)
def test_of_other_classes(text: str, unknown: list[str]) -> None:
    files = {
        "shop/__init__.py": "from shop.a import A\n",
        "shop/a.py": f"{TYPED}one = A()\n",
        "shop/b.py": text,
    }
    found = snapshot(files).derived(PythonAttributes).unknown
    assert [f"{one.owner[1]}.{one.name}" for one in found] == unknown


def test_tests_are_not_looked_at() -> None:
    text = "class A:\n" + READS
    found = snapshot({"tests/test_a.py": text, ".tool/a.py": text, "shop/b.py": "x = 1\n"}).derived(
        PythonAttributes
    )
    assert not found.unknown
    assert len(found) == 2
