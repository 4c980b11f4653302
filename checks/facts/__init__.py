"""Facts: what was read out of one file, a pure function of its bytes.

A kind of facts is a frozen dataclass under `@facts`, found by walking this package. It sees one file's text:
not its path, not its neighbours. Raise `version` whenever `extract` may answer differently.
"""

from checks.facts.kinds import Facts, Unreadable, UnreadableFile, facts

__all__ = ["Facts", "Unreadable", "UnreadableFile", "facts"]
