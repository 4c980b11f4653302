"""Credentials that are written out: in code by shape or by name, in scripts, workflows and settings by a format that tells itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.credentials import kind_of_credential
from checks.facts.configuration_text import ConfigurationText
from checks.facts.roles import Role
from checks.facts.secret_file import SecretFile
from checks.facts.secret_mention import SecretMentions
from checks.facts.source import Source, StringLiteral
from checks.facts.token_formats import shaped_like
from checks.snapshot import Snapshot

_OURS = frozenset({Role.SHIPPED, Role.TOOL})
_SHOWS = re.compile(r"example|sample|template|schema|\.dist$", re.IGNORECASE)
# Google's key beside these is a web application's address at Firebase, which every visitor's browser gets.
_FIREBASE = frozenset({"authDomain", "messagingSenderId", "storageBucket"})
_PREFIX = re.compile(r"^[A-Za-z]\w{1,12}?[_-]")
_PATTERN = re.compile(r"\[[^\]]+\][{+*]|\\[dw][{+*]")
_FOR_BROWSERS = "a Google API key"


@dataclass(frozen=True, slots=True)
class WrittenCredential:
    """Where it stands, what it looks like and how long it is. The value itself is not kept."""

    path: str
    line: int
    name: str | None
    inside: str | None
    kind: str
    length: int


@dataclass(frozen=True)
class WrittenCredentials:
    """All of them, by path."""

    all: tuple[WrittenCredential, ...]

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls((*_in_sources(snapshot), *_in_settings(snapshot)))


def _in_sources(snapshot: Snapshot) -> Iterator[WrittenCredential]:
    for path, source in snapshot.files(Source):
        role = snapshot.role(path)
        if role not in _OURS:
            continue
        in_browsers = any(string.name in _FIREBASE for string in source.strings)
        found: list[tuple[StringLiteral, str]] = []
        for string in source.strings:
            kind = kind_of_credential(string) if role is Role.SHIPPED else shaped_like(string.value)
            if kind and not source.in_test(string.line) and not (in_browsers and kind == _FOR_BROWSERS):
                found.append((string, kind))
        searched = _searched_for(source) if found else frozenset()
        for string, kind in found:
            begins = _PREFIX.match(string.value)
            if begins is None or begins.group() not in searched:
                yield WrittenCredential(
                    path, string.line, string.name, string.inside, kind, len(string.value)
                )


def _searched_for(source: Source) -> frozenset[str]:
    """How the values begin that the file has patterns for: what it shows of them are samples."""
    return frozenset(
        match.group()
        for string in source.strings
        if _PATTERN.search(string.value)
        for alternative in string.value.split("|")
        if (match := _PREFIX.match(alternative.lstrip("^(?:")))
    )


def _in_settings(snapshot: Snapshot) -> Iterator[WrittenCredential]:
    """Settings in formats that QuotedSecrets doesn't read, and that no file of secrets is."""
    for path, text in snapshot.files(ConfigurationText):
        read_elsewhere = any(snapshot.get(path, kind) is not None for kind in (SecretFile, SecretMentions))
        if snapshot.role(path) not in _OURS or _SHOWS.search(path) or read_elsewhere:
            continue
        for setting in text.settings:
            kind = shaped_like(setting.value)
            if kind and kind != _FOR_BROWSERS:
                yield WrittenCredential(path, setting.line, setting.key, None, kind, len(setting.value))
