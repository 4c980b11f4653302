"""Coverage reports: Cobertura XML, coverage.py JSON, LCOV and Go cover profiles, read as what they are: untrusted text.

A report's paths may be absolute, relative to a folder or prefixed by a module's name, so they are matched to the tree by
their ends; what matches no file, or several equally well, says nothing.
"""

from __future__ import annotations

import json
import pyexpat as expat
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

SIZE_LIMIT = 20_000_000  # bytes
_LINES = 5_000_000  # in all
_FOLDERS = 16  # the last parts of a path that are compared
_DEEPEST = 64  # elements of XML
_GO = re.compile(r"^(.+\.go):(\d+)\.\d+,(\d+)\.\d+ (\d+) (\d+)$")

Line = tuple[str, int, bool]  # file, line, whether it ran


class CoverageProblem(ValueError):  # noqa: N818 - it names the report's state
    """Raised for a report that can't be read; the text is the reason."""


@dataclass(frozen=True, slots=True)
class CoveredFile:
    """How many of a file's executable lines ran."""

    covered: int
    lines: int

    @classmethod
    def together(cls, files: Iterable[CoveredFile]) -> CoveredFile:
        """Several files as one."""
        found = tuple(files)
        return cls(sum(file.covered for file in found), sum(file.lines for file in found))

    @property
    def percent(self) -> int:
        """How many of a hundred executable lines ran, rounded down: 100 is all of them."""
        return 100 * self.covered // self.lines if self.lines else 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """A report, by the paths as it writes them."""

    files: Mapping[str, CoveredFile]

    @classmethod
    def joined(cls, reports: Iterable[Coverage]) -> Coverage:
        """Several reports as one. Of a file in more than one of them, the best figure: together they cover at least that."""
        files: dict[str, CoveredFile] = {}
        for report in reports:
            for path, file in report.files.items():
                if path not in files or files[path].covered < file.covered:
                    files[path] = file
        return cls(files)

    @property
    def share(self) -> float:
        """The part of all executable lines that ran."""
        lines = sum(file.lines for file in self.files.values())
        return sum(file.covered for file in self.files.values()) / lines if lines else 0.0

    def of_tree(self, paths: Iterable[str]) -> dict[str, CoveredFile]:
        """The figures by path of the tree."""
        ends = _Ends(paths)
        found: dict[str, CoveredFile] = {}
        for written, file in sorted(self.files.items()):
            path = ends.match(written.removeprefix("./").lstrip("/").split("/")[-_FOLDERS:])
            if path is not None:
                found.setdefault(path, file)
        return found


def parse_coverage(data: bytes) -> Coverage:
    """Read a report of any of the four formats, told by its beginning."""
    if len(data) > SIZE_LIMIT:
        raise CoverageProblem(f"larger than {SIZE_LIMIT} bytes")
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return _counted(_cobertura(data))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CoverageProblem("not UTF-8") from None
    if start.startswith(b"{"):
        return _counted(_coverage_py(text))
    if start.startswith(b"mode:"):
        return _counted(_go(text))
    if re.match(rb"(?:TN|SF):", start):
        return _counted(_lcov(text))
    raise CoverageProblem("neither Cobertura XML, coverage.py JSON, LCOV nor a Go cover profile")


def _counted(lines: Iterable[Line]) -> Coverage:
    ran: dict[str, dict[int, bool]] = defaultdict(dict)
    for count, (file, line, hit) in enumerate(lines):
        if count >= _LINES:
            raise CoverageProblem(f"more than {_LINES} lines")
        ran[file.replace("\\", "/")][line] = ran[file.replace("\\", "/")].get(line, False) or hit
    if not ran:
        raise CoverageProblem("it names no line of any file")
    return Coverage({file: CoveredFile(sum(hits.values()), len(hits)) for file, hits in ran.items()})


def _cobertura(data: bytes) -> list[Line]:
    """Cobertura's classes and lines. A document type is allowed, an entity is not: nothing is expanded or fetched."""
    reader = _Cobertura()
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise CoverageProblem(
            f"not XML: {expat.errors.messages[error.code]} on line {error.lineno}"
        ) from None
    return reader.lines


class _Cobertura:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.file = ""
        self.depth = 0

    def refuse(self, *_declared: object) -> None:
        raise CoverageProblem("it declares an XML entity")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST or len(self.lines) > _LINES:
            raise CoverageProblem("nested too deeply or too long")
        if name == "class":
            self.file = attributes.get("filename", "")
        number, hits = attributes.get("number", ""), attributes.get("hits", "")
        if name == "line" and self.file and number.isascii() and number.isdigit():
            self.lines.append((self.file, _number(number), hits.strip("0") != ""))

    def end(self, _name: str) -> None:
        self.depth -= 1


def _coverage_py(text: str) -> Iterator[Line]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise CoverageProblem("not JSON") from None
    files = document.get("files") if isinstance(document, dict) else None
    for file, facts in files.items() if isinstance(files, dict) else ():
        for key, hit in (("executed_lines", True), ("missing_lines", False)):
            numbers = facts.get(key) if isinstance(facts, dict) else None
            for number in numbers if isinstance(numbers, list) else ():
                if isinstance(number, int):
                    yield file, number, hit


def _lcov(text: str) -> Iterator[Line]:
    file = ""
    for line in text.splitlines():
        kind, _, rest = line.partition(":")
        if kind == "SF":
            file = rest.strip()
        elif kind == "DA" and file:
            number, _, hits = rest.partition(",")
            if number.isascii() and number.isdigit():
                yield file, _number(number), hits.partition(",")[0].strip("0 -") != ""


def _go(text: str) -> Iterator[Line]:
    """A block counts its first line once for each statement: Go's own figure is of statements."""
    for line in text.splitlines():
        if match := _GO.match(line):
            first = _number(match.group(2))
            for offset in range(min(_number(match.group(4)), 1_000)):
                yield match.group(1), first * 1_000 + offset, match.group(5).strip("0") != ""


def _number(digits: str) -> int:
    """A number as written, cut where no line could have it."""
    return int(digits[:9])


class _Ends:
    """The files of a tree by the last parts of their paths."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = [path.split("/") for path in paths]
        self.whole = {tuple(parts) for parts in self.paths}
        self.by_depth: dict[int, dict[tuple[str, ...], str | None]] = {}

    def match(self, written: list[str]) -> str | None:
        """The file that a report's path means: as it is, below another folder, or without folders above."""
        below = None if tuple(written) in self.whole else self._below(tuple(written))
        shorter = (tuple(written[start:]) for start in range(len(written)))
        return below or next(("/".join(parts) for parts in shorter if parts in self.whole), None)

    def _below(self, written: tuple[str, ...]) -> str | None:
        """The only file of the tree that ends so."""
        depth = len(written)
        if depth not in self.by_depth:
            found: dict[tuple[str, ...], str | None] = {}
            for parts in self.paths:
                end = tuple(parts[-depth:])
                found[end] = None if end in found else "/".join(parts)
            self.by_depth[depth] = found
        return self.by_depth[depth].get(written)
