"""gonogo serve and gonogo doctor: the environment is read, and what is wrong in it is said."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.settings import Settings
from tests.bot.cli.conftest import Gonogo


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """None of our variables but a DATA_DIR. Not below pytest's folder, which PostgreSQL's account can't enter."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    with tempfile.TemporaryDirectory(prefix="gonogo-", ignore_cleanup_errors=True) as folder:
        monkeypatch.setenv("DATA_DIR", folder)
        yield monkeypatch


def test_a_malformed_setting_is_one_line(gonogo: Gonogo, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("APP_ID", "seven")
    done = gonogo("serve")
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("gonogo: APP_ID: ")


def test_a_port_in_use(gonogo: Gonogo, environment: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environment.setenv("PORT", str(taken.getsockname()[1]))
        done = gonogo("serve")
    assert done.status == 2
    assert done.err.endswith("\n")
    assert "gonogo: can't listen on HOST and PORT: " in done.err


def test_a_database_that_is_not_there(gonogo: Gonogo, environment: pytest.MonkeyPatch) -> None:
    """Not the operator's words but what they name is at fault: one line, exit status 3."""
    key = rsa.generate_private_key(65537, 2048).private_bytes(
        Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    credentials = {"APP_ID": "7", "PRIVATE_KEY": key.decode(), "WEBHOOK_SECRET": "s"}
    for name, value in {**credentials, "DATABASE_URL": f"postgresql://127.0.0.1:{port}/none"}.items():
        environment.setenv(name, value)
    done = gonogo("serve")
    assert done.status == 3
    assert done.err.strip().split("\n")[-1].startswith("gonogo: ")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_well(environment: pytest.MonkeyPatch, asked: signal.Signals) -> None:
    """Without credentials it offers the set-up page; a signal ends it with status 0."""
    environment.setenv("PORT", "0")
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ, text=True
    ) as process:
        assert process.stderr
        assert process.stderr.readline().startswith("gonogo: listening on http://127.0.0.1:")
        process.send_signal(asked)
        process.communicate(timeout=120)
    assert process.returncode == 0


def test_doctor_names_what_is_missing(gonogo: Gonogo) -> None:
    done = gonogo("doctor")
    assert done.status == 2
    assert "✓ settings: " in done.out
    assert "✗ credentials: no GitHub App is configured" in done.out
    assert done.err == ""


def test_doctor_on_a_broken_setting(gonogo: Gonogo, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "eighty")
    done = gonogo("doctor")
    assert done.status == 2
    assert done.out.startswith("✗ settings: PORT: ")
