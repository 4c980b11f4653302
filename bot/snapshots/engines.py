"""Programs that look at one file (engines): run apart from the repository's configuration, bounded in time, memory and output.

What an engine says of a file is what the facts of its kind are extracted from. One that is absent or fails leaves the
file unreadable as that kind: the checks that rest on it are undecided, never passed.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checks import engine_of, extract, unreadable

SECONDS = 8  # by the clock; less than a file may take in a worker, so that the worker outlives its engine
_OUTPUT = 8_000_000  # bytes
_ABSENT = " is not installed"


@dataclass(frozen=True, slots=True)
class Engine:
    """How a program is called: `file` is the name under which it gets the content, in an otherwise empty folder."""

    program: str
    file: str
    arguments: tuple[str, ...]
    statuses: frozenset[int] = frozenset({0})


ENGINES = {
    "zizmor": Engine(
        "zizmor",
        ".github/workflows/workflow.yml",
        (
            "--offline",
            "--no-config",
            "--no-ignores",
            "--no-exit-codes",
            "--no-progress",
            "--quiet",
            "--format=json",
        ),
    ),
    "hadolint": Engine("hadolint", "Dockerfile", ("--no-fail", "--disable-ignore-pragma", "--format=json")),
    "shellcheck": Engine(
        "shellcheck", "script.sh", ("--norc", "--format=json1", "--severity=warning"), frozenset({0, 1})
    ),
}


def read(kind: str, data: bytes) -> bytes:
    """The JSON of a blob's facts as `checks.extract` makes it, by way of the kind's engine where it has one."""
    name = engine_of(kind)
    if name is None:
        return extract(kind, data)
    program = _installed(ENGINES[name].program)
    if program is None:
        return unreadable(f"{name}{_ABSENT}")
    try:
        return extract(kind, _run(ENGINES[name], program, data))
    except subprocess.TimeoutExpired:
        return unreadable(f"{name} took more than {SECONDS} seconds")
    except EngineError as error:
        return unreadable(f"{name} {error}")


def for_want_of_engine(facts: bytes) -> bool:
    """Whether a file is unreadable only because this machine lacks an engine: nothing to remember."""
    return facts in {unreadable(f"{name}{_ABSENT}") for name in ENGINES}


class EngineError(Exception):
    """The engine ended without an answer; the text says how, and quotes nothing of the file."""


@lru_cache(maxsize=8)
def _installed(program: str) -> str | None:
    """Beside our own interpreter first: there the version is the locked one."""
    beside = Path(sys.executable).parent / program
    return str(beside) if beside.exists() else shutil.which(program)


def _run(engine: Engine, program: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gonogo-") as folder:
        file = Path(folder, engine.file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        with Path(folder, "output").open("w+b") as output:
            ended = subprocess.run(
                [program, *engine.arguments, engine.file],
                cwd=folder,
                env={"HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                preexec_fn=_limit,
                check=False,
            )
            if ended.returncode not in engine.statuses:
                raise EngineError(f"ended with status {ended.returncode}")
            output.seek(0)
            return output.read()


def _limit() -> None:
    """In the engine's process, before it starts. More output than allowed ends it with SIGXFSZ."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_OUTPUT, _OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
