"""JSON schemas of what machines read: our own, version 1, and the part of SARIF 2.1.0 that we write."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def _object(required: Schema, optional: Schema | None = None, *, closed: bool = False) -> Schema:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": not closed,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


TEXT = {"type": "string"}
NUMBER = {"type": "number"}
COUNT = {"type": "integer", "minimum": 0}
LINE = {"type": "integer", "minimum": 1}
SHA = {"type": "string", "pattern": "^[0-9a-f]{40}$"}
SEVERITY = {"enum": ["critical", "high", "medium", "low"]}
STAGE = {"enum": ["go", "no-go", "unknown"]}
MAYBE_TEXT = {"type": ["string", "null"]}
MAYBE_LINE = {"anyOf": [LINE, {"type": "null"}]}
GAP = _object(
    {
        "check": TEXT,
        "area": TEXT,
        "severity": SEVERITY,
        "subject": TEXT,
        "path": MAYBE_TEXT,
        "line": MAYBE_LINE,
        "message": TEXT,
        "fingerprint": TEXT,
        "evidence": _list(_object({"path": MAYBE_TEXT, "line": MAYBE_LINE, "note": TEXT})),
        "effort_hours": {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
    },
    {"was": _object({"path": TEXT, "line": MAYBE_LINE}), "how": {"enum": ["fixed", "removed"]}},
)
CHECK = _object(
    {
        "id": TEXT,
        "area": TEXT,
        "severity": SEVERITY,
        "outcome": {"enum": ["passed", "gap", "not applicable", "undecided", "crashed"]},
        "scope": {"type": "object", "additionalProperties": COUNT},
    }
)
_COMMON = {
    "schema": {"const": 1},
    "commit": SHA,
    "verdict": _object({"staging": STAGE, "production": STAGE}),
    "score": _object({"passed": COUNT, "applicable": COUNT}),
    "checks": _list(CHECK),
}
AUDIT = _object({**_COMMON, "gaps": _list(GAP)})
REVIEW = _object(
    {
        **_COMMON,
        "base": SHA,
        "head": SHA,
        "conclusion": {"enum": ["success", "failure", "neutral"]},
        "gaps": _object({"new": _list(GAP), "resolved": _list(GAP), "existing": _list(GAP)}),
    }
)

# Of the published schema: every property that we write, with its own constraints, and no other.
_MESSAGE = _object({"text": TEXT}, {"markdown": TEXT}, closed=True)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_PHYSICAL = _object(
    {
        "artifactLocation": _object(
            {"uri": {"type": "string", "format": "uri-reference"}}, {"uriBaseId": TEXT}, closed=True
        )
    },
    {"region": _object({"startLine": LINE}, closed=True)},
    closed=True,
)
_LOCATION = _object(
    {},
    {
        "id": {"type": "integer", "minimum": -1},
        "message": _MESSAGE,
        "physicalLocation": _PHYSICAL,
        "logicalLocations": _list(_object({"name": TEXT}, closed=True)),
    },
    closed=True,
)
_RULE = _object(
    {"id": TEXT},
    {
        "shortDescription": _MESSAGE,
        "help": _MESSAGE,
        "helpUri": {"type": "string", "format": "uri"},
        "defaultConfiguration": _object({}, {"level": _LEVEL}, closed=True),
        "properties": {"type": "object", "properties": {"tags": _list(TEXT)}},
    },
    closed=True,
)
_RESULT = _object(
    {
        "message": _MESSAGE,
        "ruleId": TEXT,
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
    },
    {
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "locations": _list(_LOCATION),
        "relatedLocations": _list(_LOCATION),
        "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
        "suppressions": _list(
            _object({"kind": {"enum": ["inSource", "external"]}}, {"justification": TEXT}, closed=True)
        ),
        "properties": {"type": "object"},
    },
    closed=True,
)
_NOTICE = _object(
    {"message": _MESSAGE},
    {"level": _LEVEL, "descriptor": _object({}, {"id": TEXT}, closed=True)},
    closed=True,
)
_RUN = _object(
    {
        "tool": _object(
            {
                "driver": _object(
                    {"name": TEXT}, {"semanticVersion": TEXT, "rules": _list(_RULE)}, closed=True
                )
            },
            closed=True,
        )
    },
    {
        "automationDetails": _object({}, {"id": TEXT}, closed=True),
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {
            "type": "object",
            "additionalProperties": _object({}, {"description": _MESSAGE}, closed=True),
        },
        "results": _list(_RESULT),
        "invocations": _list(
            _object(
                {"executionSuccessful": {"type": "boolean"}},
                {"toolExecutionNotifications": _list(_NOTICE)},
                closed=True,
            )
        ),
        "properties": {"type": "object"},
    },
    closed=True,
)
SARIF = _object(
    {"version": {"const": "2.1.0"}, "runs": _list(_RUN)},
    {"$schema": {"type": "string", "format": "uri"}},
    closed=True,
)
