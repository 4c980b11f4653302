"""Deliveries: each stored once by the hook and the id that its redeliveries share."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.store.database import Connection


class Standing(StrEnum):
    """What became of a delivery."""

    NEW = "new"
    DONE = "done"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is kept of a webhook delivery."""

    hook: str
    guid: str
    event: str
    action: str


async def store(connection: Connection, delivery: Delivery) -> Standing:
    """Store it if it is new; else say how the stored one stands."""
    cursor = await connection.execute(
        "INSERT INTO deliveries (hook, guid, event, action) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (delivery.hook, delivery.guid, delivery.event, delivery.action),
    )
    if cursor.rowcount:
        return Standing.NEW
    row = await (
        await connection.execute(
            """
            SELECT d.lock IS NULL OR r.lock IS NULL, d.request <= r.failed, d.request <= r.handled
            FROM deliveries d LEFT JOIN requests r ON r.lock = d.lock WHERE d.hook = %s AND d.guid = %s
            """,
            (delivery.hook, delivery.guid),
        )
    ).fetchone()
    assert row is not None
    if row[1] and not row[0]:
        return Standing.FAILED
    return Standing.DONE if row[0] or row[2] else Standing.WAITING


async def assign(connection: Connection, delivery: Delivery, lock: str, request: int) -> None:
    """The delivery is done when this request is handled."""
    await connection.execute(
        "UPDATE deliveries SET lock = %s, request = %s WHERE hook = %s AND guid = %s",
        (lock, request, delivery.hook, delivery.guid),
    )


async def prune(connection: Connection, days: int) -> None:
    """GitHub keeps deliveries for redelivery for three days (seven on Enterprise Server); later ones can't come."""
    await connection.execute(
        "DELETE FROM deliveries WHERE received < now() - make_interval(days => %s)", (days,)
    )


async def read_mark(connection: Connection, name: str) -> datetime | None:
    """A stored moment, such as up to when failed deliveries were looked for."""
    row = await (await connection.execute("SELECT at FROM marks WHERE name = %s", (name,))).fetchone()
    return None if row is None else row[0]


async def set_mark(connection: Connection, name: str, at: datetime) -> None:
    """Store a moment; it only moves forward."""
    await connection.execute(
        "INSERT INTO marks VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET at = greatest(marks.at, EXCLUDED.at)",
        (name, at),
    )


async def claim(connection: Connection, name: str, pause: timedelta) -> bool:
    """Take a turn at something; false when another process took one less than a pause ago."""
    cursor = await connection.execute(
        """
        INSERT INTO marks VALUES (%s, now()) ON CONFLICT (name) DO UPDATE SET at = now()
            WHERE marks.at < now() - %s
        """,
        (name, pause),
    )
    return cursor.rowcount > 0
