"""Progress is for long work on a terminal, and on standard error."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.bot.snapshots.repositories import GitRepository


@pytest.mark.parametrize(("files", "seen"), [(1_100, True), (20, False)])
def test_a_bar_for_long_work(tmp_path: Path, files: int, *, seen: bool) -> None:
    """Standard output stays clean JSON meanwhile."""
    with closing(GitRepository(tmp_path / "r.git")) as git:
        git.commit({f"docs/{number}.md": f"# Page {number}\n" for number in range(files)})
    command = [sys.executable, "-m", "bot", "audit", "--repo", str(tmp_path / "r.git"), "--format", "json"]
    ours, theirs = pty.openpty()
    try:
        with (
            ThreadPoolExecutor(1) as reading,
            subprocess.Popen(
                command, stdout=-1, stderr=theirs, env={**os.environ, "TERM": "xterm"}
            ) as process,
        ):
            os.close(theirs)
            written = reading.submit(_all_of, ours)  # a terminal that nobody reads stops who writes
            out, _ = process.communicate()
    finally:
        os.close(ours)
    assert (process.returncode, out[:1]) == (0, b"{")
    assert (b"Reading files" in written.result()) is seen
    assert bool(written.result()) is seen


def _all_of(terminal: int) -> bytes:
    """Until nobody holds the other end."""
    written = b""
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            written += part
    return written
