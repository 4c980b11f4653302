"""The label that the sender prints."""

import io

import qrcode


def label(number: str) -> bytes:
    picture = io.BytesIO()
    qrcode.make(number).save(picture, format="PNG")
    return picture.getvalue()
