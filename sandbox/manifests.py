"""Codes of the manifest flow: each turns into the app's credentials once, within an hour."""

import secrets


class Manifests:
    def __init__(self) -> None:
        self._codes: dict[str, float] = {}

    def code(self, now: float) -> str:
        code = secrets.token_hex(20)
        self._codes[code] = now + 3_600
        return code

    def redeem(self, code: str, now: float) -> bool:
        return self._codes.pop(code, 0.0) > now
