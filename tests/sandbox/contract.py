"""Holds what went over the wire against GitHub's published description. `violations(sandbox)` is for every test of the app."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from sandbox.journal import Entry
from sandbox.sandbox import Sandbox
from sandbox.webhooks import Delivery

HERE = Path(__file__).parents[2] / "sandbox" / "description"
GENERAL = frozenset({301, 304, 307, 400, 401, 403, 404, 410, 422, 429, 451, 500, 502, 503, 504})
# Where GitHub is known to differ from its description: the head's repository of a deleted fork.
KNOWN_NULLS = ("head/repo",)
ERROR = {
    "type": "object",
    "required": ["message", "documentation_url"],
    "properties": {
        "message": {"type": "string"},
        "documentation_url": {"type": "string"},
        "status": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
}


@cache
def _document(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def _closed(schema: Any, definitions: Any) -> Any:
    """The same schema, refusing keys that it doesn't name. Its alternatives only narrow it and stay open."""
    if "$ref" in schema:
        return _closed(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    out = dict(schema)
    if "properties" in schema:
        out["properties"] = {name: _closed(one, definitions) for name, one in schema["properties"].items()}
        out["additionalProperties"] = False
    elif "anyOf" in schema:
        out["anyOf"] = [_closed(one, definitions) for one in schema["anyOf"]]
    if isinstance(schema.get("items"), dict):
        out["items"] = _closed(schema["items"], definitions)
    return out


@cache
def _validator(
    document: str, pointer: tuple[str, ...], *, closed: bool = False
) -> jsonschema_rs.Validator | None:
    whole = _document(document)
    schema = whole
    for part in pointer:
        schema = schema.get(part)
        if schema is None:
            return None
    if closed:
        schema = _closed(schema, whole["definitions"])
    complete = {"definitions": whole["definitions"], "allOf": [schema]}
    return jsonschema_rs.validator_for(complete, validate_formats=True)


@cache
def _error_validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(ERROR)


def _complaints(validator: jsonschema_rs.Validator, value: Any) -> Iterator[str]:
    for error in validator.iter_errors(value):
        where = "/".join(str(part) for part in error.instance_path)
        if where.endswith(KNOWN_NULLS) and error.message.startswith("null "):
            continue
        yield f"{where or '(top)'}: {error.message[:300]}"


def _query_value(schema: Any, text: str) -> Any:
    kind = schema.get("type")
    if kind == "integer":
        return int(text) if text.lstrip("-").isdigit() else text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text


def _query_problems(operation: str, entry: Entry) -> Iterator[str]:
    known = _document("rest")["operations"][operation]["query"]
    for name, text in entry.query.items():
        if name not in known:
            yield f"query {name!r} is not described"
            continue
        validator = _validator("rest", ("operations", operation, "query", name))
        assert validator is not None
        yield from (f"query {name}: {one}" for one in _complaints(validator, _query_value(known[name], text)))


def _unwritten_rules(entry: Entry) -> Iterator[str]:
    """What GitHub's description says in words only."""
    body = entry.request_json
    if not isinstance(body, dict) or "check-runs" not in (entry.template or ""):
        return
    if body.get("status") == "completed" and not body.get("conclusion"):
        yield "completed without conclusion"
    for one in (body.get("output") or {}).get("annotations", ()):
        columns = one.get("start_column") is not None or one.get("end_column") is not None
        start, end = one.get("start_line", 1), one.get("end_line", 1)
        if columns and start != end:
            yield "columns on an annotation of several lines"
        if not 1 <= start <= end:
            yield f"lines {start} to {end}"


def request_problems(entry: Entry) -> list[str]:
    """Why GitHub might refuse this request, or might not do what was meant."""
    if entry.resource == "codeload" or entry.path.startswith("/_codeload/"):
        return ["credentials were sent to the archive's host"] if "Authorization" in entry.headers else []
    if entry.path == "/graphql":
        return [
            f"unknown key {one}" for one in set(entry.request_json) - {"query", "variables", "operationName"}
        ]
    operation = f"{entry.method} {entry.template}"
    if operation not in _document("rest")["operations"]:
        return [f"{operation} ({entry.path}) is not described"]
    found = list(_query_problems(operation, entry))
    validator = _validator("rest", ("operations", operation, "request"), closed=True)
    if validator is not None:
        found += _complaints(validator, entry.request_json or {})
    elif entry.request_json:
        found.append("a body where none is described")
    return found + list(_unwritten_rules(entry))


def answer_problems(entry: Entry) -> list[str]:
    """Where the sandbox's answer is not in GitHub's form. Answers made by a fault on demand are left out."""
    operation = f"{entry.method} {entry.template}"
    described = _document("rest")["operations"].get(operation)
    if entry.fault is not None or described is None or entry.answer is None:
        return []
    status = str(entry.status)
    if status not in described["answers"] and entry.status not in GENERAL:
        return [f"status {status} is not described"]
    body = entry.answer_json
    if body is None:
        return []
    if entry.status >= 400:
        return list(_complaints(_error_validator(), body))
    validator = _validator("rest", ("operations", operation, "answers", status))
    return [] if validator is None else list(_complaints(validator, body))


def delivery_problems(delivery: Delivery) -> list[str]:
    name = "-".join(part for part in (delivery.event, delivery.action) if part is not None).replace("_", "-")
    validator = _validator("webhooks", ("events", name))
    if validator is None:
        return [f"{name} is not described"]
    return list(_complaints(validator, delivery.payload))


def _all(sandbox: Sandbox, requests: Iterable[Entry]) -> Iterator[str]:
    for entry in requests:
        yield from (f"request {entry.method} {entry.path}: {one}" for one in request_problems(entry))
    for entry in sandbox.requests.entries:
        yield from (
            f"answer {entry.status} to {entry.method} {entry.path}: {one}" for one in answer_problems(entry)
        )
    for delivery in sandbox.deliveries:
        yield from (
            f"webhook {delivery.event} {delivery.action}: {one}" for one in delivery_problems(delivery)
        )


def violations(sandbox: Sandbox) -> list[str]:
    """Everything that the app asked, the sandbox answered and sent, where it differs from the description."""
    return list(_all(sandbox, sandbox.requests.entries))


def accepted_violations(sandbox: Sandbox) -> list[str]:
    """The same, for tests that send bad requests on purpose: what was refused need not be right."""
    return list(_all(sandbox, (entry for entry in sandbox.requests.entries if 0 < entry.status < 400)))
