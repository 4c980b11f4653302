"""gonogo serve: the app."""

from __future__ import annotations

from bot.cli.errors import OwnFailure, UsageError, listening


def serve() -> None:
    """Run the app: webhooks in, Check Runs out.

    Settings come from the environment; docs/settings.md lists them.
    """
    import asyncio  # noqa: PLC0415 - the server is heavy

    from bot.app import serve as run_app  # noqa: PLC0415
    from bot.cli.output import warn  # noqa: PLC0415
    from bot.log import configure_logs  # noqa: PLC0415
    from bot.settings import SettingsError, load_settings  # noqa: PLC0415
    from bot.store.postgres import DatabaseUnavailable  # noqa: PLC0415

    try:
        settings = load_settings()
        configure_logs(settings.log_level, settings.log_format)
        asyncio.run(run_app(settings, listening=lambda address: warn([f"listening on {address}"])))
    except SettingsError as error:
        raise UsageError(str(error)) from None
    except DatabaseUnavailable as error:
        raise OwnFailure(str(error)) from None
    except OSError as error:
        raise listening(error, "HOST and PORT") from None
