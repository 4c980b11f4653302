"""Which images CI builds, pushes and hands arguments: forms that the pages don't show, and where nothing can be told."""

from __future__ import annotations

import pytest

from checks import Outcome
from checks.registry import find_check
from tests.checks.trees import report
from tests.checks.verdicts import said

CI = ".github/workflows/ci.yml"
SERVICE = {"Dockerfile": "FROM python:3.12-slim\nEXPOSE 8080\nCMD python -m app\n"}
OTHER = {"api/Dockerfile": "FROM python:3.12-slim\nEXPOSE 8080\nCMD python -m api\n"}
ACTION = "{uses: docker/build-push-action@v6, with: {%s}}"


def steps(*written: str, job: str = "", on: str = "push") -> dict[str, str]:
    """A workflow of one job with these steps."""
    head = f"on: {on}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n{job}    steps:\n"
    return {CI: head + "".join(f"      - {step}\n" for step in written)}


@pytest.mark.parametrize(
    ("ci", "expected"),
    [
        pytest.param(steps("run: ls"), ["Dockerfile", "api/Dockerfile"], id="nothing builds"),
        pytest.param(steps("run: bazel build //..."), Outcome.UNDECIDED, id="a build system may build"),
        pytest.param(steps("{uses: acme/docker-publish@v1}"), Outcome.PASSED, id="an action of an unknown kind may build any"),
        pytest.param(steps("{uses: ./.github/actions/docker-publish}"), ["Dockerfile", "api/Dockerfile"], id="the tree's own action is read, not guessed"),
        pytest.param(steps(ACTION % "context: ., file: api/Dockerfile"), ["Dockerfile"], id="a named file"),
        pytest.param(steps(ACTION % "context: api"), ["Dockerfile"], id="a context"),
        pytest.param(steps(ACTION % "context: '${{ github.workspace }}'"), ["api/Dockerfile"], id="the checkout"),
        pytest.param(steps(ACTION % "context: '${{ inputs.where }}'"), Outcome.PASSED, id="a context from outside"),
        pytest.param(steps(ACTION % "file: '${{ inputs.which }}'"), Outcome.PASSED, id="a file from outside"),
        pytest.param(steps(ACTION % "file: '${{ matrix.file }}'"), Outcome.PASSED, id="an axis that is not written out"),
        pytest.param(steps(ACTION % "context: '${{ matrix.place }}'"), Outcome.PASSED, id="a context by such an axis"),
        pytest.param(steps(ACTION % "file: '${{ matrix.file }}'", job="    strategy: {matrix: {file: [Dockerfile, api/Dockerfile]}}\n"), Outcome.PASSED, id="an axis with each file"),
        pytest.param(steps("run: docker build -f api/Dockerfile ."), ["Dockerfile"], id="a command with a file"),
        pytest.param(steps("run: docker build --file=api/Dockerfile --pull -t x ."), ["Dockerfile"], id="a long option with its value"),
        pytest.param(steps("run: docker build api"), ["Dockerfile"], id="a command with a context"),
        pytest.param(steps("run: docker build - < Dockerfile"), Outcome.PASSED, id="a file from a pipe"),
    ],
)  # fmt: skip
def test_built_images(ci: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("image-not-built-in-ci", {**SERVICE, **OTHER, **ci}) == expected


@pytest.mark.parametrize(
    ("ci", "expected"),
    [
        pytest.param(steps("run: docker build ."), ["Dockerfile"], id="only built"),
        pytest.param(steps("run: bazel build //..."), Outcome.UNDECIDED, id="a build system may push"),
        pytest.param(steps("run: docker push ghcr.io/a/b", on="workflow_dispatch"), ["Dockerfile"], id="pushed by hand"),
        pytest.param(steps("run: docker push ghcr.io/a/b", on="\n  # push:\n  #   tags: ['v*']\n  workflow_dispatch:"), Outcome.PASSED, id="a workflow that is switched off is a gap of its own"),
    ],
)  # fmt: skip
def test_pushed_images(ci: dict[str, str], expected: list[str] | Outcome) -> None:
    subjects = said("image-not-pushed", {**SERVICE, **ci})
    assert (subjects if isinstance(subjects, Outcome) else bool(subjects)) == (
        expected if isinstance(expected, Outcome) else True
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"compose.yaml": "services:\n  web:\n    build:\n      context: .\n      args: {TIER: gold}\n"}, ["TIER"], id="of a compose file"),
        pytest.param({"compose.yaml": "services:\n  web:\n    build:\n      context: ../x\n      args: {TIER: gold}\n"}, Outcome.NOT_APPLICABLE, id="of a build outside the tree"),
        pytest.param({"compose.yaml": "services:\n  web:\n    build:\n      context: none\n      args: {TIER: gold}\n"}, Outcome.NOT_APPLICABLE, id="of a build of nothing"),
    ],
)  # fmt: skip
def test_arguments(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("build-arg-not-declared", {**SERVICE, **files}) == expected


RELEASE = """\
on: {push: {tags: ["v*"]}}
jobs:
  release:
    runs-on: ubuntu-24.04
    strategy: {matrix: {target: [%s]}}
    steps:
      - {uses: softprops/action-gh-release@v2, with: {files: "dist/*"}}
  image:
    runs-on: ubuntu-24.04
    steps:
      - {uses: docker/build-push-action@v6, with: {context: ., push: true}}
"""


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        pytest.param("x86_64-unknown-linux-gnu, aarch64-unknown-linux-gnu", Outcome.GAP, id="for ARM too"),
        pytest.param("x86_64-unknown-linux-gnu", Outcome.NOT_APPLICABLE, id="for one processor"),
        pytest.param("aarch64-apple-darwin", Outcome.NOT_APPLICABLE, id="an ARM that runs no containers"),
    ],
)
def test_processors(targets: str, expected: Outcome) -> None:
    said_of = said("no-multi-arch-image", {**SERVICE, ".github/workflows/release.yml": RELEASE % targets})
    assert (said_of if isinstance(said_of, Outcome) else Outcome.GAP) is expected


