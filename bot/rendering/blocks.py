"""Fitting a text into a budget: whole blocks only, and a count of what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

BUDGET = 60_000  # UTF-8 bytes: safe under every limit of GitHub for comments and outputs


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that is shown whole or not at all, and how many gaps (or sections) it shows."""

    text: str
    gaps: int = 0


def size(text: str) -> int:
    return len(text.encode())


def fit(blocks: Iterable[Block], total: int, left_out: Callable[[int], str], budget: int = BUDGET) -> str:
    """The blocks up to the first that doesn't fit, then a line for what is left out of the total.

    Blocks are drawn one by one: however many gaps there are, only those that fit are ever written.
    """
    kept: list[str] = []
    shown = 0
    free = budget - size(left_out(total))
    for block in blocks:
        free -= size(block.text) + 1
        if free < 0:
            missing = total - shown
            return "\n".join((*kept, left_out(missing))) if missing else "\n".join(kept)
        kept.append(block.text)
        shown += block.gaps
    return "\n".join(kept)
