"""Vue and Svelte components as source facts: their script blocks, read as TypeScript."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

import tree_sitter_typescript

from checks.facts.ecmascript import EcmaScriptReader
from checks.facts.kinds import facts
from checks.facts.source import Source
from checks.facts.syntax import Syntax, grammar

SCRIPT = re.compile(r"(<script\b[^>]*>)(.*?)(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)
NOT_NEWLINE = re.compile(r"[^\n]")
WORD = re.compile(r"[A-Za-z_$][\w$]*")


@facts("*.vue", "*.svelte", version=6)
@dataclass(frozen=True)
class ComponentSource(Source):
    """A component: what its template names counts as a reference."""

    @classmethod
    def extract(cls, text: str) -> Self:
        language = grammar(tree_sitter_typescript.language_typescript, "ecmascript", "typescript")
        script, template = _split(text)
        found = cls(**EcmaScriptReader(Syntax(language, script)).everything())
        named = frozenset(WORD.findall(template))
        return replace(found, references=found.references | named, confined=found.confined - named)


def _split(text: str) -> tuple[str, str]:
    """The scripts with all else blanked, so that lines stay, and what stands outside of them."""
    script, template, after = [], [], 0
    for match in SCRIPT.finditer(text):
        outside = text[after : match.start(2)]
        script += [NOT_NEWLINE.sub("", outside), match.group(2)]
        template.append(outside)
        after = match.end(2)
    script.append(NOT_NEWLINE.sub("", text[after:]))
    return "".join(script), "".join([*template, text[after:]])
