"""YAML as trees with lines: what a node answers, and what is refused."""

from __future__ import annotations

import pytest

from checks.facts.kinds import UnreadableFile
from checks.facts.yaml_document import (
    TEMPLATE_VALUE,
    YamlNode,
    is_template,
    without_templates,
    yaml_documents,
    yaml_mapping,
)

TEXT = """\
name: shop
none:
written-none: ~
quoted: "null"
on: Yes
off: 'no'
count: 12
huge: 12345678901234567890
script: |
  one
  two
list: [a, {b: 1}, c]
lone: d
deep:
  er:
    est: 1
"""
NODE = yaml_mapping(TEXT)


def test_scalars_by_path() -> None:
    """What isn't written and what is null are both no text; quotes make null a word."""
    assert (NODE.string("name"), NODE.string("none"), NODE.string("written-none")) == ("shop", None, None)
    assert NODE.string("quoted") == "null"
    assert (NODE.has("quoted"), NODE.has("none"), NODE.has("absent"), NODE.has("name", "deeper")) == (
        True,
        False,
        False,
        False,
    )
    assert NODE.keys[:2] == ("name", "none")


def test_flags_and_numbers_are_read_as_written() -> None:
    """Quotes make a text of false; a number that no count can be is none."""
    assert (NODE.flag("on"), NODE.flag("off"), NODE.flag("name"), NODE.flag("absent")) == (
        True,
        None,
        None,
        None,
    )
    assert yaml_mapping("a: Off").flag("a") is False
    assert (NODE.number("count"), NODE.number("huge"), NODE.number("name"), NODE.number("none")) == (
        12,
        None,
        None,
        None,
    )


def test_sequences() -> None:
    """A lone scalar counts as a sequence of one; what isn't scalar is left out of texts."""
    assert NODE.strings("list") == ("a", "c")
    assert (NODE.strings("lone"), NODE.strings("none"), NODE.strings("absent")) == (("d",), (), ())
    assert [item.line for item in NODE.list("list")] == [12, 12, 12]
    assert (NODE.list("lone"), NODE.list("absent"), NODE.table("absent"), NODE.table("lone")) == (
        (),
        (),
        (),
        (),
    )
    assert [entry.key for entry in NODE.table("deep")] == ["er"]


def test_lines() -> None:
    """A key's line, or its nearest parent's; a block's text begins below its mark."""
    assert (NODE.line_of("deep", "er", "est"), NODE.line_of("deep", "other"), NODE.line_of("absent")) == (
        16,
        14,
        1,
    )
    script, name = NODE.get("script"), NODE.get("name")
    assert script is not None
    assert name is not None
    assert (script.line, script.text_line, name.text_line) == (9, 10, 1)


def test_last_of_two_equal_keys_counts() -> None:
    assert yaml_mapping("a: 1\na: 2\n").string("a") == "2"


def test_pruned_keeps_what_is_above() -> None:
    """Deep parts are emptied, sequences as well as mappings."""
    small = yaml_mapping("a: {b: {c: 1}}\nd: [[1]]\ne: 1\n").pruned(2)
    assert small.get("a", "b") == YamlNode(1, entries=())
    assert small.list("d")[0].items == ()
    assert small.string("e") == "1"


def test_walk_goes_through_everything_in_order() -> None:
    found = [node.text for node in yaml_mapping("a: [1, {b: 2}]\nc: 3\n").walk() if node.text]
    assert found == ["1", "2", "3"]


def test_aliases_and_merge_keys() -> None:
    """An alias is the anchor's node; merged keys give way to written ones, earlier sources to none."""
    found = yaml_mapping(
        "base: &base {image: a, user: b}\n"
        "more: &more {user: c, port: d}\n"
        "one: {<<: *base, user: own}\n"
        "two: {<<: [*base, *more]}\n"
        "same: *base\n"
    )
    assert (found.string("one", "image"), found.string("one", "user")) == ("a", "own")
    assert [found.string("two", key) for key in ("image", "user", "port")] == ["a", "b", "d"]
    assert found.get("same") == found.get("base")


def test_several_documents() -> None:
    """Anchors end with their document; the first mapping is the one that is meant."""
    assert len(yaml_documents("a: 1\n---\nb: 2\n")) == 2
    assert yaml_mapping("--- word\n---\nb: 2\n").string("b") == "2"
    with pytest.raises(UnreadableFile, match="unknown or unfinished anchor: x"):
        yaml_documents("a: &x 1\n---\nb: *x\n")


@pytest.mark.parametrize("text", ["", "# nothing\n", "~\n", "---\n"])
def test_empty_is_an_empty_mapping(text: str) -> None:
    assert yaml_mapping(text) == YamlNode(1, entries=())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [", "not YAML: line 2: did not find"),
        ("a: b: c\n", "not YAML: line 1: mapping values"),
        ("a: \x07\n", "not YAML"),
        ("- one\n", "not a YAML mapping"),
        ("[" * 300, "nested deeper than 200"),
        ("a: &a [*a]\n", "unknown or unfinished anchor"),
        (
            "a0: &a0 [x, x, x, x, x, x, x, x]\n"
            + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 8)),
            "aliases expanded",
        ),
    ],
)
def test_what_is_refused_has_a_reason(text: str, reason: str) -> None:
    """Broken, too deep, or growing without end."""
    with pytest.raises(UnreadableFile, match=reason):
        yaml_mapping(text)


def test_keys_that_are_no_words_are_left_out() -> None:
    assert yaml_mapping("? [a, b]\n: 1\nc: 2\n").keys == ("c",)


def test_templates() -> None:
    """Lines of control go, values become one word, and every line stays where it is."""
    text = 'a: {{ .Values.a }}\n{{- if .Values.b }}\nb: x-{{ include "n"\n  . }}\n{{- end }}\nc: 1\n'
    assert is_template(text)
    assert not is_template("run: echo ${{ github.ref }}\n")
    bare = without_templates(text)
    assert bare.count("\n") == text.count("\n")
    node = yaml_mapping(bare)
    assert node.string("a") == TEMPLATE_VALUE
    assert node.line_of("c") == 6
