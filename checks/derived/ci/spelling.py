"""The documents that a repository ships, and what checks their spelling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.documents import Documents, Standing
from checks.derived.security_scans import is_hook
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

SPELLING = Capability(
    "a spell check",
    ("typos", "codespell", "cspell", "vale", "misspell", "hunspell", "aspell", "pyspelling", "mdspell", "scspell", "topy", "cargo spellcheck", "harper-cli", "retext", "write-good"),
    ("crate-ci/typos", "codespell-project/actions-codespell", "codespell-project/codespell-problem-matcher", "streetsidesoftware/cspell-action", "errata-ai/vale-action", "vale-cli/vale-action",
     "check-spelling/check-spelling", "rojopolis/spellcheck-github-actions", "reviewdog/action-misspell", "reviewdog/action-typos", "super-linter/super-linter", "oxsecurity/megalinter"),
    ("spell", "typos", "vale"),
    policy_name=CapabilityName.SPELL_CHECK,
)  # fmt: skip
_FEWEST = 5


@dataclass(frozen=True)
class ShippedDocuments:
    """The guides of a repository with CI, where there are more than a few."""

    paths: tuple[str, ...]
    is_checked: bool

    def __len__(self) -> int:
        return len(self.paths) if len(self.paths) >= _FEWEST else 0

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        if not len(snapshot.derived(ContinuousIntegration)):
            return cls((), is_checked=False)
        documents = snapshot.derived(Documents).all
        guides = (d.path for d in documents if d.standing is Standing.GUIDE and "/" in d.path)
        return cls(tuple(guides), is_hook(snapshot, SPELLING))
