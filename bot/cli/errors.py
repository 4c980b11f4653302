"""From what went wrong to an exit status and words that help."""

from __future__ import annotations

import errno
import os
import platform
import shlex
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import typer

from bot.cli.deadline import OutOfTime

GO = 0
GAPS = 1
USAGE = 2
FAILURE = 3
INTERRUPTED = 130


class UsageError(Exception):
    """Bad usage or configuration; the text is one line that says what to do."""


class OwnFailure(Exception):  # noqa: N818 - it says whose failure it is
    """A failure of ours or of what we stand on, with a cause that one line can tell."""


def listening(error: OSError, where: str) -> UsageError | OSError:
    """What a server's OSError means to who started it: an address that can't be had is bad configuration."""
    if error.errno in {errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES} or isinstance(
        error, socket.gaierror
    ):
        return UsageError(f"can't listen on {where}: {error.strerror or error}")
    return error


def guarded(command: Callable[[], object], arguments: Sequence[str]) -> int:
    """Run a command and answer with its exit status, whatever happens in it."""
    try:
        status = _status(command())
        sys.stdout.flush()
    except (UsageError, typer.TyperException) as error:
        return _usage(error)
    except OwnFailure as error:
        sys.stderr.write(f"gonogo: {error}\n")
        return FAILURE
    except OutOfTime as error:
        sys.stderr.write(f"gonogo: gave up: {error}\n")
        return FAILURE
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        silence()
        return FAILURE
    except Exception as error:  # noqa: BLE001 - the last one to know
        return _failure(error, arguments)
    return status


def silence() -> None:
    """Nobody reads our output any more: let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _status(answer: object) -> int:
    return answer if isinstance(answer, int) else GO


def _usage(error: UsageError | typer.TyperException) -> int:
    message = error.format_message() if isinstance(error, typer.TyperException) else str(error)
    if "\n" in message:  # the help itself, where a command is missing
        sys.stderr.write(f"{message}\n")
        return USAGE
    hint = "" if isinstance(error, UsageError) else " (see gonogo --help)"
    sys.stderr.write(f"gonogo: {message.replace('Value error, ', '').rstrip('.')}{hint}\n")
    return USAGE


def _failure(error: Exception, arguments: Sequence[str]) -> int:
    """A report that can be pasted in public: what an error says may quote a file, so that is only told on demand."""
    lines = (
        f"gonogo: its own failure, not your repository's: {type(error).__name__}",
        "Please report it with the following text:",
        "",
        f"    gonogo {version('gonogo')}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"    $ gonogo {shlex.join(arguments)}",
        *(f"    {line}" for line in _trace(error)),
    )
    sys.stderr.write("\n".join((*lines, "")))
    return FAILURE


def _trace(error: Exception) -> list[str]:
    if os.environ.get("LOG_LEVEL", "").lower() == "debug":
        entries = traceback.format_exception(error)
        return [line for entry in entries for line in entry.rstrip().split("\n")]
    frames = traceback.extract_tb(error.__traceback__, limit=-6)
    places = [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    return [*places, "(LOG_LEVEL=debug shows all, with text of the repository where the error quotes it)"]
