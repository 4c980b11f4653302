from datetime import UTC, datetime
from pathlib import Path

from parcels.models import Position
from parcels.store import Store

SEEN = Position(place="Hamburg", status="in transit", at=datetime(2026, 3, 1, tzinfo=UTC))


def test_a_followed_number_has_its_carrier(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "parcels.db"), max_age=60)
    store.follow("AB123456", "north")
    assert store.carrier_of("AB123456") == "north"
    assert store.carrier_of("ZZ999999") is None


def test_an_old_position_is_not_fresh(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "parcels.db"), max_age=0)
    store.remember("AB123456", SEEN)
    assert store.fresh_position("AB123456") is None
