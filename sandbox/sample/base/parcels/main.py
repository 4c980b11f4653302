"""The application that uvicorn starts."""

from fastapi import FastAPI

from parcels.api import router
from parcels.health import health

app = FastAPI(title="Parcels")
app.include_router(router)
app.include_router(health)
