"""Release files that CI signs, and what records from which commit and workflow they were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.publications import Publication, Publications, Published
from checks.derived.supply_chain.release_safeguards import SIGNING
from checks.facts.goreleaser import Goreleaser
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

PROVENANCE = Capability(
    "provenance",
    ("cosign attest", "cosign attest-blob", "slsa-generator", "witness", "in-toto-run", "gh attestation"),
    ("actions/attest-build-provenance", "actions/attest", "slsa-framework/slsa-github-generator/", "astral-sh/attest-action", "docker/github-builder/", "pypa/gh-action-pypi-publish",
     "sigstore/gh-action-sigstore-python"),
    ("slsa", "in-toto", "provenance"),
    ("attest", "slsa", "provenance"),
    policy_name=CapabilityName.PROVENANCE,
)  # fmt: skip


@dataclass(frozen=True)
class SignedReleases:
    """The release files of a repository that signs or attests; unsigned ones are another gap."""

    all: tuple[Publication, ...]

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        files = tuple(snapshot.derived(Publications).of(Published.FILES))
        ci = snapshot.derived(ContinuousIntegration)
        signs = SIGNING.is_performed(ci) or PROVENANCE.is_performed(ci)
        signs = signs or any(facts.signs for _, facts in snapshot.files(Goreleaser))
        return cls(files if signs else ())
