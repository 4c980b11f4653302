"""Protocol Buffers files: what they declare and what they are generated into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_SERVICE = re.compile(r"^\s*service\s+(\w+)", re.MULTILINE)
_MESSAGE = re.compile(r"^\s*message\s+(\w+)", re.MULTILINE)
_OPTION = re.compile(r'^\s*option\s+(\w+)\s*=\s*"([^"\n]*)"', re.MULTILINE)
_PACKAGE = re.compile(r"^\s*package\s+([\w.]+)", re.MULTILINE)
_IMPORT = re.compile(r'^\s*import\s+(?:public\s+|weak\s+)?"([^"\n]+)"', re.MULTILINE)


@facts("*.proto", version=1)
@dataclass(frozen=True)
class ProtoFile:
    """One .proto file."""

    package: str | None
    services: tuple[str, ...]
    messages: tuple[str, ...]
    imports: tuple[str, ...]
    go_package: str | None

    @classmethod
    def extract(cls, text: str) -> Self:
        text = _COMMENT.sub("", text)
        package = _PACKAGE.search(text)
        options = dict(_OPTION.findall(text))
        return cls(
            package.group(1) if package else None,
            tuple(_SERVICE.findall(text)),
            tuple(_MESSAGE.findall(text)),
            tuple(_IMPORT.findall(text)),
            options.get("go_package"),
        )
