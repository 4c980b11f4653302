"""Answers kept for conditional requests: a 304 costs no rate limit. Bounded by bytes, oldest use goes first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cachetools import LRUCache

if TYPE_CHECKING:
    from bot.github.answers import Answer
    from bot.github.calls import Call

CAPACITY = 16 * 1024 * 1024
LARGEST = 1024 * 1024
OVERHEAD = 2048

Key = tuple[int, str, str]


class Etags:
    """Answers by installation, address and accept: nothing of one installation is ever shown to another."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._answers: LRUCache[Key, Answer] = LRUCache(capacity, getsizeof=_size)

    def get(self, installation: int, call: Call) -> Answer | None:
        return self._answers.get((installation, call.url, call.accept)) if call.conditional else None

    def resolve(self, installation: int, call: Call, answer: Answer, known: Answer | None) -> Answer:
        """The answer to use: the known one for a 304 (with the new headers' limits), else this one, remembered."""
        if answer.status == 304 and known is not None:
            return replace(known, headers={**known.headers, **answer.headers})
        if (
            call.conditional
            and answer.status == 200
            and "etag" in answer.headers
            and _size(answer) <= LARGEST
        ):
            self._answers[installation, call.url, call.accept] = answer
        return answer

    def forget(self, installation: int) -> None:
        """Drop what was read with an installation's token."""
        for key in [key for key in self._answers if key[0] == installation]:
            del self._answers[key]


def _size(answer: Answer) -> int:
    return len(answer.body) + OVERHEAD
