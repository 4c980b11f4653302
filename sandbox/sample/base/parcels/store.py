"""Positions in one SQLite file."""

import sqlite3
import time
from typing import Self

from parcels.models import Position
from parcels.settings import settings

TABLES = """
CREATE TABLE IF NOT EXISTS parcels (number TEXT PRIMARY KEY, carrier TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS positions (number TEXT PRIMARY KEY, position TEXT NOT NULL, seen REAL NOT NULL);
"""


class Store:
    def __init__(self, path: str, max_age: int) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.executescript(TABLES)
        self._max_age = max_age

    @classmethod
    def from_settings(cls) -> Self:
        return cls(settings.database, settings.max_age)

    def ping(self) -> None:
        self._connection.execute("SELECT 1")

    def follow(self, number: str, carrier: str) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO parcels VALUES (?, ?)", (number, carrier))

    def carrier_of(self, number: str) -> str | None:
        row = self._connection.execute("SELECT carrier FROM parcels WHERE number = ?", (number,)).fetchone()
        return None if row is None else str(row[0])

    def fresh_position(self, number: str) -> Position | None:
        row = self._connection.execute(
            "SELECT position FROM positions WHERE number = ? AND seen > ?",
            (number, time.time() - self._max_age),
        ).fetchone()
        return None if row is None else Position.model_validate_json(row[0])

    def remember(self, number: str, position: Position) -> None:
        row = (number, position.model_dump_json(), time.time())
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO positions VALUES (?, ?, ?)", row)
