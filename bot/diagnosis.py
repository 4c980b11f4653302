"""Is the configuration right, and what is missing: one finding for each thing that has to be so."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg

from bot.app import github_options
from bot.github.authentication import AppKey
from bot.github.errors import GitHubError, Unauthenticated, Unreachable
from bot.github.github import GitHub
from bot.github.models import App
from bot.github.repository import OPTIONAL_PERMISSIONS
from bot.log import without_secrets
from bot.manifest import Manifest, read_manifest
from bot.settings import Credentials, Settings, SettingsError, load_settings

_MOST_SKEW = timedelta(seconds=30)  # the App's tokens are backdated by sixty


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok` None: it could not be told, or is a matter of choice. `fix` says what to do about it."""

    name: str
    ok: bool | None
    message: str
    fix: str = ""


async def diagnose() -> tuple[Finding, ...]:
    """Look at everything that can be looked at; a finding for each, whatever state it is in."""
    try:
        settings = load_settings()
        credentials = settings.credentials()
    except SettingsError as error:
        return (Finding("settings", False, str(error), "Correct the variable; docs/settings.md lists them."),)
    found = [Finding("settings", True, "every value is readable"), await _database(settings)]
    if credentials is None:
        fix = "Set APP_ID, PRIVATE_KEY and WEBHOOK_SECRET, or run `gonogo serve` and open its set-up page."
        found.append(Finding("credentials", False, "no GitHub App is configured", fix))
    else:
        found.append(Finding("credentials", True, f"App {credentials.app_id}, its key is readable"))
        found += [finding async for finding in _github(settings, credentials)]
    return tuple(found)


async def _database(settings: Settings) -> Finding:
    if settings.database_url is None:
        return _embedded(settings.data_dir)
    conninfo = settings.database_url.get_secret_value()
    try:
        async with await psycopg.AsyncConnection.connect(conninfo, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        reason = without_secrets((str(error).strip().splitlines() or [type(error).__name__])[0])
        return Finding(
            "database", False, f"DATABASE_URL: {reason}", "Start the database or correct DATABASE_URL."
        )
    return Finding("database", True, f"PostgreSQL {version} at DATABASE_URL answers")


def _embedded(data_dir: Path) -> Finding:
    """Not started for a look: the folder has to be ours to write."""
    folder = next(path for path in (data_dir.resolve(), *data_dir.resolve().parents) if path.exists())
    try:
        probe = folder / ".gonogo-doctor"
        probe.touch()
        probe.unlink()
    except OSError as error:
        return Finding(
            "database",
            False,
            f"DATA_DIR {data_dir} can't be written: {error.strerror}",
            "Choose another DATA_DIR.",
        )
    return Finding("database", True, f"the embedded PostgreSQL keeps its data in {data_dir}")


async def _github(settings: Settings, credentials: Credentials) -> AsyncIterator[Finding]:
    key = AppKey(credentials.app_id, credentials.private_key)
    async with GitHub.connect(key, github_options(settings)) as github:
        try:
            app = await github.app.app()
        except GitHubError as error:
            for finding in _refused(settings, error):
                yield finding
            return
        yield Finding("GitHub", True, f"{settings.github_api_url} answers and accepts the key")
        yield _clock(github.app.skew)
        yield _identity(credentials, app)
        manifest = read_manifest()
        yield _permissions(manifest, app)
        yield _events(manifest, app)
        yield await _webhook(github)
        yield await _installations(github, app)


def _refused(settings: Settings, error: GitHubError) -> tuple[Finding, ...]:
    if isinstance(error, Unauthenticated):
        fix = "APP_ID and PRIVATE_KEY must belong to the same App; make a new key on its settings page if in doubt."
        refused = Finding("GitHub", False, f"{settings.github_api_url} does not accept the key", fix)
        return (refused, _clock(error.skew))
    where = "can't be reached" if isinstance(error, Unreachable) else f"does not answer: {error}"
    return (
        Finding(
            "GitHub", False, f"{settings.github_api_url} {where}", "Check the network and GITHUB_API_URL."
        ),
    )


def _clock(skew: timedelta | None) -> Finding:
    if skew is None:
        return Finding("clock", None, "GitHub's time is not known")
    seconds = round(skew.total_seconds())
    if abs(skew) > _MOST_SKEW:
        way = "ahead of" if seconds > 0 else "behind"
        return Finding(
            "clock", False, f"{abs(seconds)} s {way} GitHub's", "Synchronise this machine's clock (NTP)."
        )
    return Finding("clock", True, "agrees with GitHub's")


def _identity(credentials: Credentials, app: App) -> Finding:
    if app.id != credentials.app_id:
        return Finding(
            "app", False, f"the key belongs to App {app.id}, APP_ID is {credentials.app_id}", "Set APP_ID."
        )
    return Finding("app", True, f"{app.name} ({app.html_url})")


_LEVELS = {"read": 1, "write": 2, "admin": 3}


def _permissions(manifest: Manifest, app: App) -> Finding:
    """More than needed is not wrong, but not what the manifest asks for."""
    missing = {
        f"{name}: {level}": name in dict(OPTIONAL_PERMISSIONS)
        for name, level in sorted(manifest.permissions.items())
        if _LEVELS.get(app.permissions.get(name, ""), 0) < _LEVELS[level]
    }
    if missing:
        fix = "Grant them on the App's settings page; each account that installed it then has to accept."
        ok = None if all(missing.values()) else False
        return Finding("permissions", ok, f"the App lacks {', '.join(missing)}", fix)
    return Finding("permissions", True, "the App has what it needs")


def _events(manifest: Manifest, app: App) -> Finding:
    missing = sorted(manifest.events - set(app.events) - AUTOMATIC)
    if missing:
        return Finding(
            "events",
            False,
            f"the App is not subscribed to {', '.join(missing)}",
            "Subscribe it on its settings page.",
        )
    return Finding("events", True, "the App is subscribed to what it needs")


AUTOMATIC = frozenset({"check_run", "check_suite"})  # come with checks: write, subscribed or not


async def _webhook(github: GitHub) -> Finding:
    try:
        hook = await github.app.hook_config()
    except GitHubError:
        return Finding("webhook", None, "GitHub does not say where deliveries go")
    if not hook.url:
        return Finding(
            "webhook", False, "the App has no webhook", "Set its address (.../webhook) and make it active."
        )
    if hook.content_type != "json":
        return Finding(
            "webhook",
            False,
            f"deliveries come as {hook.content_type}",
            "Set the content type to application/json.",
        )
    if not hook.url.rstrip("/").endswith("/webhook"):
        return Finding(
            "webhook", False, f"deliveries go to {hook.url}", "The address has to end in /webhook."
        )
    if str(hook.insecure_ssl) != "0":
        return Finding(
            "webhook", None, f"{hook.url}, its certificate is not verified", "Enable SSL verification."
        )
    return Finding("webhook", True, f"deliveries go to {hook.url}")


async def _installations(github: GitHub, app: App) -> Finding:
    try:
        installed = await github.app.installations()
    except GitHubError as error:
        return Finding("installations", None, f"GitHub does not list them: {error}")
    suspended = [one for one in installed if one.suspended]
    if not installed:
        fix = f"Install it: {app.html_url}/installations/new"
        return Finding("installations", None, "nobody has installed the App yet", fix)
    if suspended:
        return Finding("installations", None, f"{len(installed)}, {len(suspended)} of them suspended")
    return Finding("installations", True, str(len(installed)))
