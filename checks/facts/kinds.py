"""The machinery of facts: which kinds exist, which paths they speak of, and extraction of one blob."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Protocol, Self, TypeVar

import re2
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

_TEMPLATE = re.compile(r"(?<!\$)\{\{|\{%|<%")  # another program writes the file's final text
_OURS, _THEIRS = (re.compile(rf"^{mark}{{7}} ", re.MULTILINE) for mark in "<>")  # as git writes a conflict
SIZE_LIMIT = 1_000_000  # bytes; a larger file is unreadable, never half read


class UnreadableFile(ValueError):  # noqa: N818 - it names the file's state, as the outcome does
    """Raised by an extractor whose file can't be read as its kind; the text is the reason."""


class MalformedFile(UnreadableFile):
    """Raised where the file breaks its own format: whoever else reads it fails as well. `line` is from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def broken(text: str, reason: str, line: int | None) -> UnreadableFile:
    """What to raise where a parser gives up at a line (None where it names none): malformed, unless a template is."""
    if line is None or _TEMPLATE.search(text):
        return UnreadableFile(reason)
    ours = _OURS.search(text)
    if ours and _THEIRS.search(text, ours.end()):
        reason = f"{reason.partition(':')[0]}: a merge conflict is left in it"
        line = text.count("\n", 0, ours.start()) + 1
    return MalformedFile(reason, line)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in the place of the facts of a file that couldn't be read; with a line where it is malformed."""

    unreadable: str
    line: int | None = None


_UNREADABLE = TypeAdapter(Unreadable)
_UNREADABLE_PREFIX = b'{"unreadable":'


class Facts(Protocol):
    """A kind of facts: a frozen dataclass that knows how to read itself out of a text."""

    kind: ClassVar[str]
    version: ClassVar[int]
    patterns: ClassVar[tuple[str, ...]]

    @classmethod
    def extract(cls, text: str) -> Self:
        """Read the facts out of a file's text; raise UnreadableFile where that can't be done."""
        ...


FactsType = TypeVar("FactsType")


def facts(
    *patterns: str, version: int, size_limit: int = SIZE_LIMIT, engine: str | None = None
) -> Callable[[type[FactsType]], type[FactsType]]:
    """Register a kind of facts for the paths that match.

    A pattern without a slash is a glob on the file's name, one with a slash a glob on the whole path, where
    `*` stays in one folder and `**/` is any number of folders. A kind of an `engine` is read out of what that program
    says of the file, not out of the file: whoever extracts runs it first, as `checks` never does.
    """

    def register(cls: type[FactsType]) -> type[FactsType]:
        cls.kind = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()  # type: ignore[attr-defined]
        cls.version = version  # type: ignore[attr-defined]
        cls.patterns = patterns  # type: ignore[attr-defined]
        cls.size_limit = size_limit  # type: ignore[attr-defined]
        cls.engine = engine  # type: ignore[attr-defined]
        return cls

    return register


@dataclass(frozen=True, slots=True)
class Kind:
    """A registered kind with what the machinery needs at hand."""

    name: str
    version: int
    size_limit: int
    cls: type[Any]
    adapter: TypeAdapter[Any]
    engine: str | None = None

    def read(self, data: bytes) -> object:
        """The facts (or Unreadable) behind the JSON that `extract` made."""
        if data.startswith(_UNREADABLE_PREFIX):
            return _UNREADABLE.validate_json(data)
        return self.adapter.validate_json(data)


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Every kind of facts by name, found by walking this package."""
    package = importlib.import_module("checks.facts")
    found: dict[str, Kind] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        for value in vars(importlib.import_module(f"checks.facts.{module.name}")).values():
            if isinstance(value, type) and "patterns" in vars(value) and value is not Facts:
                found[vars(value)["kind"]] = _kind(value)
    return found


def _kind(cls: type[Any]) -> Kind:
    return Kind(cls.kind, cls.version, cls.size_limit, cls, TypeAdapter(cls), cls.engine)


def _regex(pattern: str) -> str:
    """A glob as a regular expression over the whole path, in the syntax of RE2."""
    anywhere = pattern if "/" in pattern else f"**/{pattern}"
    parts = [re.escape(part).replace(r"\*", "[^/]*") for part in anywhere.split("**/")]
    return "(?s:.*/)?".join(parts)


@lru_cache(maxsize=1)
def _dispatch() -> tuple[re2.Set, tuple[Kind, ...]]:
    """Every pattern in one automaton, and whose each is: a path is read once, however many kinds there are."""
    patterns = re2.Set.FullMatchSet()
    owners = [(kind, pattern) for kind in kinds().values() for pattern in kind.cls.patterns]
    for _, pattern in owners:
        patterns.Add(_regex(pattern))
    patterns.Compile()
    return patterns, tuple(kind for kind, _ in owners)


@lru_cache(maxsize=200_000)
def kinds_of(path: str) -> tuple[Kind, ...]:
    """The kinds that speak of the file at this path."""
    patterns, owners = _dispatch()
    matching = patterns.Match(path.encode(errors="replace")) or ()  # a path of git's may be no UTF-8
    return tuple({owners[index].name: owners[index] for index in sorted(matching)}.values())


def engine_of(kind: str) -> str | None:
    """The program that must have looked at a file before this kind's facts can be extracted; None for most."""
    return kinds()[kind].engine


def extract(kind: str, data: bytes) -> bytes:
    """The JSON of a blob's facts, or of the reason why it is unreadable. Pure; safe to run in another process.

    `data` is the file, or for a kind of an engine what that program said of it.
    """
    known = kinds()[kind]
    try:
        return known.adapter.dump_json(known.cls.extract(_text(data)))
    except MalformedFile as error:
        return _UNREADABLE.dump_json(Unreadable(str(error), error.line))
    except UnreadableFile as error:
        return unreadable(str(error))
    except PydanticSerializationError:
        return unreadable("holds half of a character (a lone surrogate)")
    except (RecursionError, MemoryError):
        return unreadable("nested too deeply to be read")


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise UnreadableFile("holds NUL bytes: not a text")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"not UTF-8 at byte {error.start}") from None


def unreadable(reason: str) -> bytes:
    """The JSON that stands for a file which never reached an extractor (missing, too large, parser died)."""
    return _UNREADABLE.dump_json(Unreadable(reason))


def subclasses(cls: type[Any]) -> Iterable[Kind]:
    """The kinds that are the class or derive from it, so `files(Source)` means every language."""
    return [kind for kind in kinds().values() if issubclass(kind.cls, cls)]
