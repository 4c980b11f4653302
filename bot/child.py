"""A child process from our side: forked from a clean server, at the other end of a pipe, gone when we say so."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock

CLOSING_SECONDS = 5.0


class Child:
    """One process and our end of its pipe. It is told where the other end is as its first argument."""

    _bookkeeping = Lock()  # multiprocessing's own, of children, is not made for threads

    def __init__(self, serve: Callable[..., None], *arguments: object, preload: Sequence[str]) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        with self._bookkeeping:
            self.connection, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs, *arguments), daemon=True)
            self._process.start()
            theirs.close()

    def kill(self) -> None:
        """End the process at once; whoever waits for an answer sees that it died."""
        with suppress(ValueError):  # closed by its own thread meanwhile
            self._process.kill()

    def end(self) -> int | None:
        """Close our end, see the process off and say how it ended."""
        with self._bookkeeping:
            self.connection.close()
            self._process.join(CLOSING_SECONDS)
            if self._process.exitcode is None:
                self._process.kill()
                self._process.join()
            exit_code = self._process.exitcode
            self._process.close()
        return exit_code


def how_it_ended(exit_code: int | None) -> str:
    """SIGKILL, or exit status 3."""
    if exit_code is not None and exit_code < 0:
        with suppress(ValueError):
            return signal.Signals(-exit_code).name
    return f"exit status {exit_code}"
