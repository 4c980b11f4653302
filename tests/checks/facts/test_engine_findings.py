"""Output of engines in shapes that are not expected leaves the file unreadable, never half read."""

from __future__ import annotations

import json

import pytest

from checks.facts.kinds import extract, kinds
from checks.facts.workflow_audit import WorkflowAudit


@pytest.mark.parametrize("kind", ["workflow-audit", "dockerfile-audit", "shell-audit"])
@pytest.mark.parametrize("output", ["", "{", "3", "[3]", '{"comments": 3}', '[{"locations": [{}]}]'])
def test_another_form_is_unreadable(kind: str, output: str) -> None:
    """A new version of the engine may speak otherwise."""
    assert b"another form" in extract(kind, output.encode())


def finding(feature: object, route: list[object]) -> str:
    location = {
        "symbolic": {
            "kind": "Primary",
            "annotation": "why",
            "feature_kind": feature,
            "route": {"route": route},
        },
        "concrete": {"location": {"start_point": {"row": 4}}},
    }
    related = {"symbolic": {"kind": "Related"}}
    return json.dumps(
        [
            {
                "ident": "rule",
                "determinations": {"severity": "High"},
                "locations": [related, location],
            }
        ]
    )


@pytest.mark.parametrize(
    ("feature", "route", "text", "within"),
    [
        (
            {"Subfeature": {"fragment": {"Raw": "inputs.tag"}}},
            [{"Key": "jobs"}, {"Key": "a"}, {"Index": 0}],
            "inputs.tag",
            "a",
        ),
        ({"Subfeature": {"fragment": {"Regex": "x"}}}, [{"Key": "on"}], "why", ""),
        ({"Other": {}}, [{"Key": "jobs"}], "why", ""),
        ("Normal", [], "why", ""),
    ],
)
def test_places_of_a_workflow(feature: object, route: list[object], text: str, within: str) -> None:
    """The line, the job, and the expression where zizmor names one."""
    audit = kinds()["workflow-audit"].read(extract("workflow-audit", finding(feature, route).encode()))
    assert isinstance(audit, WorkflowAudit)
    (found,) = audit.findings
    assert (found.line, found.level, found.text, found.within) == (5, "high", text, within)
