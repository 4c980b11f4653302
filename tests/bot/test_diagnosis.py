"""What `gonogo doctor` finds: each thing that has to be so, and what to do where it is not."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.diagnosis import Finding, _clock, _events, _identity, _permissions, diagnose
from bot.github.models import App
from bot.manifest import read_manifest
from bot.settings import Credentials, Settings
from sandbox.model import Repository
from sandbox.sandbox import Sandbox
from tests.bot.process import environment
from tests.bot.service import settings_for


@pytest.fixture
def configured(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, tmp_path: Path, database_url: str
) -> pytest.MonkeyPatch:
    """An environment in which all is well."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    settings = settings_for(sandbox, tmp_path, database_url=database_url)
    ours = {name.upper() for name in Settings.model_fields}
    for name, value in environment(settings).items():
        if name in ours:
            monkeypatch.setenv(name, value)
    sandbox.webhook_url = "http://127.0.0.1:1/webhook"
    return monkeypatch


async def found() -> dict[str, Finding]:
    return {finding.name: finding for finding in await diagnose()}


async def test_a_right_configuration_has_no_fault(configured: pytest.MonkeyPatch, shop: Repository) -> None:
    findings = await found()
    assert {finding.ok for finding in findings.values()} <= {True, None}
    names = {"settings", "database", "credentials", "GitHub", "clock", "app", "permissions", "webhook"}
    assert names <= set(findings)
    assert findings["installations"].message == "1"


async def test_an_unreadable_setting_is_the_only_finding(configured: pytest.MonkeyPatch) -> None:
    configured.setenv("PORT", "many")
    findings = await found()
    assert list(findings) == ["settings"]
    assert findings["settings"].ok is False
    assert findings["settings"].message.startswith("PORT: ")


async def test_no_credentials_are_told(configured: pytest.MonkeyPatch) -> None:
    for name in ("APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"):
        configured.delenv(name)
    findings = await found()
    assert findings["credentials"].ok is False
    assert "set-up page" in findings["credentials"].fix


async def test_a_key_of_another_app_is_told(configured: pytest.MonkeyPatch) -> None:
    configured.setenv("APP_ID", "999")
    findings = await found()
    assert findings["GitHub"].ok is False
    assert "does not accept the key" in findings["GitHub"].message


async def test_a_github_that_can_not_be_reached_is_told(configured: pytest.MonkeyPatch) -> None:
    configured.setenv("GITHUB_API_URL", "http://127.0.0.1:1")
    findings = await found()
    assert "can't be reached" in findings["GitHub"].message


async def test_a_database_that_does_not_answer_is_told_without_its_password(
    configured: pytest.MonkeyPatch,
) -> None:
    configured.setenv("DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/gonogo")
    findings = await found()
    assert findings["database"].ok is False
    assert "hunter2" not in findings["database"].message


async def test_a_data_dir_that_can_not_be_written_is_told(
    configured: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configured.delenv("DATABASE_URL")
    (tmp_path / "file").write_text("")
    configured.setenv("DATA_DIR", str(tmp_path / "file" / "data"))
    assert (await found())["database"].ok is False
    configured.setenv("DATA_DIR", str(tmp_path / "data"))
    assert (await found())["database"].ok is True
    assert not (tmp_path / "data").exists()


def test_lacking_permissions_and_events_are_named() -> None:
    app = App(7, "gonogo", "gonogo", "https://github.com/apps/gonogo", {"checks": "read"}, ())
    missing = _permissions(read_manifest(), app)
    assert missing.ok is False
    assert "checks: write" in missing.message
    assert "merge_group" in _events(read_manifest(), app).message
    assert "check_run" not in _events(read_manifest(), app).message


def test_an_optional_permission_may_be_lacking() -> None:
    granted = {name: level for name, level in read_manifest().permissions.items() if name != "actions"}
    found = _permissions(
        read_manifest(), App(7, "gonogo", "gonogo", "https://github.com/apps/gonogo", granted, ())
    )
    assert (found.ok, found.message) == (None, "the App lacks actions: read")


def test_a_clock_that_goes_wrong_is_told() -> None:
    assert _clock(timedelta(seconds=90)).message == "90 s ahead of GitHub's"
    assert _clock(timedelta(seconds=-90)).ok is False
    assert _clock(timedelta(seconds=2)).ok is True
    assert _clock(None).ok is None


def test_an_app_id_that_is_not_the_keys_is_told() -> None:
    app = App(8, "other", "other", "https://github.com/apps/other")
    assert _identity(Credentials(7, "", ""), app).ok is False
