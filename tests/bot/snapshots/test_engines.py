"""Engines: what they say becomes facts; absent, failing, slow or talkative ones cost that file's kind and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.snapshots import engines
from bot.snapshots.engines import ENGINES, Engine, for_want_of_engine, read
from bot.snapshots.extraction import Extractor, Task
from checks import extract, unreadable

DOCKERFILE = b"FROM debian:12\nRUN curl https://example.com/a | sh\n"


def script(folder: Path, body: str) -> str:
    """A program of one's own in an engine's place."""
    program = folder / "engine"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return str(program)


def in_place_of_hadolint(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setitem(ENGINES, "hadolint", Engine(program, "Dockerfile", ()))


def test_kinds_without_an_engine_are_extracted_as_ever() -> None:
    """The file itself is what is read."""
    assert read("dockerfile", DOCKERFILE) == extract("dockerfile", DOCKERFILE)


def test_a_worker_runs_the_engine() -> None:
    """The whole way: a worker process, under its limits, and the locked program."""
    with Extractor(1) as pool:
        facts = pool.run([Task("blob", "dockerfile-audit", DOCKERFILE)])
    assert b'"rule":"DL4006"' in facts["blob", "dockerfile-audit"]


def test_the_file_can_not_silence_the_engine() -> None:
    """Comments that switch rules off are the author's, and the author is who is reviewed."""
    silenced = b"# hadolint global ignore=DL4006\n" + DOCKERFILE
    assert b"DL4006" in read("dockerfile-audit", silenced)
    workflow = b'on: issues\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo "${{ github.event.issue.title }}" # zizmor: ignore[template-injection]\n'
    assert b"template-injection" in read("workflow-audit", workflow)


def test_an_absent_engine_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is unreadable as that kind until the engine is installed."""
    in_place_of_hadolint(monkeypatch, "no-such-engine")
    facts = read("dockerfile-audit", DOCKERFILE)
    assert facts == unreadable("hadolint is not installed")
    assert for_want_of_engine(facts)
    assert not for_want_of_engine(unreadable("not UTF-8 at byte 3"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("exit 3", "hadolint ended with status 3"),
        ("kill -SEGV $$", "hadolint ended with status -11"),
        ("echo '{'", "hadolint's output has another form: JSONDecodeError"),
        ("echo '[{}]'", "hadolint's output has another form: KeyError"),
        ("head -c 9000000 /dev/zero", "hadolint ended with status"),
    ],
)
def test_a_failing_engine_leaves_the_file_unreadable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str, reason: str
) -> None:
    """The reason says how it failed and quotes nothing."""
    in_place_of_hadolint(monkeypatch, script(tmp_path, body))
    assert reason.encode() in read("dockerfile-audit", DOCKERFILE)


def test_a_slow_engine_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By the clock."""
    monkeypatch.setattr(engines, "SECONDS", 1)
    in_place_of_hadolint(monkeypatch, script(tmp_path, "exec sleep 30"))
    assert read("dockerfile-audit", DOCKERFILE) == unreadable("hadolint took more than 1 seconds")


def test_the_engine_sees_the_file_and_nothing_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An empty folder but for the file, and no secrets in its environment."""
    monkeypatch.setenv("WEBHOOK_SECRET", "hush")
    seen = tmp_path / "seen"
    in_place_of_hadolint(monkeypatch, script(tmp_path, f"(ls -A; env) > {seen}; echo '[]'"))
    assert read("dockerfile-audit", DOCKERFILE) == b'{"findings":[]}'
    assert "hush" not in seen.read_text()
    assert seen.read_text().splitlines()[:2] == ["Dockerfile", "output"]
