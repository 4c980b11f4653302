"""gonogo demo, from the command to the comment on the page, and back to a quiet machine."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.bot.cli.conftest import Change

SECONDS = 120  # this machine may be busy


@contextmanager
def demo(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The running demo and the address of its page."""
    command = [sys.executable, "-m", "bot", "demo", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            first = process.stdout.readline()
            assert first.startswith("The pull request:"), first
            yield first.split()[-1], process
        finally:
            process.terminate()  # not killed: its database is to end with it
            process.communicate(timeout=SECONDS)


def fetched(address: str) -> str:
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
        text: str = answer.read().decode()
        return text


def wait_for_comment(page: str) -> None:
    """Until the app has written its comment; the sandbox keeps a list of the requests it got."""
    host = page.split("/", 3)[2]
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        requests = json.loads(fetched(f"http://{host}/_sandbox/requests"))
        if any(r["method"] == "POST" and r["path"].endswith("/comments") for r in requests):
            return
        time.sleep(0.1)
    pytest.fail("no comment was written")


@pytest.mark.parametrize("own", [False, True], ids=["sample", "own repository"])
def test_the_demo_shows_a_review(change: Change, *, own: bool) -> None:
    """The page shows the verdict; Ctrl-C ends everything with status 0 and leaves nothing behind."""
    arguments = ("--repo", str(change.path), "--base", "main", "--head", "change") if own else ()
    with demo(*arguments) as (page, process):
        wait_for_comment(page)
        shown = fetched(page)
        assert "No-go" in shown
        if own:
            assert "docs/guide.md" in shown
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SECONDS)
        assert process.returncode == 0
    left = [pid for pid in children if Path(f"/proc/{pid}/cmdline").exists() and "bot" in _command(pid)]
    assert left == []


def test_a_port_in_use_is_bad_usage() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "bot", "demo", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("gonogo: can't listen on 127.0.0.1 (see --port): ")


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
