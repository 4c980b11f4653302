"""Cuts GitHub's published API description down to what the sandbox serves and sends.

    python -m sandbox.description.slice rest PUBLISHED.json > rest.json
    python -m sandbox.description.slice webhooks PUBLISHED.json > webhooks.json

PUBLISHED.json is generated/api.github.com.json of the npm package @octokit/openapi (rest) or @octokit/openapi-webhooks.
`nullable` becomes `anyOf`, texts and examples go, schemas that occur again become shared definitions.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

OPERATIONS = (
    "GET /app",
    "GET /app/installations",
    "GET /app/installations/{installation_id}",
    "POST /app/installations/{installation_id}/access_tokens",
    "POST /app-manifests/{code}/conversions",
    "GET /app/hook/deliveries",
    "GET /app/hook/deliveries/{delivery_id}",
    "POST /app/hook/deliveries/{delivery_id}/attempts",
    "GET /installation/repositories",
    "GET /rate_limit",
    "GET /repos/{owner}/{repo}/installation",
    "GET /repos/{owner}/{repo}/pulls",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}",
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
    "GET /repos/{owner}/{repo}/commits/{ref}/check-suites",
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}",
    "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
    "GET /repos/{owner}/{repo}/git/commits/{commit_sha}",
    "GET /repos/{owner}/{repo}/contents/{path}",
    "GET /repos/{owner}/{repo}/tarball/{ref}",
    "GET /repos/{owner}/{repo}/actions/artifacts",
    "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
    "POST /repos/{owner}/{repo}/check-runs",
    "GET /repos/{owner}/{repo}/check-runs/{check_run_id}",
    "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}",
    "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
    "POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest",
    "GET /repos/{owner}/{repo}/check-suites/{check_suite_id}",
    "GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs",
    "POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
    "GET /repos/{owner}/{repo}/dependency-graph/compare/{basehead}",
)
EVENTS = (
    *(
        f"pull-request-{action}"
        for action in (
            "opened",
            "synchronize",
            "edited",
            "closed",
            "reopened",
            "ready-for-review",
            "converted-to-draft",
        )
    ),
    *(f"check-run-{action}" for action in ("created", "completed", "rerequested", "requested-action")),
    *(f"check-suite-{action}" for action in ("requested", "rerequested", "completed")),
    *(f"issue-comment-{action}" for action in ("created", "edited", "deleted")),
    "merge-group-checks-requested",
    "merge-group-destroyed",
    *(
        f"installation-{action}"
        for action in ("created", "deleted", "suspend", "unsuspend", "new-permissions-accepted")
    ),
    "installation-repositories-added",
    "installation-repositories-removed",
    "push",
)
DROPPED = frozenset(
    {"description", "example", "examples", "title", "externalDocs", "deprecated", "default", "readOnly"}
)
SHARED_FROM = 120

Json = Any


def _at(whole: Json, reference: str) -> Json:
    found = whole
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


class Slicer:
    """`lean` leaves out properties that are not required: presence and type of the others is what is wanted."""

    def __init__(self, whole: Json, *, lean: bool) -> None:
        self._whole = whole
        self._lean = lean
        self.definitions: dict[str, Json] = {}

    def clean(self, schema: Json) -> Json:
        """One schema, its references followed into `definitions`."""
        if "$ref" in schema:
            return self._reference(str(schema["$ref"]))
        out: dict[str, Json] = {}
        required = frozenset(schema.get("required", ()))
        for key, value in schema.items():
            if (
                key in DROPPED
                or key == "nullable"
                or key.startswith("x-")
                or (key == "format" and value != "date-time")
            ):
                continue
            if key == "properties":
                kept = {name: one for name, one in value.items() if not self._lean or name in required}
                out[key] = {name: self.clean(one) for name, one in kept.items()}
            elif key in ("items", "additionalProperties", "not") and isinstance(value, dict):
                out[key] = self.clean(value)
            elif key in ("anyOf", "oneOf", "allOf"):
                out["anyOf" if key == "oneOf" else key] = [self.clean(one) for one in value]
            else:
                out[key] = value
        if schema.get("nullable"):
            # "One of these or null" is published as allOf in places (an installation's account).
            choices = out["allOf"] if set(out) == {"allOf"} else [out]
            return {"anyOf": [*choices, {"type": "null"}]}
        return out

    def _reference(self, reference: str) -> Json:
        name = reference.rsplit("/", 1)[1]
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.clean(_at(self._whole, reference))
        return {"$ref": f"#/definitions/{name}"}


def _subschemas(value: Json) -> Iterator[dict[str, Json]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from _subschemas(one)
    elif isinstance(value, list):
        for one in value:
            yield from _subschemas(one)


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _is_schema(value: dict[str, Json]) -> bool:
    """Not a map of properties one of which is called `type`."""
    return isinstance(value.get("type"), str) or isinstance(value.get("anyOf"), list)


def share(document: dict[str, Json]) -> None:
    """Objects that are written out more than once become definitions."""
    counts = Counter(_text(one) for one in _subschemas(document) if _is_schema(one))
    repeated = {text for text, count in counts.items() if count > 1 and len(text) >= SHARED_FROM}
    names = {text: "s" + hashlib.sha256(text.encode()).hexdigest()[:8] for text in repeated}
    shared = {names[text]: _replaced(json.loads(text), names, top=True) for text in sorted(repeated)}
    for key in tuple(document):
        document[key] = _replaced(document[key], names, top=False)
    document["definitions"] = {**document["definitions"], **shared}


def _replaced(value: Json, names: Mapping[str, str], *, top: bool) -> Json:
    if isinstance(value, list):
        return [_replaced(one, names, top=False) for one in value]
    if not isinstance(value, dict):
        return value
    name = names.get(_text(value))
    if name is not None and not top:
        return {"$ref": f"#/definitions/{name}"}
    return {key: _replaced(one, names, top=False) for key, one in value.items()}


def _body(slicer: Slicer, whole: Json, holder: Json) -> Json:
    if "$ref" in holder:
        holder = _at(whole, str(holder["$ref"]))
    content = holder.get("content", {}).get("application/json")
    return None if content is None else slicer.clean(content["schema"])


def _parameter(slicer: Slicer, whole: Json, given: Json) -> Json:
    if "$ref" in given:
        given = _at(whole, str(given["$ref"]))
    return {"name": given["name"], "in": given["in"], "schema": slicer.clean(given["schema"])}


def rest(whole: Json) -> dict[str, Json]:
    slicer = Slicer(whole, lean=False)
    operations = {}
    for name in OPERATIONS:
        method, path = name.split(" ")
        operation = whole["paths"][path][method.lower()]
        parameters = [_parameter(slicer, whole, one) for one in operation.get("parameters", ())]
        request = operation.get("requestBody")
        operations[name] = {
            "query": {one["name"]: one["schema"] for one in parameters if one["in"] == "query"},
            "request": None if request is None else _body(slicer, whole, request),
            "answers": {status: _body(slicer, whole, one) for status, one in operation["responses"].items()},
        }
    document = {"operations": operations, "definitions": slicer.definitions}
    share(document)
    return document


def webhooks(whole: Json) -> dict[str, Json]:
    slicer = Slicer(whole, lean=True)
    events = {name: _body(slicer, whole, whole["webhooks"][name]["post"]["requestBody"]) for name in EVENTS}
    document = {"events": events, "definitions": slicer.definitions}
    share(document)
    return document


def main() -> None:
    kind, path = sys.argv[1:]
    whole = json.loads(Path(path).read_text(encoding="utf-8"))
    document = rest(whole) if kind == "rest" else webhooks(whole)
    sys.stdout.write(json.dumps(document, sort_keys=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
