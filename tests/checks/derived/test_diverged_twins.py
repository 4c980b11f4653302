"""When two implementations are twins, and when one lacks what the other has."""

from __future__ import annotations

import pytest

from checks.derived.wiring.diverged_twins import DivergedTwins
from tests.checks.trees import snapshot

MAIN = 'package main\n\nimport "shop/internal/live"\n\nfunc main() { live.Get() }\n'
LIVE = 'package live\n\nfunc Get() {\n\tget("/api/tags")\n\tget("/api/generate")\n%s}\n'
UNUSED = 'package unused\n\nfunc Get() {\n\tvalidateHost(x)\n\tvalidateHost(y)\n\tget("/api/tags")\n\tget("/api/generate/")\n}\n'


@pytest.mark.parametrize(
    ("live", "unused", "names"),
    [
        (LIVE % "", UNUSED, ["validateHost"]),
        (LIVE % "\tio.LimitReader(x)\n", UNUSED, []),
        (LIVE % "", UNUSED.replace("validateHost", "prepare"), []),
        (LIVE.replace("/api/tags", "/api/other") % "", UNUSED, []),
    ],
)
def test_twins(live: str, unused: str, names: list[str]) -> None:
    files = {
        "go.mod": "module shop\n",
        "main.go": MAIN,
        "internal/live/a.go": live,
        "internal/unused/a.go": unused,
        "internal/unused/a_test.go": unused,
    }
    found = snapshot(files).derived(DivergedTwins)
    assert [name for twins in found.pairs for name, _, _ in twins.protections] == names
    assert len(found) == 1


def test_another_language_is_no_twin() -> None:
    files = {
        "go.mod": "module shop\n",
        "main.go": "package main\n\nfunc main() {}\n",
        "client.py": "get('/api/tags')\nget('/api/generate')\n",
        "internal/unused/a.go": UNUSED,
    }
    assert not snapshot(files).derived(DivergedTwins).pairs
