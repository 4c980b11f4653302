"""Tells recipients that their parcel moved."""

import requests

from parcels.models import Position
from parcels.settings import settings

MAIL_SERVICE = "https://mail.example.com/v1/send"


def notify_by_mail(address: str, number: str, position: Position) -> None:
    """One message per change of place."""
    answer = requests.post(
        MAIL_SERVICE,
        json={"to": address, "subject": f"Your parcel {number}", "text": f"It is in {position.place}."},
        timeout=settings.carrier_timeout,
    )
    answer.raise_for_status()


def notify_by_text(telephone: str, number: str, position: Position) -> None:
    raise NotImplementedError


def opted_out(address: str) -> bool:
    """Whether the recipient wants no messages."""
    answer = requests.get(
        f"{MAIL_SERVICE}/preferences",
        params={"address": address, "key": settings.carrier_key},
        timeout=settings.carrier_timeout,
    )
    return bool(answer.json()["opted_out"])
