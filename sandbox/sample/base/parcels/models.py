"""What goes over the wire."""

from datetime import datetime

from pydantic import BaseModel, Field


class NewParcel(BaseModel):
    number: str = Field(min_length=6, max_length=40)
    carrier: str


class Position(BaseModel):
    place: str
    status: str
    at: datetime
