"""Advisories that are passed over: which, why, until when."""

from __future__ import annotations

import pytest

from checks.facts.advisory_exceptions import AdvisoryExceptions

Row = tuple[str, int, str, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "# RUSTSEC-2020-0001 was fixed\n[advisories]\nignore = [\n"
            '  # no fix yet, only own files\n  "RUSTSEC-2021-0001",\n'
            '  "RUSTSEC-2021-0002", # not reachable\n'
            '  { id = "RUSTSEC-2021-0003", reason = "development only" },\n'
            '  "RUSTSEC-2021-0003",\n]\n',
            [
                ("RUSTSEC-2021-0001", 5, "no fix yet, only own files", None),
                ("RUSTSEC-2021-0002", 6, "not reachable", None),
                ("RUSTSEC-2021-0003", 7, "development only", None),
            ],
            id="cargo-deny",
        ),
        pytest.param(
            '[[IgnoredVulns]]\nreason = "never called by us"\nignoreUntil = 2026-03-01\nid = "GO-2022-0968"\n\n'
            '[[IgnoredVulns]]\nid = "GO-2022-0969"\nignoreUntil = 2026-04-01\nreason = "waiting for upstream"\n',
            [
                ("GO-2022-0968", 4, "never called by us", "2026-03-01"),
                ("GO-2022-0969", 7, "waiting for upstream", "2026-04-01"),
            ],
            id="osv-scanner",
        ),
        pytest.param(
            "vulnerabilities:\n  - id: CVE-2023-1234\n    statement: not in our path\n    expired_at: 2026-01-01\n"
            "  - statement: of the base image\n    id: CVE-2023-9999\n  - id: CVE-2023-5678\n",
            [
                ("CVE-2023-1234", 2, "not in our path", "2026-01-01"),
                ("CVE-2023-9999", 6, "of the base image", None),
                ("CVE-2023-5678", 7, "", None),
            ],
            id="trivy-yaml",
        ),
        pytest.param(
            "CVE-2020-12345 exp:2026-01-01\nCVE-2020-12346\n# accepted for now\nCVE-2020-12347\n",
            [
                ("CVE-2020-12345", 1, "", "2026-01-01"),
                ("CVE-2020-12346", 2, "", None),
                ("CVE-2020-12347", 4, "accepted for now", None),
            ],
            id="trivyignore",
        ),
        pytest.param(
            "ignore:\n  SNYK-JS-LODASH-567746:\n    - '*':\n        reason: no patch available\n"
            "        expires: 2026-05-05T00:00:00.000Z\nother: 1\n",
            [("SNYK-JS-LODASH-567746", 2, "no patch available", "2026-05-05")],
            id="snyk",
        ),
        pytest.param(
            '{\n "GHSA-aaaa-bbbb-cccc": {\n  "notes": "not exploitable here",\n  "expiry": "2026-09-09"\n }\n}',
            [("GHSA-aaaa-bbbb-cccc", 2, "not exploitable here", "2026-09-09")],
            id="better-npm-audit",
        ),
        pytest.param(
            "ignore:\n  - vulnerability: CVE-2021-0001\n" + "".join(f"    k{n}: v\n" for n in range(20)),
            [("CVE-2021-0001", 2, "", None)],
            id="long-entry",
        ),
        pytest.param("# no words\nignore = []\n", [], id="none"),
    ],
)
def test_exceptions(text: str, expected: list[Row]) -> None:
    """An id in a comment alone is none; one word is no reason; a comment above belongs to the next entry."""
    found = AdvisoryExceptions.extract(text).exceptions
    assert [(e.id, e.line, e.reason, e.until) for e in found] == expected
