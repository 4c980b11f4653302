"""What deploys the tree's images, and where their files stand."""

from __future__ import annotations

import pytest

from checks.derived.deployments import Deployments
from checks.derived.images import Images
from tests.checks.trees import snapshot

IMAGE = "FROM python:3.12-slim\nWORKDIR /app\n%sCMD python -m app\n"
STARTED = {"Dockerfile": IMAGE % 'ENTRYPOINT ["/run"]\n'}
POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n      %s\n"
COMPOSE = "services:\n  web:\n    build: .\n"
PUSH = "on: push\njobs:\n  image:\n    steps:\n      - uses: actions/checkout@v4\n      - uses: docker/build-push-action@v6\n        with: {%s}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"compose.yaml": COMPOSE}, {"Dockerfile": "compose.yaml"}, id="a service"),
        pytest.param({"examples/compose.yaml": COMPOSE.replace("build: .", "build: ..")}, {}, id="an example's service"),
        pytest.param({"compose.yaml": COMPOSE + "    command: serve\n"}, {"Dockerfile": "compose.yaml"}, id="other arguments of its entry point"),
        pytest.param({"compose.yaml": COMPOSE + "    entrypoint: serve\n"}, {}, id="another entry point"),
        pytest.param({"k8s/shop.yaml": POD % "image: shop"}, {"Dockerfile": "k8s/shop.yaml"}, id="a pod of the only image"),
        pytest.param({"k8s/shop.yaml": POD % "command: [/other]"}, {}, id="a pod that starts something else"),
        pytest.param({".github/workflows/ci.yml": PUSH % "push: true"}, {"Dockerfile": ".github/workflows/ci.yml"}, id="a workflow"),
        pytest.param({".github/workflows/ci.yml": PUSH % "push: false"}, {}, id="a workflow that only tries"),
        pytest.param({".github/workflows/ci.yml": PUSH % "context: ../x"}, {}, id="a context outside the tree"),
        pytest.param({".github/workflows/ci.yml": PUSH % "context: other"}, {}, id="a context without this image"),
        pytest.param({"fly.toml": "app = 'shop'\n"}, {"Dockerfile": "fly.toml"}, id="a platform"),
    ],
)  # fmt: skip
def test_what_deploys(files: dict[str, str], expected: dict[str, str]) -> None:
    found = snapshot({**STARTED, **files}).derived(Deployments)
    assert {path: by for path, (by, _) in found.by_dockerfile.items()} == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"a/Dockerfile": IMAGE, "b/Dockerfile": IMAGE, "k8s/a.yaml": POD % "image: x/a:1"}, {"a/Dockerfile"}, id="the image of the folder's name"),
        pytest.param({"a/Dockerfile": IMAGE, "b/Dockerfile": IMAGE, "k8s/a.yaml": POD % "image: redis"}, set(), id="the image of others"),
        pytest.param({"Dockerfile.web": IMAGE, "Dockerfile.job": IMAGE, "k8s/a.yaml": POD % "image: web"}, {"Dockerfile.web"}, id="the image of the file's name"),
    ],
)  # fmt: skip
def test_which_image_a_pod_means(files: dict[str, str], expected: set[str]) -> None:
    assert set(snapshot(files).derived(Deployments).by_dockerfile) == expected


