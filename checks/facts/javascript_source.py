"""JavaScript files, with or without JSX, as source facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import tree_sitter_javascript

from checks.facts.ecmascript import EcmaScriptReader
from checks.facts.kinds import facts
from checks.facts.source import Source
from checks.facts.syntax import Syntax, grammar


@facts("*.js", "*.jsx", "*.mjs", "*.cjs", version=7)
@dataclass(frozen=True)
class JavaScriptSource(Source):
    """A JavaScript file."""

    @classmethod
    def extract(cls, text: str) -> Self:
        language = grammar(tree_sitter_javascript.language, "ecmascript", "javascript", "jsx")
        return cls(**EcmaScriptReader(Syntax(language, text)).everything())
