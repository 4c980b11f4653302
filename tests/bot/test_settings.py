"""Every variable is checked, a wrong one is named in one line, and no secret is ever shown."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from bot.settings import Settings, SettingsError, load_settings

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = _KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
LOCKED = _KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")).decode()
CURVE = ec.generate_private_key(ec.SECP256R1()).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
)


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without any of our variables, in an empty folder."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def _configure(environment: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in {"APP_ID": "7", "PRIVATE_KEY": PEM, "WEBHOOK_SECRET": "s3cret", **variables}.items():
        environment.setenv(name, value)


def test_an_empty_environment_has_defaults_and_no_credentials(environment: pytest.MonkeyPatch) -> None:
    settings = load_settings()
    assert settings.credentials() is None
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 8080, "info")
    assert settings.github_api_url == "https://api.github.com"
    assert settings.web_url == "https://github.com"


@pytest.mark.parametrize(
    "written",
    [PEM, PEM.replace("\n", "\\n"), base64.b64encode(PEM.encode()).decode(), f"\n  {PEM}  "],
    ids=["PEM", "escaped line ends", "base64", "with blanks around"],
)
def test_the_private_key_is_read_in_every_usual_form(environment: pytest.MonkeyPatch, written: str) -> None:
    _configure(environment, PRIVATE_KEY=written)
    credentials = load_settings().credentials()
    assert credentials is not None
    assert credentials.private_key.strip() == PEM.strip()
    assert (credentials.app_id, credentials.webhook_secret) == (7, "s3cret")


def test_the_private_key_is_read_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(PEM)
    _configure(environment, PRIVATE_KEY="", PRIVATE_KEY_PATH=str(tmp_path / "key.pem"))
    credentials = load_settings().credentials()
    assert credentials is not None
    assert credentials.private_key.strip() == PEM.strip()


@pytest.mark.parametrize(
    ("variables", "name", "reason"),
    [
        ({"APP_ID": "seven"}, "APP_ID", "integer"),
        ({"APP_ID": "0"}, "APP_ID", "greater"),
        ({"APP_ID": ""}, "APP_ID", "is missing"),
        ({"WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET", "is missing"),
        ({"PRIVATE_KEY": ""}, "PRIVATE_KEY or PRIVATE_KEY_PATH", "is missing"),
        ({"PRIVATE_KEY": "nonsense!"}, "PRIVATE_KEY", "neither a PEM"),
        ({"PRIVATE_KEY": "-----BEGIN RSA PRIVATE KEY-----\nAAAA"}, "PRIVATE_KEY", "not a readable PEM"),
        ({"PRIVATE_KEY": LOCKED}, "PRIVATE_KEY", "without a password"),
        ({"PRIVATE_KEY": CURVE.decode()}, "PRIVATE_KEY", "not an RSA"),
        ({"PRIVATE_KEY": "", "PRIVATE_KEY_PATH": "/nowhere/key.pem"}, "PRIVATE_KEY_PATH", "can't be read"),
        ({"PORT": "http"}, "PORT", "integer"),
        ({"PORT": "70000"}, "PORT", "less than"),
        ({"GITHUB_API_URL": "api.github.com"}, "GITHUB_API_URL", "http or https"),
        ({"PUBLIC_URL": "ftp://example.com"}, "PUBLIC_URL", "http or https"),
        ({"DATABASE_URL": "mysql://user:s3cret@host/db"}, "DATABASE_URL", "postgresql://"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL", "debug"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT", "json"),
        ({"CONCURRENCY": "0"}, "CONCURRENCY", "greater"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_value_is_one_line_that_names_it(
    environment: pytest.MonkeyPatch, variables: dict[str, str], name: str, reason: str
) -> None:
    _configure(environment, **variables)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    message = str(raised.value)
    assert message.startswith(f"{name}: ")
    assert reason in message
    assert "\n" not in message
    assert "s3cret" not in message
    assert PEM.splitlines()[1] not in message


def test_several_wrong_values_are_all_named(environment: pytest.MonkeyPatch) -> None:
    _configure(environment, PORT="x", LOG_LEVEL="loud")
    with pytest.raises(SettingsError, match=r"PORT: .*; LOG_LEVEL: "):
        load_settings()


def test_an_enterprise_server_has_its_pages_beside_its_api(environment: pytest.MonkeyPatch) -> None:
    _configure(environment, GITHUB_API_URL="https://github.example.com/api/v3/")
    settings = load_settings()
    assert settings.github_api_url == "https://github.example.com/api/v3"
    assert settings.web_url == "https://github.example.com"


def test_neither_settings_nor_credentials_show_their_secrets(environment: pytest.MonkeyPatch) -> None:
    _configure(environment, DATABASE_URL="postgresql://user:hunter2@host/db")
    settings = load_settings()
    shown = f"{settings!r} {settings} {settings.credentials()!r}"
    assert "s3cret" not in shown
    assert "hunter2" not in shown
    assert "BEGIN" not in shown


def test_a_damaged_file_of_the_set_up_page_is_named(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "credentials.json").write_text(json.dumps({"app_id": 7}))
    with pytest.raises(SettingsError, match=r"DATA_DIR: credentials\.json can't be used"):
        load_settings()


def test_every_setting_is_described() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
