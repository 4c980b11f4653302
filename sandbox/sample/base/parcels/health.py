"""Probes."""

from fastapi import APIRouter

from parcels.store import Store

health = APIRouter()


@health.get("/healthz")
def healthz() -> dict[str, str]:
    Store.from_settings().ping()
    return {"status": "ok"}
