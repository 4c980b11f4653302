"""Secrets in images, arguments of builds, probes and lasting services, beyond the pages' examples."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

IMAGE = "FROM debian:12-slim\n%s\nCMD serve\n"
VALUE = "a8Kd0Zq3Lm5Xw7Rt9Yb2Nc4Vf6"  # of the shape alone


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(f"ENV API_TOKEN={VALUE}", ["API_TOKEN"], id="a value as a variable"),
        pytest.param("ENV API_TOKEN=changeme", Outcome.PASSED, id="a placeholder"),
        pytest.param("ENV API_TOKEN_FILE=/run/secrets/token", Outcome.PASSED, id="where it will be"),
        pytest.param("ENV KEY=AKIAQ3ZX7TPL5WNV7RJM\nENV ACCESS_KEY=AKIAQ3ZX7TPL5WNV7RJM", ["ACCESS_KEY"], id="a known shape"),
        pytest.param(f"ARG API_TOKEN={VALUE}", ["API_TOKEN"], id="a default"),
        pytest.param("ARG API_TOKEN\nENV API_TOKEN=$API_TOKEN", ["API_TOKEN"], id="an argument that stays as a variable"),
        pytest.param("ARG API_TOKEN\nRUN fetch --token $API_TOKEN", ["API_TOKEN"], id="an argument in the history"),
        pytest.param("ARG API_TOKEN\nRUN fetch", Outcome.PASSED, id="an argument that nothing uses"),
        pytest.param("ARG VERSION\nRUN fetch $VERSION", Outcome.PASSED, id="no secret"),
        pytest.param("COPY id_rsa /root/.ssh/id_rsa", ["id_rsa"], id="a key"),
        pytest.param("COPY id_rsa.pub /root/.ssh/", Outcome.PASSED, id="its public half"),
        pytest.param("COPY .env.example .env", Outcome.PASSED, id="an example"),
        pytest.param("COPY shop.gpg.key /etc/apt/keyrings/", Outcome.PASSED, id="the public key of a package repository"),
        pytest.param("COPY --from=other id_rsa /x", Outcome.PASSED, id="from another image"),
    ],
)  # fmt: skip
def test_secrets_in_images(lines: str, expected: list[str] | Outcome) -> None:
    assert said("secret-in-image", {"Dockerfile": IMAGE % lines}) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [(".env.example", Outcome.PASSED), ("/secrets/env", [".env"])],
)
def test_a_copy_of_an_example_is_no_secret(source: str, expected: list[str] | Outcome) -> None:
    workflow = f"on: push\njobs: {{a: {{runs-on: x, steps: [{{run: cp {source} .env}}]}}}}\n"
    files = {"Dockerfile": IMAGE % "COPY .env .", ".github/workflows/ci.yml": workflow}
    assert said("secret-in-image", files) == expected


COMPOSE = "services:\n  web:\n    build:\n      context: %s\n      args:\n        %s\n"
BUILD = "on: push\njobs:\n  image:\n    steps:\n      - run: docker build --build-arg %s=1 -t shop .\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"compose.yaml": COMPOSE % (".", "GONE: 1")}, ["GONE"], id="nothing declares it"),
        pytest.param({"compose.yaml": COMPOSE % (".", "VERSION: 1")}, Outcome.PASSED, id="declared"),
        pytest.param({"compose.yaml": COMPOSE % (".", "HTTP_PROXY: x")}, Outcome.PASSED, id="Docker's own"),
        pytest.param({"compose.yaml": COMPOSE % ("../x", "GONE: 1")}, Outcome.NOT_APPLICABLE, id="an image outside the tree"),
        pytest.param({"compose.yaml": COMPOSE % ("other", "GONE: 1")}, Outcome.NOT_APPLICABLE, id="an image that is not there"),
        pytest.param({"compose.yaml": "services: {db: {image: redis}}\n"}, Outcome.NOT_APPLICABLE, id="an image of others"),
        pytest.param({"vendor/compose.yaml": COMPOSE % ("..", "GONE: 1")}, Outcome.NOT_APPLICABLE, id="others' compose file"),
        pytest.param({".github/workflows/ci.yml": BUILD % "GONE"}, ["GONE"], id="a build in CI"),
        pytest.param({".github/workflows/ci.yml": BUILD % "VERSION"}, Outcome.PASSED, id="declared for a build in CI"),
    ],
)  # fmt: skip
def test_arguments_of_builds(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("build-arg-not-declared", {"Dockerfile": IMAGE % "ARG VERSION=1", **files}) == expected


GO = 'FROM golang:1.23 AS made\nCOPY . .\nRUN go build -o /bin/app ./cmd/app\n\nFROM debian:12\nCOPY --from=made /bin/app /bin/app\nHEALTHCHECK CMD ["/bin/app", "%s"]\nCMD /bin/app\n'
COBRA = 'package main\n\nfunc main() { run("serve"); run("health [flags]") }\n'
PROBE = "services:\n  web:\n    %s\n    healthcheck:\n      test: %s\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"Dockerfile": IMAGE % "HEALTHCHECK --interval=9s CMD curl -f localhost"}, ["HEALTHCHECK"], id="a program that is not there"),
        pytest.param({"Dockerfile": IMAGE % "RUN apt-get install -y curl\nHEALTHCHECK CMD curl -f localhost"}, Outcome.PASSED, id="installed"),
        pytest.param({"Dockerfile": IMAGE % "RUN ./setup.sh\nHEALTHCHECK CMD curl -f localhost"}, Outcome.PASSED, id="a script may install it"),
        pytest.param({"Dockerfile": IMAGE % "RUN apt-get install -y $TOOLS\nHEALTHCHECK CMD curl -f localhost"}, Outcome.PASSED, id="a list may name it"),
        pytest.param({"Dockerfile": IMAGE % "COPY --from=tools /curl /bin/curl\nHEALTHCHECK CMD curl -f localhost"}, Outcome.PASSED, id="copied"),
        pytest.param({"Dockerfile": IMAGE % 'HEALTHCHECK CMD ["curl", 1]'}, Outcome.PASSED, id="a list of something else"),
        pytest.param({"Dockerfile": IMAGE % 'HEALTHCHECK CMD ["curl" -f localhost]'}, ["HEALTHCHECK"], id="almost a list"),
        pytest.param({"Dockerfile": IMAGE % "HEALTHCHECK CMD [ -f /ready ]"}, Outcome.PASSED, id="the shell's own bracket"),
        pytest.param({"Dockerfile": IMAGE % "HEALTHCHECK NONE"}, Outcome.NOT_APPLICABLE, id="none"),
        pytest.param({"Dockerfile": "FROM alpine:3.20\nHEALTHCHECK CMD wget -q localhost\nCMD serve\n"}, Outcome.PASSED, id="Alpine has wget"),
        pytest.param({"Dockerfile": "FROM alpine:3.20\nHEALTHCHECK CMD curl -f localhost\nCMD serve\n"}, ["HEALTHCHECK"], id="Alpine has no curl"),
        pytest.param({"Dockerfile": "FROM python:3.12-slim\nHEALTHCHECK CMD curl -f localhost\nCMD serve\n"}, ["HEALTHCHECK"], id="slim has no curl"),
        pytest.param({"Dockerfile": "FROM python:3.12\nHEALTHCHECK CMD curl -f localhost\nCMD serve\n"}, Outcome.PASSED, id="the whole image has"),
        pytest.param({"Dockerfile": "FROM shop.example/base\nHEALTHCHECK CMD curl -f localhost\nCMD serve\n"}, Outcome.PASSED, id="a base that isn't known"),
        pytest.param({"Dockerfile": "ARG BASE\nFROM $BASE\nHEALTHCHECK CMD curl -f localhost\nCMD serve\n"}, Outcome.PASSED, id="a base from outside"),
        pytest.param({"Dockerfile": 'FROM gcr.io/distroless/base\nHEALTHCHECK CMD /probe --all\nCMD ["/serve"]\n'}, ["HEALTHCHECK"], id="no shell"),
        pytest.param({"Dockerfile": 'FROM gcr.io/distroless/base:debug\nHEALTHCHECK CMD /probe --all\nCMD ["/serve"]\n'}, Outcome.PASSED, id="the variant with a shell"),
        pytest.param({"Dockerfile": 'FROM gcr.io/distroless/base\nHEALTHCHECK CMD ["wget", "localhost"]\nCMD ["/serve"]\n'}, ["HEALTHCHECK"], id="no program at all"),
        pytest.param({"Dockerfile": GO % "ready", "cmd/app/main.go": COBRA}, ["HEALTHCHECK"], id="a subcommand that nothing names"),
        pytest.param({"Dockerfile": GO % "serve", "cmd/app/main.go": COBRA}, Outcome.PASSED, id="a subcommand"),
        pytest.param({"Dockerfile": GO % "health", "cmd/app/main.go": COBRA}, Outcome.PASSED, id="a subcommand with its usage"),
        pytest.param({"Dockerfile": GO % "--ready", "cmd/app/main.go": COBRA}, Outcome.PASSED, id="an option"),
        pytest.param({"compose.yaml": PROBE % ("image: alpine:3.20", '["CMD", "curl", "-f", "localhost"]')}, ["web healthcheck"], id="a service of a ready-made image"),
        pytest.param({"compose.yaml": PROBE % ("image: alpine:3.20", '["CMD-SHELL", "wget -q localhost"]')}, Outcome.PASSED, id="its wget"),
        pytest.param({"compose.yaml": PROBE % ("image: alpine:3.20", '["CMD"]')}, Outcome.PASSED, id="an empty probe"),
        pytest.param({"compose.yaml": PROBE % ("command: x", "curl -f localhost")}, Outcome.PASSED, id="a service without image"),
        pytest.param({"compose.yaml": PROBE % ("build: .", "curl -f localhost"), "Dockerfile": IMAGE % ""}, ["web healthcheck"], id="a service that is built"),
        pytest.param({"compose.yaml": PROBE % ("build: {context: ., target: base}", "curl -f localhost"), "Dockerfile": "FROM python:3.12 AS base\n\n" + IMAGE % ""}, Outcome.PASSED, id="of another stage"),
        pytest.param({"compose.yaml": PROBE % ("build: ../x", "curl -f localhost")}, Outcome.PASSED, id="built elsewhere"),
        pytest.param({"compose.yaml": PROBE % ("image: alpine:3.20", '["NONE"]')}, Outcome.NOT_APPLICABLE, id="switched off"),
    ],
)  # fmt: skip
def test_probes(files: dict[str, str], expected: list[str] | Outcome) -> None:
    assert said("healthcheck-command-not-supported", files) == expected


SERVICE = "services:\n  web:\n    build: .\n    ports: ['80:80']\n%s"
HARD = "    restart: always\n    mem_limit: 1g\n    read_only: true\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(SERVICE % "", ["limits", "privileges", "web restart"], id="nothing set"),
        pytest.param(SERVICE % HARD, Outcome.PASSED, id="everything set"),
        pytest.param(SERVICE % "    volumes: ['.:/app']\n", Outcome.NOT_APPLICABLE, id="sources mounted"),
        pytest.param(SERVICE % "    volumes: ['./src:/app']\n", Outcome.NOT_APPLICABLE, id="a folder of the sources mounted"),
        pytest.param(SERVICE % (HARD + "    volumes: ['./conf:/conf', 'data:/data']\n"), Outcome.PASSED, id="other folders mounted"),
        pytest.param(SERVICE % "    command: uvicorn app:app --reload\n", Outcome.NOT_APPLICABLE, id="started again on every edit"),
        pytest.param("services:\n  db:\n    image: postgres:17\n", Outcome.NOT_APPLICABLE, id="stores alone"),
        pytest.param(SERVICE % (HARD + "  job:\n    build: .\n"), Outcome.PASSED, id="what runs once"),
        pytest.param(
            SERVICE % (HARD + "    depends_on: {job: {condition: service_completed_successfully}}\n  job:\n    build: .\n    restart: 'no'\n"),
            Outcome.PASSED,
            id="what has to be done before",
        ),
        pytest.param(SERVICE % (HARD + "  db:\n    image: redis:7\n    ports: ['6379:6379']\n" + HARD), ["db port"], id="a store that is open"),
        pytest.param(SERVICE % (HARD + "  db:\n    image: redis:7\n    ports: ['127.0.0.1:6379:6379']\n" + HARD), Outcome.PASSED, id="a store for this machine"),
    ],
)  # fmt: skip
def test_lasting_services(text: str, expected: list[str] | Outcome) -> None:
    assert said("compose-service-not-hardened", {"compose.yaml": text, "Dockerfile": IMAGE % ""}) == expected


def test_stacks_for_tests_may_be_soft() -> None:
    for path in (
        "testing-docker-compose.yml",
        "compose.test.yml",
        "docker/development/compose.yml",
        "client-integration-tests/compose.yaml",
    ):
        files = {path: SERVICE % "", "Dockerfile": IMAGE % ""}
        assert said("compose-service-not-hardened", files) is Outcome.NOT_APPLICABLE, path
