"""TypeScript files as source facts; TSX has a grammar of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import tree_sitter_typescript

from checks.facts.ecmascript import EcmaScriptReader
from checks.facts.kinds import facts
from checks.facts.source import Source
from checks.facts.syntax import Syntax, grammar


@facts("*.ts", "*.mts", "*.cts", version=7)
@dataclass(frozen=True)
class TypeScriptSource(Source):
    """A TypeScript file."""

    @classmethod
    def extract(cls, text: str) -> Self:
        language = grammar(tree_sitter_typescript.language_typescript, "ecmascript", "typescript")
        return cls(**EcmaScriptReader(Syntax(language, text)).everything())


@facts("*.tsx", version=6)
@dataclass(frozen=True)
class TsxSource(Source):
    """A TypeScript file with JSX."""

    @classmethod
    def extract(cls, text: str) -> Self:
        language = grammar(tree_sitter_typescript.language_tsx, "ecmascript", "typescript", "jsx")
        return cls(**EcmaScriptReader(Syntax(language, text)).everything())
