"""Lines are JSON unless a person watches, and secrets are cut out of them whoever wrote them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.log import CUT, configure_logs, get_logger, without_secrets


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged; afterwards the loggers are as they were."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    configure_logs("info", "json", stream)
    yield stream
    root.handlers, root.level = before


SECRETS = [
    "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
    "ghs_1234567_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_x",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_11ABCDEFG0123456789_abcdefghij",
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_what_looks_like_a_secret_is_cut_out(secret: str) -> None:
    assert without_secrets(f"before {secret} after") == f"before {CUT} after"


def test_a_password_in_an_address_is_cut_out() -> None:
    assert without_secrets("postgresql://me:hunter2@host/db") == f"postgresql://{CUT}@host/db"


def test_a_line_is_one_json_object_without_secrets(lines: io.StringIO) -> None:
    get_logger().info("review", head="a" * 40, nested={"token": SECRETS[0]}, listed=[SECRETS[1]])
    line = json.loads(lines.getvalue())
    assert line["event"] == "review"
    assert line["level"] == "info"
    assert line["head"] == "a" * 40
    assert line["nested"] == {"token": CUT}
    assert line["listed"] == [CUT]


def test_other_libraries_lines_are_of_the_same_form_and_as_clean(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("sent %s", SECRETS[0])
    line = json.loads(lines.getvalue())
    assert line["event"] == f"sent {CUT}"
    assert line["logger"] == "some.library"


def test_an_error_of_a_library_is_logged_without_secrets(lines: io.StringIO) -> None:
    try:
        int(f"bad {SECRETS[0]}")
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    assert SECRETS[0] not in lines.getvalue()
    assert "ValueError" in lines.getvalue()


def test_debug_is_not_shown_at_info(lines: io.StringIO) -> None:
    get_logger().debug("detail")
    assert lines.getvalue() == ""


def test_a_person_gets_plain_text(lines: io.StringIO) -> None:
    stream = io.StringIO()
    configure_logs("info", "console", stream)
    get_logger().info("listening", address="http://127.0.0.1:1")
    assert "listening" in stream.getvalue()
    assert not stream.getvalue().startswith("{")
