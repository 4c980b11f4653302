"""Structured logs: one line for a delivery, one for a review, with ids and counts and nothing else.

Whatever looks like a secret is cut out before a line is written, whoever wrote it.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Installation tokens in both of GitHub's formats, JWTs, private keys, passwords within addresses.
_SECRET = re.compile(
    r"gh[a-z]_[A-Za-z0-9._-]{16,}"
    r"|github_pat_[A-Za-z0-9_]{16,}"
    r"|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)",
    re.DOTALL,
)
CUT = "[cut]"


def without_secrets(text: str) -> str:
    """The text with everything that looks like a token, a key or a password cut out."""
    return _SECRET.sub(CUT, text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _cut_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: _clean(value) for key, value in event.items()}


def configure_logs(level: str, form: str, stream: TextIO | None = None) -> None:
    """Send our own and the libraries' logs to one stream in one form; call once, at the start."""
    output = stream or sys.stdout
    as_json = form == "json" or (form == "auto" and not output.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(output)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=_last_steps(as_json=as_json),
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    _quiet_libraries(level)


def _last_steps(*, as_json: bool) -> list[Processor]:
    steps: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        steps += [structlog.processors.format_exc_info, _cut_secrets, structlog.processors.JSONRenderer()]
    else:
        steps += [structlog.processors.format_exc_info, _cut_secrets]
        steps += [structlog.dev.ConsoleRenderer(colors=False)]
    return steps


def _quiet_libraries(level: str) -> None:
    """Libraries log their own progress at info; at our info only their warnings are of interest."""
    for name in ("procrastinate", "psycopg", "psycopg.pool", "aiohttp.access", "aiohttp", "asyncio"):
        logging.getLogger(name).setLevel("DEBUG" if level == "debug" else "WARNING")


def get_logger() -> Any:
    """The logger; its events are words, everything else goes into keyword arguments."""
    return structlog.get_logger("gonogo")
