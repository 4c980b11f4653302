"""What is declared for whom: constraints, long chains of includes, local projects, namespaces."""

from __future__ import annotations

import pytest

from checks.derived.python_dependencies import PythonDependencies, Standing
from checks.derived.python_distributions import offers
from tests.checks.trees import Files, snapshot
from tests.checks.verdicts import result_of

CHAIN = {f"requirements/r{n}.txt": f"-r r{n + 1}.txt\n" for n in range(250)}


def standing(files: Files, name: str) -> Standing:
    known = snapshot(files).derived(PythonDependencies)
    return next(known.standing(found)[0] for found in known.imports if found.name == name)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"constraints.txt": "redis\n", "requirements.txt": "flask\n"}, Standing.UNDECLARED, id="a constraint declares nothing"),
        pytest.param({**CHAIN, "requirements.txt": "-r requirements/r1.txt\nflask\n", "requirements/r9.txt": "redis\n"}, Standing.DECLARED, id="included over several files"),
        pytest.param({**CHAIN, "requirements.txt": "-r requirements/r1.txt\nflask\n"}, Standing.UNDECLARED, id="a chain of includes without it"),
        pytest.param({"requirements.txt": "kit\n", "kit/pyproject.toml": '[project]\nname = "kit"\ndependencies = ["kit"]\n[dependency-groups]\ndev = ["redis"]\n'}, Standing.ELSEWHERE, id="a local project's tools of development"),
        pytest.param({"requirements.txt": "kit\n", "kit/pyproject.toml": '[project]\nname = "kit"\ndependencies = ["redis"]\n'}, Standing.DECLARED, id="what a local project needs"),
    ],
)  # fmt: skip
def test_standing(files: Files, expected: Standing) -> None:
    assert standing({**files, "app.py": "import redis\n"}, "redis") is expected


@pytest.mark.parametrize(
    ("distribution", "name", "module", "expected"),
    [
        ("google-cloud-storage", "google", "google.cloud.storage", True),
        ("azure", "azure", "azure.storage", True),
        ("boto3", "google", "google.cloud.storage", False),
    ],
)
def test_namespaces(distribution: str, name: str, module: str, *, expected: bool) -> None:
    assert offers(distribution, name, module) is expected


def test_the_gap_names_the_manifest_that_declares_it_for_others() -> None:
    files = {"requirements.txt": "flask\n", "requirements-dev.txt": "redis\n", "app.py": "import redis\n"}
    found = result_of("third-party-import-not-declared", files).gaps
    assert [(one.gap.message, one.gap.evidence[-1].path) for one in found] == [
        (
            "`redis` is imported and declared for development only (requirements-dev.txt).",
            "requirements-dev.txt",
        )
    ]
