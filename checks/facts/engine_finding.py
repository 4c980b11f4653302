"""What a program that looks at one file (an engine) says of it: the form that all of them are brought into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineFinding:
    """One finding. `rule` is the engine's own name for it, `text` what it quotes or says, `within` the job, step or stage."""

    rule: str
    level: str
    line: int
    text: str
    within: str = ""
