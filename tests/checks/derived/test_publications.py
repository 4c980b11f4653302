"""What CI publishes, and what only looks as if it did."""

from __future__ import annotations

import pytest

from checks.derived.ci.release_gates import ReleaseGates
from checks.derived.publications import Publications, Published
from checks.derived.supply_chain.release_safeguards import PublishedFiles
from tests.checks.trees import snapshot

WORKFLOW = """on:
  push:
    tags: ["v*"]
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - %s
"""
PUSHED = "uses: docker/build-push-action@v6\n        with: {%s}"
RELEASER = "uses: goreleaser/goreleaser-action@v6\n        with: {args: %s}"
ATTACHED = "uses: softprops/action-gh-release@v2\n        with: {%s}"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("run: gh release create v1 dist/app", [Published.FILES]),
        ("run: gh release create v1 --notes dist/app", []),
        ("run: gh release create $TAG", []),
        ("run: gh release upload v1 dist/app", [Published.FILES]),
        ("run: goreleaser release --snapshot", []),
        ("run: goreleaser release", [Published.FILES]),
        ("run: goreleaser check", []),
        ("run: cargo publish", [Published.PACKAGE]),
        ("run: cargo publish -p shop --dry-run", []),
        ("run: docker push shop/web", [Published.IMAGE]),
        ("run: docker buildx build --push -t shop/web .", [Published.IMAGE]),
        ("run: docker buildx build --push -t localhost:5000/web .", []),
        ("run: docker buildx build -t shop/web .", []),
        ("run: docker buildx imagetools create -t shop/web:1 shop/web:2", [Published.IMAGE]),
        (PUSHED % "push: true", [Published.IMAGE]),
        (PUSHED % "push: false", []),
        (PUSHED % 'outputs: "type=image,push=true"', [Published.IMAGE]),
        (PUSHED % "tags: shop", []),
        (RELEASER % "release --clean", [Published.FILES]),
        (RELEASER % "release --snapshot", []),
        (RELEASER % "build", []),
        (RELEASER % '"${{ inputs.args }}"', [Published.FILES]),
        (ATTACHED % "files: dist/*", [Published.FILES]),
        (ATTACHED % "generate_release_notes: true", []),
        ("uses: pypa/gh-action-pypi-publish@release/v1", [Published.PACKAGE]),
    ],
)
def test_what_publishes(step: str, expected: list[Published]) -> None:
    found = snapshot({".github/workflows/release.yml": WORKFLOW % step}).derived(Publications)
    assert [one.kind for one in found.all] == expected
    assert len(found) == len(expected)


def test_a_name_alone_publishes_nothing() -> None:
    """An image or template of another provider names the tool; whether it publishes isn't known."""
    assert not snapshot({".gitlab-ci.yml": "image: goreleaser/goreleaser\n"}).derived(Publications).all


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("builds:\n  - main: ./cmd\n", [Published.FILES]),
        ("builds:\n  - skip: true\n", []),
    ],
)
def test_goreleaser_for_the_notes_alone(configuration: str, expected: list[Published]) -> None:
    files = {
        ".goreleaser.yaml": configuration,
        ".github/workflows/release.yml": WORKFLOW % "run: goreleaser release",
    }
    assert [one.kind for one in snapshot(files).derived(Publications).all] == expected


PERMISSIONS = "    permissions: {id-token: write}\n    steps:"


@pytest.mark.parametrize(
    ("workflow", "owed"),
    [
        pytest.param(WORKFLOW % "run: npm publish", 1, id="a package by a secret of one's own"),
        pytest.param(
            (WORKFLOW % "run: npm publish").replace("    steps:", PERMISSIONS), 0, id="a trusted publisher"
        ),
        pytest.param(
            "permissions: {id-token: write}\n" + WORKFLOW % "run: npm publish", 0, id="trusted in every job"
        ),
        pytest.param(WORKFLOW % "run: cargo publish", 0, id="a registry that knows no signatures"),
        pytest.param(WORKFLOW % "run: gh release upload v1 app", 1, id="files"),
    ],
)
def test_what_a_publication_owes(workflow: str, owed: int) -> None:
    assert len(snapshot({".github/workflows/release.yml": workflow}).derived(PublishedFiles)) == owed


def test_what_other_providers_publish_owes_as_well() -> None:
    files = {".gitlab-ci.yml": "release:\n  script:\n    - npm publish\n"}
    assert len(snapshot(files).derived(PublishedFiles)) == 1
    assert not snapshot(files).derived(ReleaseGates).all


GATED = """on:
  push:
    tags: ["v*"]
jobs:
  verify:
    runs-on: ubuntu-24.04
    steps:
      - run: %s
  other:
    runs-on: ubuntu-24.04
    steps:
      - run: pytest
  release:
    needs: [verify, gone, verify]
    runs-on: ubuntu-24.04
    steps:
      - run: npm publish
"""


@pytest.mark.parametrize(("command", "tested"), [("pytest -q", True), ("prove -r", True), ("ls", False)])
def test_what_a_release_waits_for(command: str, tested: bool) -> None:
    gate = (
        snapshot({".github/workflows/release.yml": (GATED % command).replace("verify", "before")})
        .derived(ReleaseGates)
        .all[0]
    )
    assert (gate.is_tested, gate.waits_for) == (tested, ("before",))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("image: woodpeckerci/plugin-docker-buildx:2\n    settings: {repo: shop/web}", [Published.IMAGE]),
        ("image: plugins/kaniko\n    settings: {repo: shop/web}", [Published.IMAGE]),
        ("image: woodpeckerci/plugin-docker-buildx\n    settings: {repo: shop/web, dry_run: true}", []),
        ("image: woodpeckerci/plugin-release\n    settings: {files: app.gz}", [Published.FILES]),
        ("image: woodpeckerci/plugin-git\n    settings: {depth: 1}", []),
        ("image: docker:28\n    commands: [docker version]", []),
    ],
)
def test_plugins_publish_by_what_they_are(step: str, expected: list[Published]) -> None:
    found = snapshot({".woodpecker.yml": f"steps:\n  one:\n    {step}\n"}).derived(Publications)
    assert [one.kind for one in found.all] == expected
