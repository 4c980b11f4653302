"""Programs that a service waits for, in each language, and what counts as a limit."""

from __future__ import annotations

import pytest

from checks import Outcome
from tests.checks.verdicts import said

PYTHON = 'import asyncio\nimport subprocess\nimport uvicorn\nfrom subprocess import check_output\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\nasync def work(url, options):\n    %s\n\n\nif __name__ == "__main__":\n    uvicorn.run(app)\n'
GO = 'package main\n\nimport (\n\t"net/http"\n\t"os/exec"\n)\n\nfunc main() {\n\t%s\n\thttp.ListenAndServe(":80", nil)\n}\n'
NODE = 'import express from "express";\nimport { execFile, exec } from "node:child_process";\n\nconst app = express();\nexport function work(options) {\n  %s\n}\napp.listen(80);\n'
RUST = "use std::process::Command;\n\n#[tokio::main]\nasync fn main() {\n    %s\n    let app = axum::Router::new();\n    axum::serve(listener, app).await.unwrap();\n}\n"
STARTED = "process = await asyncio.create_subprocess_exec('git')\n    "
LANGUAGES = {
    "python": ("main.py", PYTHON, {"Dockerfile": 'FROM python:3.12\nCMD ["python", "main.py"]\n'}),
    "go": ("main.go", GO, {"go.mod": "module shop\n\ngo 1.24\n", "Dockerfile": "FROM scratch\n"}),
    "node": ("server.ts", NODE, {"package.json": '{"name": "shop", "scripts": {"start": "node server.ts"}}', "Dockerfile": 'FROM node:22\nCMD ["node", "server.ts"]\n'}),
    "rust": ("src/main.rs", RUST, {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n[dependencies]\naxum = "0.8"\n', "Dockerfile": "FROM rust:1\n"}),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("python", "subprocess.run(['git', 'clone', url])", ["work: subprocess.run"]),
        ("python", "check_output(['git', 'clone', url])", ["work: check_output"]),
        ("python", "subprocess.run(['git', 'clone', url], **options)", Outcome.PASSED),
        ("python", "subprocess.run(['git', '--version'])", Outcome.PASSED),
        ("python", STARTED + "await process.communicate()", ["work: process.communicate"]),
        ("python", STARTED + "process.send_signal(2)", Outcome.PASSED),
        ("python", STARTED + "await asyncio.wait_for(process.wait(), 9)", Outcome.PASSED),
        ("go", 'exec.Command("git", "clone").Run()', ["main: exec.Command"]),
        ("go", 'exec.CommandContext(ctx, "git", "clone").Run()', Outcome.PASSED),
        ("go", 'exec.Command("xdg-open", "address").Start()', Outcome.PASSED),
        ("go", 'command := exec.Command("git")\n\tcommand.Start()\n\tcommand.Wait()', ["main: exec.Command"]),
        ("node", 'execFile("git", ["clone"], () => {});', ["work: execFile"]),
        ("node", 'execFile("git", ["clone"], { timeout: 9 }, () => {});', Outcome.PASSED),
        ("node", 'execFile("git", ["clone"], options);', Outcome.PASSED),
        ("rust", 'Command::new("git").arg("clone").output().unwrap();', ["main: Command::new().arg().output"]),
        ("rust", 'Command::new("git").spawn().unwrap();', Outcome.PASSED),
    ],
)  # fmt: skip
def test_services(language: str, code: str, expected: list[str] | Outcome) -> None:
    path, text, rest = LANGUAGES[language]
    assert said("command-without-timeout", {path: text % code, **rest}) == expected


def test_a_caller_sets_the_limit() -> None:
    caller = "import asyncio\nfrom runner import execute\n\n\nasync def limited(url):\n    await asyncio.wait_for(execute(url), 60)\n"
    runner = "import subprocess\n\n\nasync def execute(url):\n    subprocess.run(['git', 'clone', url])\n"
    path, text, rest = LANGUAGES["python"]
    files = {path: "import caller\nimport runner\n" + text % "pass", "runner.py": runner, **rest}
    assert said("command-without-timeout", files) == ["execute: subprocess.run"]
    assert said("command-without-timeout", {**files, "caller.py": caller}) is Outcome.PASSED


def test_a_deployed_worker_serves_nothing_and_may_hang_all_the_same() -> None:
    files = {
        "worker/main.py": "import subprocess\n\n\ndef work():\n    subprocess.run(['make'])\n\n\nwork()\n",
        "worker/Dockerfile": 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n',
        "compose.yml": "services: {worker: {build: ./worker}}\n",
    }
    assert said("command-without-timeout", files) == ["work: subprocess.run"]


def test_another_program_beside_the_service_is_started_by_hand() -> None:
    path, text, rest = LANGUAGES["go"]
    tool = 'package main\n\nimport "os/exec"\n\nfunc main() {\n\texec.Command("gcloud", "run").Run()\n}\n'
    assert said("command-without-timeout", {path: text % "", **rest, "cmd/push/main.go": tool, "scripts/a.sh": "#!/bin/sh\nmake\n"}) is Outcome.PASSED  # fmt: skip


def test_what_only_a_script_of_the_package_reaches_is_no_part_of_the_service() -> None:
    path, text, rest = LANGUAGES["node"]
    package = '{"name": "shop", "scripts": {"start": "node server.ts", "fetch": "node extra/fetch.mjs"}}'
    fetch = 'import { execFileSync } from "node:child_process";\n\nexecFileSync("git", ["clone"]);\n'
    files = {path: text % "", **rest, "package.json": package, "extra/fetch.mjs": fetch}
    assert said("command-without-timeout", files) is Outcome.PASSED
    served = {**files, path: 'import "./extra/fetch.mjs";\n' + text % ""}
    assert said("command-without-timeout", served) == ["module: execFileSync"]
    by_hand = {
        "jobs/answer.ts": text % "",
        "extra/fetch.mjs": fetch,
        "package.json": package.replace("start", "answer").replace("server.ts", "jobs/answer.ts"),
        "Dockerfile": "FROM node:22\nCOPY . .\n",
    }
    assert said("command-without-timeout", by_hand) == ["module: execFileSync"]