def test_a_sibling_without_an_image_of_ours() -> None:
    """A service that has Docker's socket and somebody else's image starts nothing of the tree's code."""
    compose = "services:\n  proxy:\n    image: traefik:v3\n    volumes: ['/var/run/docker.sock:/var/run/docker.sock']\n"
    files = {
        "compose.yaml": compose,
        "run.py": 'import subprocess\nsubprocess.run(["docker", "/app/x:/x"])\n',
    }
    assert said("bind-mount-of-own-filesystem", files) is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "plugin", ["woodpeckerci/plugin-docker-buildx", "plugins/docker", "gcr.io/kaniko-project/executor:v1"]
)
def test_a_plugin_of_another_provider_builds_and_pushes(plugin: str) -> None:
    files = {
        "Dockerfile": "FROM python:3.12-slim\nEXPOSE 8000\nCMD [python]\n",
        ".woodpecker.yml": f"steps:\n  publish:\n    image: {plugin}\n    settings: {{repo: example/app}}\n",
    }
    checks = [check for name in ("image-not-built-in-ci", "image-not-pushed") if (check := find_check(name))]
    assert [result.outcome for result in report(files, *checks).results] == [Outcome.PASSED] * 2


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("packaging/debian/Dockerfile", Outcome.NOT_APPLICABLE),
        ("packaging/docker/alpine/Dockerfile", Outcome.GAP),
        ("Dockerfile.base", Outcome.NOT_APPLICABLE),
    ],
)
def test_an_image_that_only_makes_packages_does_not_run_in_production(path: str, expected: Outcome) -> None:
    check = find_check("container-runs-as-root")
    assert check
    files = {path: "FROM golang:1\nADD . /src\nCMD [/src/build.sh]\n"}
    assert report(files, check).results[0].outcome is expected