def test_commands_of_a_pod_run_in_its_image() -> None:
    files = {
        "shop/Dockerfile": IMAGE % "COPY app app\n",
        "shop/app/x.py": "",
        "k8s/a.yaml": POD % "image: shop\n      args: [python, -m, jobs]",
    }
    commands = snapshot(files).derived(Deployments).commands
    assert [(c.text, c.path, c.folders) for c in commands] == [("python -m jobs", "k8s/a.yaml", ("shop",))]
    alone = snapshot({"k8s/a.yaml": POD % "image: shop\n      args: [serve]"}).derived(Deployments).commands
    assert [(c.text, c.folders) for c in alone] == [("serve", ("",))]


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        pytest.param("COPY app app\n", "app/x.py", ["app/x.py"], id="a folder"),
        pytest.param("COPY app/x.py ./y.py\n", "y.py", ["app/x.py"], id="a file under another name"),
        pytest.param("COPY app/x.py .\n", "x.py", ["app/x.py"], id="a file into the folder"),
        pytest.param("COPY app/*.py lib/\n", "lib/x.py", ["app/*.py/x.py"], id="a pattern"),
        pytest.param("COPY ../app app\n", "app/x.py", [], id="what lies outside the tree"),
        pytest.param("COPY --from=gone /app app\n", "app/x.py", [], id="a stage that is not there"),
    ],
)  # fmt: skip
def test_where_files_stand_in_an_image(lines: str, path: str, expected: list[str]) -> None:
    image = snapshot({"Dockerfile": IMAGE % lines, "app/x.py": ""}).derived(Images).images[0]
    assert list(image.in_tree(path)) == expected


STAGES = "FROM python:3.12 AS made\nWORKDIR /src\nCOPY app lib\n\nFROM python:3.12\nWORKDIR /app\n%sCMD python -m app\n"


@pytest.mark.parametrize(
    ("line", "path", "expected"),
    [
        pytest.param("COPY --from=made /src/lib/ lib\n", "lib/x.py", ["app/x.py"], id="the copy"),
        pytest.param("COPY --from=made /src .\n", "lib/x.py", ["app/x.py"], id="the folder around it"),
        pytest.param("COPY --from=made /src/lib/x.py y.py\n", "y.py", ["app/x.py"], id="a file in it"),
        pytest.param(
            "COPY --from=made /other lib\nCOPY --from=made /src/lib lib\n",
            "lib/x.py",
            ["app/x.py"],
            id="two copies",
        ),
        pytest.param("COPY --from=made /other lib\n", "lib/x.py", [], id="another folder"),
    ],
)
def test_where_files_of_another_stage_stand(line: str, path: str, expected: list[str]) -> None:
    image = snapshot({"Dockerfile": STAGES % line, "app/x.py": ""}).derived(Images).images[0]
    assert list(image.in_tree(path)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"a/Dockerfile": IMAGE % "COPY web web\n", "web/x": ""},
            "",
            id="the folder that has what it copies",
        ),
        pytest.param({"a/Dockerfile": IMAGE % "COPY w*/ web\n", "a/web": ""}, "a", id="beside it"),
        pytest.param({"a/Dockerfile": IMAGE % "COPY *.lock web\n", "x.lock": ""}, "", id="by a pattern"),
        pytest.param({"a/Dockerfile": IMAGE % "COPY ../../x web\n"}, "a", id="not out of the tree"),
    ],
)
def test_the_context_of_a_build(files: dict[str, str], expected: str) -> None:
    assert snapshot(files).derived(Images).images[0].context == expected


def test_a_folder_under_another_name_and_a_search_path() -> None:
    text = "FROM python:3.12\nWORKDIR /app\nENV PYTHONPATH=/app/lib:relative\nCOPY shop-api ./shop\nCOPY lib lib\n"
    image = snapshot({"Dockerfile": text, "shop-api/x.py": "", "lib/y.py": ""}).derived(Images).images[0]
    assert image.renamed == {"shop": "shop-api"}
    assert image.roots == ("lib",)


def test_programs_that_an_image_builds() -> None:
    text = "FROM golang:1.23\nWORKDIR /src\nRUN go build -o /bin/app ./cmd/app && go build -o=/bin/job cmd/job/main.go && go install . && go vet ./...\n"
    found = snapshot({"Dockerfile": text}).derived(Images).images[0].built
    assert found == (("/bin/app", "./cmd/app", 3), ("/bin/job", "cmd/job/main.go", 3), ("/src", ".", 3))


def test_a_file_without_stages_is_no_image() -> None:
    assert len(snapshot({"Dockerfile": "# nothing yet\n"}).derived(Images)) == 0
