"""Input and configuration that is taken as it comes: models of payloads with open fields, settings read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.service_code import RunningServices, ServiceCode
from checks.facts.python_source import PythonSource
from checks.facts.source import Field, Source
from checks.snapshot import Snapshot

_MODELS = frozenset({"BaseModel", "pydantic.BaseModel", "SQLModel", "Struct", "msgspec.Struct"})
_PAYLOAD = re.compile(r"(?:payload|request|webhook|event|input|body|command|message)$", re.IGNORECASE)
_OPEN = re.compile(r"^(?:dict|Dict|Mapping|Any|object|list|List)(?:\[|$)|\bAny\b")
_PRECISE = re.compile(
    r"^(?:list|List)\[(?!dict|Dict|Any)|^(?:dict|Dict|Mapping)\[str, *(?!Any\b|Dict\b)(?:[A-Z]\w+|str|int|float|bool)\]"
)
_MANY = 12  # variables read one by one; fewer are seen at a glance
_VALIDATORS = frozenset(
    [
        "pydantic_settings",
        "pydantic",
        "environs",
        "decouple",
        "starlette.config",
        "dynaconf",
        "omegaconf",
        "attrs",
        "marshmallow",
        "goodconf",
        "envparse",
        "django.conf",
        "github.com/caarlos0/env",
        "github.com/kelseyhightower/envconfig",
        "github.com/spf13/viper",
        "github.com/knadh/koanf",
        "github.com/sethvargo/go-envconfig",
        "github.com/ilyakaznacheev/cleanenv",
        "github.com/spf13/cobra",
        "github.com/urfave/cli",
        "github.com/alecthomas/kong",
        "github.com/go-playground/validator",
        "envy",
        "figment",
        "config",
        "clap",
        "serde",
        "envconfig",
        "zod",
        "envalid",
        "convict",
        "joi",
        "@nestjs/config",
        "env-var",
        "class-validator",
        "valibot",
        "ajv",
        "@t3-oss/env-core",
        "@t3-oss/env-nextjs",
        "yup",
        "@sinclair/typebox",
        "arktype",
    ]
)


@dataclass(frozen=True, slots=True)
class OpenModel:
    """A payload's model with fields that accept anything."""

    path: str
    line: int
    name: str
    fields: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class UncheckedSettings:
    """A service that reads its settings without defaults one by one, and the first places."""

    service: ServiceCode
    names: int
    places: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class UntypedInputs:
    """Both, and how many services were looked at."""

    models: tuple[OpenModel, ...]
    settings: tuple[UncheckedSettings, ...]
    read: int

    def __len__(self) -> int:
        return self.read

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        services = snapshot.derived(RunningServices).all
        models = {
            (model.path, model.name): model
            for service in services
            for path, source in service.sources
            if isinstance(source, PythonSource)
            for model in _models(path, source)
        }
        settings = (found for service in services if (found := _settings(service)) is not None)
        return cls(tuple(models.values()), tuple(settings), len(services))


def _models(path: str, source: Source) -> Iterator[OpenModel]:
    named = {
        one.name: one
        for one in source.definitions
        if _MODELS.intersection(one.bases) and _PAYLOAD.search(one.name)
    }
    for name, one in named.items():
        fields = tuple(
            (field.name, field.line) for field in source.fields if field.inside == name and _is_open(field)
        )
        if fields:
            yield OpenModel(path, one.line, name, fields)


def _is_open(field: Field) -> bool:
    return bool(field.type and _OPEN.search(field.type) and not _PRECISE.match(field.type))


def _settings(service: ServiceCode) -> UncheckedSettings | None:
    if service.imported(_VALIDATORS):
        return None
    places = [
        (path, read.line, read.name)
        for path, source in service.sources
        for read in source.environment
        if not read.has_default  # with one it can't be found missing
    ]
    names = {name for _, _, name in places}
    return UncheckedSettings(service, len(names), tuple(places[:5])) if len(names) >= _MANY else None
