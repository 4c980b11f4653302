"""Progress is for long work on a terminal, and on standard error."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import closing
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
        done = subprocess.run(
            command, stdout=-1, stderr=theirs, env={**os.environ, "TERM": "xterm"}, check=True
        )
        os.set_blocking(ours, False)
        written = os.read(ours, 100_000) if seen else b""
        if not seen:
            with pytest.raises(BlockingIOError):
                os.read(ours, 1)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.stdout.startswith(b"{")
    assert (b"Reading files" in written) is seen
