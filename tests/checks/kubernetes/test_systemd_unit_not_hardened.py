"""What confines a systemd service."""

import pytest

from checks import Outcome, Severity
from checks.registry import find_check
from tests.checks.trees import report

START = "[Service]\nExecStart=/usr/bin/shop\n"
HARD = "NoNewPrivileges=yes\nProtectSystem=strict\nPrivateTmp=yes\nProtectHome=yes\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.service": START}, Severity.MEDIUM),
        ({"a.service": START + "User=root\n"}, Severity.MEDIUM),
        ({"a.service": START + "User=shop\n"}, Severity.LOW),
        ({"a.service": START + "User=shop\nNoNewPrivileges=no\nPrivateTmp=yes\n"}, Severity.LOW),
        ({"a.service": START + HARD}, None),
        ({"a.service": START + "DynamicUser=yes\n"}, None),
        ({"a.service": START + HARD.replace("PrivateTmp=yes\n", "CapabilityBoundingSet=\n")}, None),
        ({"a.service": START, "a.service.d/hard.conf": "[Service]\nUser=shop\n" + HARD}, None),
        ({"b.service": START + HARD, "a.service.d/hard.conf": "[Service]\nUser=shop\n"}, None),
    ],
)
def test_walls(files: dict[str, str], expected: Severity | None) -> None:
    check = find_check("systemd-unit-not-hardened")
    assert check
    gaps = report(files, check).results[0].gaps
    assert [gap.severity for gap in gaps] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "[Service]\nExecStart=/usr/bin/docker run shop\n",
        START + "Type=oneshot\n",
        START + "[Install]\nWantedBy=default.target\n",
        "[Unit]\nDescription=none\n",
    ],
)
def test_confined_elsewhere(text: str) -> None:
    check = find_check("systemd-unit-not-hardened")
    assert check
    assert report({"a.service": text}, check).results[0].outcome is Outcome.NOT_APPLICABLE
