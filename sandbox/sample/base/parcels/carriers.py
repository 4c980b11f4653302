"""Asks the carriers."""

import httpx

from parcels.models import Position
from parcels.settings import settings

ADDRESSES = {
    "north": "https://api.north-carrier.example/v2/track",
    "harbour": "https://track.harbour.example/parcel",
}


class CarrierError(Exception):
    """The carrier did not give a position."""


def locate(carrier: str, number: str) -> Position:
    try:
        answer = httpx.get(
            ADDRESSES[carrier],
            params={"number": number},
            headers={"Authorization": f"Bearer {settings.carrier_key}"},
            timeout=settings.carrier_timeout,
        )
        answer.raise_for_status()
    except (KeyError, httpx.HTTPError) as error:
        raise CarrierError(carrier) from error
    return Position.model_validate(answer.json())
