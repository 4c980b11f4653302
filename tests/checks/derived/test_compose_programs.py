"""Where an image holds what compose starts."""

from __future__ import annotations

import pytest

from checks.derived.containers.compose_programs import ComposePrograms
from tests.checks.trees import snapshot

ELSEWHERE = "COPY api /usr/local/bin/api"
CASES = {
    "elsewhere": (ELSEWHERE, "build: .", ["/usr/local/bin/api"]),
    "elsewhere, in a folder": ("COPY api tool /usr/local/bin/", "build: .", ["/usr/local/bin/api"]),
    "in its place": ("COPY api /app/api", "build: .", []),
    "in its place, by the working folder": ("WORKDIR /app\nCOPY api ./", "build: .", []),
    "perhaps among all that is copied": (f"{ELSEWHERE}\nWORKDIR /app\nCOPY . ./", "build: .", []),
    "perhaps below a folder": (f"{ELSEWHERE}\nCOPY out /app", "build: .", []),
    "made by a command": (f"{ELSEWHERE}\nRUN ln -s /usr/local/bin/api /app/api", "build: .", []),
    "mounted": (ELSEWHERE, "build: .\n    volumes: [./bin:/app]", []),
    "nowhere that is seen": ("RUN make install", "build: .", []),
    "by the target": (f"{ELSEWHERE}\nFROM scratch", "build: {context: ., target: first}", ["/usr/local/bin/api"]),
    "no such target": (ELSEWHERE, "build: {context: ., target: other}", None),
    "another's image": (ELSEWHERE, "image: api", None),
    "a remote context": (ELSEWHERE, "build: https://example.com/a.git", None),
}  # fmt: skip


@pytest.mark.parametrize(("instructions", "build", "places"), CASES.values(), ids=CASES.keys())
def test_where_the_program_is(instructions: str, build: str, places: list[str] | None) -> None:
    """None: the image isn't the tree's, so nothing is judged."""
    files = {
        "compose.yaml": f"services:\n  api:\n    {build}\n    command: [/app/api]\n",
        "Dockerfile": f"FROM alpine:3 AS first\n{instructions}\n",
    }
    found = snapshot(files).derived(ComposePrograms)
    assert (None if not len(found) else [program.copied_to for program in found.misplaced]) == places


def test_a_program_by_its_name_is_looked_up_in_the_path() -> None:
    """And one in a variable isn't known."""
    for command in ("api", "$HOME/api"):
        files = {
            "compose.yaml": f"services: {{api: {{build: ., command: {command}}}}}\n",
            "Dockerfile": "FROM alpine:3\n",
        }
        assert not len(snapshot(files).derived(ComposePrograms))
