"""Webhook deliveries that never arrived: GitHub does not send them again by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from bot.github.calls import Effect
from bot.github.models import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.github.client import Client

MANY = TypeAdapter(list[Delivery])
NOTHING = TypeAdapter(dict[str, object])


class Deliveries:
    """The deliveries of the app's webhook, which GitHub keeps for three days."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def failed_since(self, when: datetime) -> tuple[Delivery, ...]:
        """The newest attempt of each event since then that never succeeded, oldest event first."""
        attempts: list[Delivery] = []
        async for page in self._client.pages(MANY, "/app/hook/deliveries?per_page=100"):
            attempts += [attempt for attempt in page if attempt.delivered_at >= when]
            if page and page[-1].delivered_at < when:
                break
        return failed(attempts)

    async def redeliver(self, delivery: int) -> None:
        """Ask for one more attempt. It keeps its guid, so asking twice does no harm."""
        await self._client.write(
            "POST",
            "/app/hook/deliveries/{delivery}/attempts",
            NOTHING,
            {},
            effect=Effect.REPEATABLE,
            delivery=delivery,
        )


def failed(attempts: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """The newest attempt of each guid that has no successful one, oldest first."""
    newest: dict[str, Delivery] = {}
    arrived = set()
    for attempt in sorted(attempts, key=lambda one: (one.delivered_at, one.id)):
        newest[attempt.guid] = attempt
        if 200 <= attempt.status_code < 300:
            arrived.add(attempt.guid)
    return tuple(attempt for guid, attempt in newest.items() if guid not in arrived)
