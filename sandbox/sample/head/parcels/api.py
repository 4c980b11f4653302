"""What clients can ask."""

from fastapi import APIRouter, HTTPException, Response

from parcels.carriers import CarrierError, locate
from parcels.labels import label
from parcels.models import NewParcel, Position
from parcels.store import Store

router = APIRouter()
store = Store.from_settings()


@router.post("/parcels", status_code=201)
def follow(parcel: NewParcel) -> NewParcel:
    store.follow(parcel.number, parcel.carrier)
    return parcel


@router.get("/parcels/{number}")
def position(number: str) -> Position:
    carrier = store.carrier_of(number)
    if carrier is None:
        raise HTTPException(404, "this number is not followed")
    known = store.fresh_position(number)
    if known is not None:
        return known
    try:
        found = locate(carrier, number)
    except CarrierError as error:
        raise HTTPException(502, "the carrier does not answer") from error
    store.remember(number, found)
    return found


@router.get("/parcels/{number}/label")
def parcel_label(number: str) -> Response:
    # TODO: only the sender may see the label
    return Response(label(number), media_type="image/png")
