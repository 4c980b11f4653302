"""Bad usage is one clear line and exit status 2; our own failure is 3 with a report; the rest ends quietly."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.cli.deadline import deadline
from bot.cli.errors import guarded
from tests.bot.cli.conftest import Change, Gonogo

COMMAND = (sys.executable, "-m", "bot")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "--repo", "/"], "not a git repository"),
        (["audit", "--repo", "REPO", "--rev", "nope"], "no commit 'nope'"),
        (["audit", "--repo", "REPO", "--format", "xml"], "'xml' is not one of 'text'"),
        (["audit", "--repo", "REPO", "--policy", "/nowhere.yml"], "/nowhere.yml: can't be read"),
        (["audit", "--repo", "REPO", "--policy", "BAD"], "bad.yml:1: fail_on: input should be"),
        (["audit", "--repo", "REPO", "--policy", "BINARY"], "not UTF-8"),
        (["review", "--repo", "REPO"], "Missing option '--base'"),
        (["review", "--repo", "REPO", "--base", "main", "--head", "stranger"], "no common ancestor"),
        (["explain", "no-metric"], "did you mean"),
        (["explain", "zzzzzz"], "lists them"),
        (["checks", "--area", "cooking"], "no checks in an area 'cooking'; there are: "),
        (["deploy"], "No such command 'deploy'"),
        (["audit", "--nope"], "No such option"),
        (["demo", "--repo", "REPO"], "need --base"),
        (["demo", "--repo", "REPO", "--base", "main", "--head", "stranger"], "no common ancestor"),
    ],
)
def test_bad_usage(gonogo: Gonogo, change: Change, tmp_path: Path, arguments: list[str], said: str) -> None:
    bad, binary = tmp_path / "bad.yml", tmp_path / "binary.yml"
    bad.write_text("fail_on: tomorrow\n")
    binary.write_bytes(b"\xff\xfe")
    change.git.commit({"z": "1"}, branch="stranger")
    names = {"REPO": str(change.path), "BAD": str(bad), "BINARY": str(binary)}
    done = gonogo(*(names.get(argument, argument) for argument in arguments))
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("gonogo: ")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_without_a_command(gonogo: Gonogo) -> None:
    done = gonogo()
    assert (done.status, done.out) == (2, "")
    assert "Usage: gonogo" in done.err


def test_help(gonogo: Gonogo) -> None:
    done = gonogo("--help")
    assert (done.status, done.err) == (0, "")
    for command in ("audit", "review", "checks", "explain", "serve", "demo", "doctor"):
        assert command in done.out


def fail() -> None:
    raise ZeroDivisionError("password of the repository")


def test_our_own_failure(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that can be pasted in public: version, command, our own lines; not what the error quotes."""
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    assert guarded(fail, ["audit", "--repo", "a b"]) == 3
    said = capsys.readouterr().err
    assert said.startswith("gonogo: its own failure, not your repository's: ZeroDivisionError\n")
    assert "    $ gonogo audit --repo 'a b'\n" in said
    assert "    test_usage.py:" in said
    assert "in fail\n" in said
    assert "password" not in said


def test_our_own_failure_in_full_where_it_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert guarded(fail, ["audit"]) == 3
    assert "ZeroDivisionError: password of the repository" in capsys.readouterr().err


def test_a_command_that_would_go_on_for_ever_is_ended(gonogo: Gonogo, change: Change) -> None:
    """Also amid a check, which costs itself alone when it fails."""
    done = gonogo("audit", "--repo", str(change.path), "--timeout", "0.05")
    assert (done.status, done.out) == (3, "")
    assert (
        done.err == "gonogo: gave up: it took longer than 0.05 seconds; --timeout sets how long it may take\n"
    )


def test_out_of_time_ends_the_whole_audit(capsys: pytest.CaptureFixture[str]) -> None:
    def stubborn() -> None:
        with deadline(0.01):
            while True:
                with suppress(Exception):
                    time.sleep(1)

    assert guarded(stubborn, ["audit"]) == 3
    assert "gave up" in capsys.readouterr().err
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_interrupted() -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    assert guarded(interrupt, []) == 130


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Whoever starts the tests with `&` has them ignore the signal, and all that they start as well."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_on_a_running_command(tmp_path: Path) -> None:
    """The process answers 130 and shows no trace."""
    fifo = tmp_path / "policy.yml"
    os.mkfifo(fifo)
    with (
        subprocess.Popen(
            [*COMMAND, "audit", "--repo", Path(__file__).parent, "--policy", fifo],
            stdout=-1,
            stderr=-1,
            text=True,
        ) as process,
        fifo.open("w"),
    ):  # opens once the command reads its policy, and holds it there
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (130, "", "")


def test_a_reader_that_goes_away() -> None:
    """`gonogo checks | true`: no trace, and the status stays what it was."""
    with subprocess.Popen([*COMMAND, "checks"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_only_on_a_terminal(environment: dict[str, str], *, coloured: bool) -> None:
    inherited = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLORTERM", "FORCE_COLOR"}}
    written = on_terminal([*COMMAND, "checks"], {**inherited, "TERM": "xterm", **environment})
    assert b"broken-link" in written
    assert (b"\x1b[3" in written) is coloured


def on_terminal(command: list[str], environment: dict[str, str]) -> bytes:
    """What a command writes to a terminal, read while it writes: a terminal holds little."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=environment) as process:
        os.close(theirs)
        written = b"".join(_read(ours))
        assert process.stderr
        assert process.stderr.read() == b""
    os.close(ours)
    return written


def _read(terminal: int) -> Iterator[bytes]:
    with suppress(OSError):  # Linux says so when the other end is closed
        while data := os.read(terminal, 65_536):
            yield data


def test_starting_is_cheap() -> None:
    """The help is there without the engine, the server or a parser."""
    heavy = ("checks", "pydantic", "aiohttp", "pygit2", "tree_sitter", "rich.console", "psycopg")
    code = f"import sys; from bot.cli import run; run(['--help']); sys.exit(' '.join(m for m in {heavy!r} if m in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_catalogue(gonogo: Gonogo) -> None:
    listed = gonogo("checks").out
    assert "broken-link" in listed
    assert '"id": "broken-link"' in gonogo("checks", "--area", "claims", "--format", "json").out
    page = gonogo("explain", "broken-link").out
    assert page.startswith("# ")
    assert "## Fix" in page
