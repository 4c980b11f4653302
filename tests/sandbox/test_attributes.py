"""Patterns of .gitattributes (compared with git itself when they were written)."""

import pygit2
import pytest

from sandbox.attributes import Attributes
from tests.sandbox.trees import Trees


def attributes(trees: Trees, **files: str) -> Attributes:
    paths = {
        name.replace("__", "/") + "/.gitattributes" if name != "top" else ".gitattributes": text
        for name, text in files.items()
    }
    sha = trees.commit(paths)
    return Attributes(trees.repository, trees.repository[sha].peel(pygit2.Tree))


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("*.py", ["a.py", "d/e/a.py"], ["a.pyc"]),
        ("/a.txt", ["a.txt"], ["d/a.txt"]),
        ("d/*.py", ["d/a.py"], ["d/e/a.py", "x/d/a.py"]),
        ("d/**/x", ["d/x", "d/a/x", "d/a/b/x"], ["x", "e/d/x"]),
        ("**/deep", ["deep", "a/deep"], ["deep/a"]),
        ("d/**", ["d/a", "d/a/b"], ["d", "x/d/a"]),
        ("hidden/", ["hidden/", "d/hidden/"], ["hidden", "hidden/a"]),
        ("d?r", ["dar", "x/dor"], ["dr", "d/r"]),
        ("*.[ch]", ["a.c", "a.h"], ["a.d"]),
        ("*.[!ch]", ["a.d"], ["a.c"]),
        (r"a\*b", ["a*b"], ["axb"]),
        ('"a b"', ["a b"], ["a"]),
    ],
)
def test_a_pattern_matches_as_in_git(trees: Trees, pattern: str, yes: list[str], no: list[str]) -> None:
    found = attributes(trees, top=f"{pattern} mark\n")
    assert {path: found.get(path, "mark") for path in yes} == dict.fromkeys(yes, True)
    assert [path for path in no if found.get(path, "mark") is not None] == []


def test_the_last_line_and_the_deepest_file_decide(trees: Trees) -> None:
    found = attributes(
        trees,
        top="* mark\n*.a -mark\n*.b !mark\n*.c mark=value\n# * mark=comment\n!x mark\n*.bin binary\nalone\n\n",
        d="*.a mark=deep\n/only mark=here\n",
    )
    values = {
        path: found.get(path, "mark") for path in ("x", "x.a", "x.b", "x.c", "d/x.a", "d/only", "d/e/only")
    }
    assert values == {
        "x": True,
        "x.a": False,
        "x.b": None,
        "x.c": "value",
        "d/x.a": "deep",
        "d/only": "here",
        "d/e/only": True,
    }
    assert (found.get("x.bin", "text"), found.get("x.bin", "binary")) == (False, True)
