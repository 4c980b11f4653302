"""Reading a request's JSON body the way GitHub's schema check does: 422 with its words, unknown keys refused."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sandbox.answers import GitHubError, malformed


def parse_object(data: bytes) -> dict[str, object]:
    """An empty body counts as an empty object."""
    if not data.strip():
        return {}
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise GitHubError(400, "Problems parsing JSON") from error
    if not isinstance(loaded, dict):
        raise GitHubError(400, "Body should be a JSON object")
    return loaded


def shown(value: object) -> str:
    return "nil" if value is None else json.dumps(value)[:80]


@dataclass(frozen=True, slots=True)
class Fields:
    values: Mapping[str, object]
    where: str = "properties"

    def only(self, allowed: Collection[str]) -> None:
        for name in self.values:
            if name not in allowed:
                raise malformed(f'"{name}" is not a permitted key.')

    def demand(self, *names: str) -> None:
        missing = [f'"{name}"' for name in names if self.values.get(name) is None]
        if missing:
            verb = "wasn't" if len(missing) == 1 else "weren't"
            raise malformed(f"{', '.join(missing)} {verb} supplied.")

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, longest: int | None = None) -> str | None:
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self._wrong(name, value, "a string")
        if longest is not None and len(value) > longest:
            raise malformed(f"Only {longest} characters are allowed; {len(value)} were supplied.")
        return value

    def bytes_at_most(self, name: str, longest: int) -> str | None:
        value = self.text(name)
        if value is not None and len(value.encode("utf-8", "replace")) > longest:
            raise malformed(f"For '{self.where}/{name}', {name} exceeds a maximum bytesize of {longest}.")
        return value

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in choices:
            raise self._wrong(name, value, f"a member of {json.dumps(list(choices))}")
        return value

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, value, "an integer")
        return value

    def time(self, name: str) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            at = datetime.fromisoformat(value)
        except ValueError as error:
            raise self._wrong(name, value, "a valid date-time") from error
        if at.tzinfo is None:
            raise self._wrong(name, value, "a valid date-time")
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def address(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and not value.startswith(("http://", "https://")):
            raise malformed(f"For '{self.where}/{name}', {shown(value)} must use the http or https scheme.")
        return value

    def inner(self, name: str) -> "Fields | None":
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self._wrong(name, value, "an object")
        return Fields(value, f"{self.where}/{name}")

    def list(self, name: str, most: int | None = None) -> "list[Fields]":
        return [
            Fields(value, f"{self.where}/{name}/{at}") for at, value in enumerate(self._objects(name, most))
        ]

    def _objects(self, name: str, most: int | None) -> Sequence[Mapping[str, object]]:
        values = self.values.get(name)
        if values is None:
            return []
        if not isinstance(values, list):
            raise self._wrong(name, values, "an array")
        if most is not None and len(values) > most:
            raise malformed(f"No more than {most} items are allowed; {len(values)} were supplied.")
        for value in values:
            if not isinstance(value, dict):
                raise self._wrong(name, value, "an object")
        return values

    def _wrong(self, name: str, value: object, wanted: str) -> GitHubError:
        return malformed(f"For '{self.where}/{name}', {shown(value)} is not {wanted}.")
