"""Cutting a published description down to what is used."""

from typing import Any

from sandbox.description.slice import Slicer, share

TEXT = {
    "type": "object",
    "required": ["a"],
    "properties": {"a": {"type": "string", "description": "x" * 200}},
}


def test_prose_goes_and_null_is_said_openly() -> None:
    whole = {
        "components": {"schemas": {"thing": {**TEXT, "nullable": True, "title": "Thing", "x-github": {}}}}
    }
    slicer = Slicer(whole, lean=False)
    assert slicer.clean({"$ref": "#/components/schemas/thing", "description": "prose"}) == {
        "$ref": "#/definitions/thing"
    }
    plain = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    assert slicer.definitions == {"thing": {"anyOf": [plain, {"type": "null"}]}}


def test_a_property_may_have_the_name_of_a_keyword() -> None:
    schema = {"type": "object", "properties": {"description": {"type": "string"}, "type": {"enum": ["a"]}}}
    assert Slicer({}, lean=False).clean(schema) == schema


def test_one_of_several_or_null_is_a_choice() -> None:
    either = {"nullable": True, "allOf": [{"type": "string"}, {"type": "integer"}]}
    assert Slicer({}, lean=False).clean(either) == {
        "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]
    }


def test_lean_keeps_what_is_required() -> None:
    schema = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
    }
    assert Slicer({}, lean=True).clean(schema) == {**schema, "properties": {"a": {"type": "string"}}}


def test_what_is_written_twice_is_shared() -> None:
    large = {"type": "object", "properties": {f"name_{number}": {"type": "string"} for number in range(9)}}
    document: dict[str, Any] = {
        "events": {"one": large, "two": {"type": "array", "items": large}},
        "definitions": {},
    }
    share(document)
    ((name, shared),) = document["definitions"].items()
    assert shared == large
    reference = {"$ref": f"#/definitions/{name}"}
    assert document["events"] == {"one": reference, "two": {"type": "array", "items": reference}}
