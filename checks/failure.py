"""A failure of ours in words that may be shown: its kind and our own line. What it says itself may quote a file."""

from __future__ import annotations

_CODE = tuple(f"{__file__.rpartition('/checks/')[0]}/{package}/" for package in ("checks", "bot"))


def failure_text(error: BaseException) -> str:
    """TypeError at checks/ci/no_ci.py:41: the innermost of our own lines that it came through."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_CODE):
            place = f" at {file[len(_CODE[0].removesuffix('checks/')) :]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"
