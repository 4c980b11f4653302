"""Manifests of any shape: a text that parses may still hold anything anywhere, and is read or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.facts.kinds import UnreadableFile, extract, kinds

KEYS = {
    "package-json": "name version scripts bin main exports imports files workspaces packages dependencies . ./x #y import",
    "type-script-config": "extends compilerOptions paths baseUrl references path files include exclude rootDirs @/*",
    "pyproject": "project tool name dynamic dependencies optional-dependencies scripts entry-points dependency-groups"
    " poetry packages include from extras group dev plugins callable setuptools package-dir find where py-modules uv"
    " sources workspace members path hatch build targets wheel envs pytest ini_options addopts markers build-system",
    "cargo-manifest": "package name lib bin path required-features features dependencies dev-dependencies target"
    " workspace members publish autobins version optional",
    "cargo-lock": "package name version dependencies source",
    "pipfile": "packages dev-packages path version",
    "stated-license": "package project tool poetry license text publish private",
}
SCALARS = st.sampled_from(
    [None, True, False, 0, -3, 1.5, "", "a", "a b", "./a", "^1", "a:b", "'", "[", "*", "a=b"]
)


def shapes(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Nested tables, lists and scalars under the words that the kind looks for."""
    keys = st.sampled_from(KEYS[kind].split())
    values = st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=8,
    )
    return st.dictionaries(keys, values, max_size=4)


def toml(value: object) -> str:
    """The value as TOML writes it in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return "2020-01-01" if value is None else json.dumps(value)


@pytest.mark.parametrize("kind", KEYS)
@given(data=st.data())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_shape_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    """Whatever stands where a table or a name should, the facts survive their JSON."""
    table = data.draw(shapes(kind))
    rows = "\n".join(f"{json.dumps(key)} = {toml(value)}" for key, value in table.items())
    for text in (json.dumps(table), rows):
        known = kinds()[kind]
        try:
            found = known.cls.extract(text)
        except UnreadableFile:
            continue
        assert known.read(extract(kind, text.encode())) == found


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("pipfile", "packages = 3\n"),
        ("pipfile", "[packages]\nlib = {path = 1}\n"),
        ("type-script-config", '{"references": true}'),
        ("pyproject", "[project]\ndynamic = 1.5\n"),
    ],
)
def test_shapes_that_once_broke(kind: str, text: str) -> None:
    """What stands in a list's or a name's place is passed over."""
    assert not extract(kind, text.encode()).startswith(b'{"unreadable"')
