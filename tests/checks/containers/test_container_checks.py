"""Images and compose files beyond the pages' examples: paths that come from elsewhere, users that others set."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import outcome_of, said

IMAGE = "FROM python:3.12-slim\n%s\nCMD python -m app\n"
STAGES = "FROM uv AS uv\n%s\nFROM python:3.12-slim\nCOPY . .\nRUN pip install -r all.txt\n"
CI = 'on: push\njobs: {a: {runs-on: x, steps: [{run: "%s"}]}}\n'
COMPOSE = "services:\n  web:\n    %s\n"
GO_BUILD = IMAGE % "COPY . .\nRUN go build -o /bin/app %s"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile": IMAGE % "COPY app app"}, ["paths"], id="nowhere"),
        pytest.param({"Dockerfile": IMAGE % "COPY app app\nCOPY lib lib"}, ["paths"], id="two paths, one image that can't be built"),
        pytest.param({"Dockerfile.dev": IMAGE % "COPY app app"}, Outcome.NOT_APPLICABLE, id="an image for developers"),
        pytest.param({"Dockerfile": IMAGE % "COPY ../app app"}, Outcome.PASSED, id="out of the tree"),
        pytest.param({"Dockerfile": IMAGE % "COPY *.lock ./"}, Outcome.PASSED, id="a pattern may match nothing"),
        pytest.param({"Dockerfile": IMAGE % "COPY app app", ".gitignore": "app/\n"}, Outcome.PASSED, id="made before the build"),
        pytest.param({"Dockerfile": GO_BUILD % "./cmd/app"}, ["paths"], id="a program that is not there"),
        pytest.param({"Dockerfile": GO_BUILD % "./..."}, Outcome.NOT_APPLICABLE, id="every program"),
        pytest.param({"Dockerfile": IMAGE % "COPY . .\nRUN pip install -q -r all.txt"}, ["paths"], id="requirements that are not there"),
        pytest.param({"Dockerfile": IMAGE % "COPY . .\nRUN npm ci"}, Outcome.NOT_APPLICABLE, id="commands that name no path"),
        pytest.param({"Dockerfile": STAGES % "RUN uv export -o all.txt"}, Outcome.NOT_APPLICABLE, id="a command writes it"),
        pytest.param({"Dockerfile": STAGES % "COPY --from=uv /all.txt ."}, Outcome.NOT_APPLICABLE, id="an earlier stage hands it over"),
        pytest.param({"Dockerfile": IMAGE % "COPY .env.x .", ".github/workflows/ci.yml": CI % "cp a .env.x"}, Outcome.PASSED, id="CI copies it there"),
        pytest.param({"Dockerfile": IMAGE % "COPY b/c .", ".github/workflows/ci.yml": CI % "cp x/c b"}, Outcome.PASSED, id="CI copies it into the folder"),
        pytest.param({"Dockerfile": IMAGE % "COPY .env.x .", ".github/workflows/ci.yml": CI % "echo > .env.x"}, Outcome.PASSED, id="CI writes it"),
        pytest.param({"Dockerfile": IMAGE % "COPY .env.x .", ".github/workflows/ci.yml": CI % "fetch -o .env.x"}, Outcome.PASSED, id="CI fetches it"),
        pytest.param({"Dockerfile": IMAGE % "COPY .env.x .", "make.sh": "#!/bin/sh\ntouch .env.x\n"}, Outcome.PASSED, id="a script makes it"),
        pytest.param({"Dockerfile": IMAGE % "COPY .env.x .", "Makefile": "env:\n\techo a > .env.x\n"}, Outcome.PASSED, id="make writes it"),
        pytest.param({"Dockerfile": IMAGE % "COPY .env.x .", ".github/workflows/ci.yml": CI % "cp .env.x a"}, ["paths"], id="CI copies it away"),
        pytest.param({"Dockerfile": IMAGE % "RUN pip install -r all.txt"}, Outcome.NOT_APPLICABLE, id="without the tree nothing is known"),
    ],
)  # fmt: skip
def test_paths_of_images(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("dockerfile-references-missing-path", files) == expected


@pytest.mark.parametrize(
    "other",
    [
        {".github/workflows/ci.yml": "on: push\njobs: {a: {runs-on: x, steps: [{run: mkdir -p image/files/arm}]}}\n"},
        {".goreleaser.yml": "project_name: x\nbuilds: [{binary: files}]\n"},
    ],
)  # fmt: skip
def test_what_ci_makes(other: dict[str, str]) -> None:
    """A folder above what it makes, and the binaries that GoReleaser builds."""
    files = {"image/Dockerfile": "FROM alpine:3.24\nCOPY ./files /files\n"}
    assert said("dockerfile-references-missing-path", files) != Outcome.PASSED
    assert said("dockerfile-references-missing-path", {**files, **other}) == Outcome.PASSED


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile": "ARG BASE\nFROM ${BASE}\nCMD app\n"}, Outcome.UNDECIDED, id="a base from outside"),
        pytest.param({"Dockerfile": "FROM registry.shop.example/base\nCMD app\n"}, Outcome.UNDECIDED, id="a base of one's own"),
        pytest.param(
            {"Dockerfile": IMAGE % 'ENTRYPOINT ["/run.sh"]', "run.sh": '#!/bin/sh\nexec gosu app "$@"\n'},
            Outcome.PASSED,
            id="the script behind the entry point drops its rights",
        ),
        pytest.param(
            {"Dockerfile": IMAGE % 'ENTRYPOINT ["/run.sh"]', "run.sh": '#!/bin/sh\nexec "$@"\n', "other.sh": "#!/bin/sh\ngosu app x\n"},
            Outcome.GAP,
            id="another script does",
        ),
        pytest.param({"Dockerfile": IMAGE % 'ENTRYPOINT ["/init"]'}, Outcome.UNDECIDED, id="s6 starts services as others"),
        pytest.param({"Dockerfile": IMAGE % "", "compose.yaml": COMPOSE % "build: .\n    user: '1000:1000'"}, Outcome.PASSED, id="the compose file names a user"),
        pytest.param({"Dockerfile": IMAGE % "", "compose.yaml": COMPOSE % "build: .\n    user: root"}, Outcome.GAP, id="the compose file names root"),
        pytest.param({"Dockerfile": IMAGE % "", "compose.yaml": COMPOSE % "build: ../x\n    user: app"}, Outcome.GAP, id="a build from outside the tree"),
    ],
)  # fmt: skip
def test_users(files: dict[str, str], expected: Outcome) -> None:
    assert outcome_of("container-runs-as-root", files) is expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"compose.yaml": COMPOSE % "build: ./web"}, Outcome.GAP, id="a folder that is not there"),
        pytest.param({"compose.yaml": COMPOSE % "build: ../web"}, Outcome.NOT_APPLICABLE, id="a folder outside the tree"),
        pytest.param({"compose.yaml": COMPOSE % "build: .", "Containerfile": IMAGE}, Outcome.NOT_APPLICABLE, id="Podman's name"),
        pytest.param({"compose.yaml": COMPOSE % "image: x" + "configs:\n  a:\n    file: ./a.conf\n"}, Outcome.GAP, id="a configuration"),
        pytest.param({"compose.yaml": COMPOSE % "image: x" + "configs:\n  a:\n    file: ${DIR}/a.conf\n"}, Outcome.NOT_APPLICABLE, id="a folder by variable"),
        pytest.param({"compose.yaml": COMPOSE % "image: x" + "secrets:\n  a:\n    file: ./a.txt\n"}, Outcome.NOT_APPLICABLE, id="a secret is never in the tree"),
    ],
)  # fmt: skip
def test_paths_of_compose_files(files: dict[str, str], expected: Outcome) -> None:
    assert outcome_of("compose-references-missing-path", files) is expected


KNATIVE = "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  template:\n    spec:\n      containers:\n        - %s\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n      %s\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile.test": "FROM python:latest\n"}, Outcome.NOT_APPLICABLE, id="an image for tests"),
        pytest.param({"compose.dev.yaml": COMPOSE % "image: redis:latest"}, Outcome.NOT_APPLICABLE, id="services for developers"),
        pytest.param({"compose.yaml": COMPOSE % "build: ."}, Outcome.NOT_APPLICABLE, id="a service without a name for its image"),
        pytest.param({"k8s/shop.yaml": KNATIVE % "image: shop:latest"}, Outcome.GAP, id="Knative's service"),
        pytest.param({"k8s/shop.yaml": KNATIVE % "name: shop"}, Outcome.NOT_APPLICABLE, id="Knative's service without image"),
        pytest.param({"k8s/shop.yaml": POD % "image: shop:latest"}, Outcome.GAP, id="a pod"),
        pytest.param({"k8s/shop.yaml": POD % "command: [x]"}, Outcome.NOT_APPLICABLE, id="a pod without image"),
        pytest.param(
            {"k8s/shop.yaml": POD % "image: shop:latest", "k8s/kustomization.yaml": "resources: [shop.yaml]\nimages:\n  - name: shop\n    newTag: v3\n"},
            Outcome.NOT_APPLICABLE,
            id="an overlay says which version",
        ),
    ],
)  # fmt: skip
def test_names_of_images(files: dict[str, str], expected: Outcome) -> None:
    assert outcome_of("image-tag-latest", files) is expected


PULLED = "services:\n  shop:\n    image: ${REGISTRY:-docker.io}/one/shop:latest\n    healthcheck: {test: [CMD, ask]}\n"
PUSHED = {
    ".github/workflows/image.yml": "on: push\njobs:\n  image:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {push: true, tags: 'one/shop:latest'}\n"
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile": IMAGE % "EXPOSE 80"}, Outcome.GAP, id="nothing asks how it is"),
        pytest.param({"Dockerfile": IMAGE % "EXPOSE 80", "fly.toml": "app = 'x'\n"}, Outcome.PASSED, id="the platform asks"),
        pytest.param(
            {"Dockerfile": IMAGE % "EXPOSE 80", "k8s/shop.yaml": POD % "readinessProbe: {httpGet: {path: /, port: 80}}"},
            Outcome.PASSED,
            id="the manifests ask",
        ),
        pytest.param({"Dockerfile": IMAGE % ""}, Outcome.NOT_APPLICABLE, id="it serves nobody"),
        pytest.param({"Dockerfile": "# nothing yet\n"}, Outcome.NOT_APPLICABLE, id="no stage"),
        pytest.param({"Dockerfile": IMAGE % "", "compose.yaml": COMPOSE % "build: .\n    ports: ['80:80']"}, Outcome.GAP, id="a service's port"),
        pytest.param({"Dockerfile": IMAGE % "EXPOSE 80", "compose.yaml": COMPOSE % "build: ../x"}, Outcome.GAP, id="a service from elsewhere"),
        pytest.param({"Dockerfile": IMAGE % "EXPOSE 80", "compose.yaml": COMPOSE % "image: redis"}, Outcome.GAP, id="a service of others"),
        pytest.param({"Dockerfile": IMAGE % "EXPOSE 80", "compose.yaml": PULLED, **PUSHED}, Outcome.PASSED, id="the compose file that pulls it asks"),
        pytest.param(
            {"Dockerfile": IMAGE % "EXPOSE 80", "compose.yaml": PULLED.replace("one/shop", "db"), **PUSHED}, Outcome.GAP, id="it asks another"
        ),
        pytest.param(
            {
                "Dockerfile": IMAGE % "EXPOSE 80",
                "compose.yaml": PULLED.replace("ghcr.io/one/shop", "redis").replace("one/shop", "redis"),
                ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          tags: |\n            one/shop:1\n            one/shop:2\n",
            },
            Outcome.GAP,
            id="it asks another, without an owner, and several tags are pushed",
        ),
    ],
)  # fmt: skip
def test_health(files: dict[str, str], expected: Outcome) -> None:
    assert outcome_of("no-healthcheck", files) is expected
