"""One declared Python dependency, in whatever manifest it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*(.*)$", re.DOTALL)
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9._-]+)")


def normalised(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A dependency: its normalised name, what was asked of it, and for whom."""

    name: str
    line: int
    specifier: str = ""
    group: str | None = None  # an extra or dependency group; None: always installed
    development: bool = False  # a dependency group (dev, test, docs), never installed with the package
    path: str | None = None  # a local folder, relative to the manifest's folder
    url: str | None = None
    marker: str | None = None
    extras: tuple[str, ...] = ()


def requirement(
    text: str, line: int, group: str | None = None, *, development: bool = False
) -> Requirement | None:
    """Read `name[extra]>=1; marker` or `name @ url`; None where the text names nothing."""
    body, _, marker = text.partition(";")
    match = _NAME.match(body)
    if match is None:
        return None
    name, extras, rest = match.groups()
    url = rest[1:].strip() if rest.startswith("@") else None
    return Requirement(
        name=normalised(name),
        line=line,
        specifier="" if url else rest.strip(),
        group=group,
        development=development,
        path=local_path(url) if url else None,
        url=url,
        marker=marker.strip() or None,
        extras=tuple(extra.strip() for extra in (extras or "[]")[1:-1].split(",") if extra.strip()),
    )


def local_path(url: str) -> str | None:
    """The folder a `file:` address or a plain relative path names; None for anything remote."""
    if url.startswith("file:"):
        url = url.removeprefix("file://").removeprefix("file:")
    elif "://" in url or re.match(r"^[\w.-]+@", url) or url.startswith("git+"):
        return None
    path = url.split("#")[0].strip()
    return path.removesuffix("/") if path.startswith(".") or "/" in path else None


def egg(url: str) -> str | None:
    """The name in `#egg=name`."""
    found = _EGG.search(url)
    return normalised(found.group(1)) if found else None
