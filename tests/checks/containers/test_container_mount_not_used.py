"""Documented commands that mount the reader's folder, and where the image looks."""

from __future__ import annotations

import pytest

from checks import find_check
from tests.checks.trees import report

IMAGE = 'FROM debian:12-slim\nRUN mkdir /known\nWORKDIR /home/greeter\nENTRYPOINT ["greeter"]\n'
BUILD = "docker build -t greeter ."


def outcome(run: str, build: str = BUILD, **files: str) -> str:
    check = find_check("container-mount-not-used")
    assert check is not None
    readme = f"# greeter\n\n```bash\n{build}\n{run}\n```\n"
    tree = {
        "README.md": readme,
        "Dockerfile": IMAGE,
        **{name.replace("__", "."): text for name, text in files.items()},
    }
    return report(tree, check).results[0].outcome.value


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("docker run --rm -it -v $(pwd):/work greeter", "gap"),
        ('docker run --rm -it -v "$PWD":/work:ro greeter chat', "gap"),
        ("docker container run --name x --volume=.:/work docker.io/acme/greeter:1", "gap"),
        ("podman run --mount type=bind,source=$(pwd),target=/work greeter", "gap"),
        ("docker run -t -v $(pwd):/work greeter\ndocker run -v $(pwd):/work greeter run", "gap"),
        ("docker run -v $(pwd):/work -w /work greeter", "passed"),
        ("docker run -v $(pwd):/work greeter read /work/x", "passed"),
        ("docker run -v $(pwd):/work -e ROOT=/work greeter", "passed"),
        ("docker run -v $(pwd):/home/greeter greeter", "passed"),
        ("docker run -v $(pwd):/home/greeter/data greeter", "passed"),
        ("docker run -v $(pwd):/known greeter", "passed"),
        ("docker run -v ./data:/data greeter", "not applicable"),
        ("docker run -v $(pwd):/work other", "not applicable"),
        ("docker run --rm -v", "not applicable"),
        ("docker ps", "not applicable"),
        ("docker run greeter", "not applicable"),
    ],
)
def test_mounts(run: str, expected: str) -> None:
    assert outcome(run) == expected


RUN = "docker run -v $(pwd):/work greeter"


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        ("docker build --tag=greeter --file Dockerfile .", "gap"),
        ("docker buildx build --load -t greeter .", "gap"),
        ("docker build -t greeter", "gap"),
        ("docker build -t greeter -f other/Dockerfile .", "not applicable"),
    ],
)
def test_builds(build: str, expected: str) -> None:
    assert outcome(RUN, build) == expected


def test_code_that_names_the_place_uses_it() -> None:
    assert outcome(RUN, app__py='ROOT = "/work/files"\n') == "not applicable"
    assert outcome(RUN, start__sh="#!/bin/sh\ncd /work\n") == "not applicable"
    assert outcome(RUN, start__sh="#!/bin/sh\ncd /workers\n") == "gap"


def test_code_that_mounts_there_speaks_of_containers_of_its_own() -> None:
    program = 'run(["docker", "run", "-v", f"{root}:/work:ro", "sandbox"])\nrun("cd /work && make")\n'
    assert outcome(RUN, app__py=program) == "gap"


def test_an_image_without_a_workdir_works_at_the_root() -> None:
    assert outcome(RUN, Dockerfile='FROM scratch\nCOPY greeter /\nENTRYPOINT ["/greeter"]\n') == "passed"
