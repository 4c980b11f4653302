"""Programs that code starts, against what the images of the code hold."""

from __future__ import annotations

import pytest

from checks import find_check
from tests.checks.trees import report

PYTHON = "import subprocess\n\n\ndef work(path, extra):\n    "
GO = 'package main\n\nimport "os/exec"\n\nfunc main() {\n\t%s\n}\n'
NODE = 'import { spawn, execSync } from "child_process";\n%s\n'


def outcome(base: str, files: dict[str, str], start: str = '["python", "worker.py"]', extra: str = "") -> str:
    check = find_check("external-binary-not-in-image")
    assert check is not None
    dockerfile = f"FROM {base}\nWORKDIR /app\n{extra}\nCOPY . .\nCMD {start}\n"
    return report({"Dockerfile": dockerfile, **files}, check).results[0].outcome.value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('subprocess.run(["ffmpeg", path])', "gap"),
        ('subprocess.run("ffmpeg -i x", shell=True)', "gap"),
        ('subprocess.run(args=["ffmpeg", path])', "gap"),
        ('command = ["ffmpeg", "-i", path]\n    subprocess.run(command)', "gap"),
        ('cli_path = "ffmpeg"\n    subprocess.run([cli_path, path])', "gap"),
        ('runner.execute(command=["ffmpeg", path])', "gap"),
        ("runner.execute(command=extra)", "not applicable"),
        ('docker.containers.run(command=["ffmpeg", path])', "not applicable"),
        ('runner.knows(command=["ffmpeg", path])', "not applicable"),
        ('known = ["ffmpeg", "sox"]\n    subprocess.run(extra)', "not applicable"),
        ("subprocess.run(timeout=3)", "not applicable"),
        ('subprocess.run("")', "not applicable"),
        ('subprocess.run(["/opt/bin/ffmpeg", path])', "not applicable"),
        ('subprocess.run(["sh", path])', "not applicable"),
        ('run(["ffmpeg", path])', "not applicable"),
        ('shutil.which("ffmpeg") and subprocess.run(["ffmpeg", path])', "not applicable"),
        ('subprocess.run("command -v ffmpeg", shell=True)\n    subprocess.run(["ffmpeg"])', "not applicable"),
    ],
)
def test_python(line: str, expected: str) -> None:
    assert outcome("python:3.12-slim", {"worker.py": f"{PYTHON}{line}\n"}) == expected


@pytest.mark.parametrize(
    ("base", "program", "extra", "expected"),
    [
        ("python:3.12", "ffmpeg", "", "gap"),
        ("python:3.12", "git", "", "passed"),
        ("python:3.12-slim", "git", "", "gap"),
        ("python:3.12-slim", "node", "", "gap"),
        ("python:3.12-alpine", "wget", "", "passed"),
        ("alpine:3.20", "git", "", "gap"),
        ("debian:12", "curl", "", "gap"),
        ("registry.example.com/base:1", "ffmpeg", "", "undecided"),
        ("${BASE}", "ffmpeg", "", "undecided"),
        ("python:3.12-slim", "psql", "RUN apt-get install -y postgresql-client-16", "passed"),
        ("python:3.12-slim", "ffmpeg", "RUN ./install.sh", "passed"),
        ("python:3.12-slim", "ffmpeg", "COPY --from=mwader/static-ffmpeg /ffmpeg /usr/local/bin/", "passed"),
    ],
)
def test_what_images_hold(base: str, program: str, extra: str, expected: str) -> None:
    assert outcome(base, {"worker.py": f'{PYTHON}subprocess.run(["{program}"])\n'}, extra=extra) == expected


def test_a_program_of_the_tree_is_there() -> None:
    files = {"worker.py": f'{PYTHON}subprocess.run(["ffmpeg"])\n', "bin/ffmpeg": "x"}
    assert outcome("python:3.12-slim", files) == "passed"


def test_code_of_no_image_is_not_judged() -> None:
    files = {"worker.py": "x = 1\n", "other.py": f'{PYTHON}subprocess.run(["ffmpeg"])\n'}
    assert outcome("python:3.12-slim", files) == "not applicable"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('exec.Command("git", "fetch").Run()', "gap"),
        ('exec.CommandContext(ctx, "git", "fetch").Run()', "gap"),
        ("exec.Command(program).Run()", "not applicable"),
        ('exec.LookPath("git"); exec.Command("git").Run()', "not applicable"),
    ],
)
def test_go(line: str, expected: str) -> None:
    files = {"go.mod": "module example.com/x\n", "main.go": GO % line}
    build = "RUN go build -o /usr/local/bin/x ."
    assert outcome("golang:1.24-alpine", files, '["/usr/local/bin/x"]', build) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('spawn("git", ["fetch"]);', "gap"),
        ('execSync("git fetch");', "gap"),
        ('spawn("node", ["x.js"]);', "passed"),
        ("spawn(program);", "not applicable"),
    ],
)
def test_node(line: str, expected: str) -> None:
    files = {"package.json": '{"private": true}', "server.js": NODE % line}
    assert outcome("node:22-slim", files, '["node", "server.js"]') == expected


def test_without_the_module_a_function_of_that_name_starts_nothing() -> None:
    files = {"package.json": '{"private": true}', "server.js": 'spawn("git");\n'}
    assert outcome("node:22-slim", files, '["node", "server.js"]') == "not applicable"
