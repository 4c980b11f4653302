"""Next.js's configuration: whether the build goes on over errors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from checks.facts.kinds import facts

_IGNORES = re.compile(r"^(?!\s*(?://|\*|/\*))[^\n]{0,300}?\b(ignoreBuildErrors|ignoreDuringBuilds)\s*:\s*true\b", re.MULTILINE)  # fmt: skip


@facts("next.config.js", "next.config.mjs", "next.config.cjs", "next.config.ts", "next.config.mts", version=1)
@dataclass(frozen=True, slots=True)
class NextConfig:
    """`ignored` holds the options that let a build pass over errors, with their lines."""

    ignored: tuple[tuple[str, int], ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(
            tuple(
                (match.group(1), text.count("\n", 0, match.start(1)) + 1)
                for _, match in zip(range(20), _IGNORES.finditer(text), strict=False)
            )
        )
