"""Things that CI publishes and what makes them trustworthy: signatures, attestations, bills of materials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from checks.derived.ci_capability import Capability
from checks.derived.publications import Publication, Publications, Published
from checks.facts.goreleaser import Goreleaser
from checks.facts.workflow import Workflow
from checks.model import Evidence
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

_ATTEST = ("actions/attest-build-provenance", "actions/attest", "slsa-framework/slsa-github-generator/", "sigstore/gh-action-sigstore-python", "sigstore/cosign-installer",
           "crazy-max/ghaction-import-gpg", "actions/attest-sbom", "astral-sh/attest-action")  # fmt: skip
# With these the same programs look at what others have signed, or make room for their keys.
_VERIFIES = frozenset({"--dearmor", "--verify", "--recv-keys", "--receive-keys", "--keyserver", "--export", "--decrypt", "-d", "--list-keys", "--show-keys", "verify", "verify-blob", "verify-attestation"})  # fmt: skip
SIGNING = Capability(
    "a signature or attestation",
    ("cosign", "gpg", "gpg2", "minisign", "signify", "codesign", "signtool", "osslsigncode", "rcodesign", "jsign", "gitsign", "rsign", "sigstore", "notation", "gh attestation", "smctl",
     "azuresigntool", "xcrun notarytool", "ssh-keygen", "apksigner", "dpkg-sig", "rpmsign", "npm publish --provenance", "witness"),
    (*_ATTEST, "azure/trusted-signing-action", "azure/artifact-signing-action", "signpath/github-action-submit-signing-request", "apple-actions/import-codesign-certs", "dlemstra/code-sign-action",
     "pypa/gh-action-pypi-publish", "cpina/", "thomashampson/"),
    ("cosign", "sigstore"),
    (r"(?:^|[/-])(?:code-?)?sign(?:ing|er)?(?:$|[/-])", "attest", "sigstore", "notary"),
    policy_name=CapabilityName.SIGNING,
    not_with=_VERIFIES,
)  # fmt: skip
IMAGE_SIGNING = Capability(
    "an image's signature or attestation",
    ("cosign", "notation", "docker trust", "gh attestation"),
    ("actions/attest-build-provenance", "actions/attest", "slsa-framework/slsa-github-generator/", "sigstore/cosign-installer", "astral-sh/attest-action", "docker/github-builder/"),
    ("cosign", "notation"),
    policy_name=CapabilityName.IMAGE_SIGNING,
    not_with=_VERIFIES,
)  # fmt: skip
SBOM = Capability(
    "a bill of materials",
    ("syft", "cyclonedx", "cyclonedx-py", "cyclonedx-npm", "cyclonedx-gomod", "cargo cyclonedx", "cargo sbom", "cargo spdx", "cargo auditable", "spdx-sbom-generator", "bom generate",
     "trivy sbom", "tern", "cdxgen", "npm sbom", "docker sbom", "docker scout sbom", "sbom-tool", "pip-audit --format cyclonedx", "uv export --format cyclonedx1.5", "ko build", "k8s-bom"),
    ("anchore/sbom-action", "cyclonedx/", "microsoft/sbom-action", "psastras/sbom-rs", "actions/attest-sbom", "advanced-security/", "aboutcode-org/", "philips-labs/spdx-action",
     "goreleaser/goreleaser-action-sbom", "docker/github-builder/"),
    ("sbom", "cyclonedx", "spdx", "syft"),
    ("sbom", "cyclonedx", "spdx"),
    policy_name=CapabilityName.SBOM,
)  # fmt: skip
_SHOWN = 5


@dataclass(frozen=True)
class PublishedThings:
    """All that CI publishes."""

    all: tuple[Publication, ...]
    kinds: ClassVar[tuple[Published, ...]] = (Published.FILES, Published.PACKAGE, Published.IMAGE)

    def __len__(self) -> int:
        return len(self.all)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        return cls(tuple(p for p in snapshot.derived(Publications).of(*cls.kinds) if cls._owes(snapshot, p)))

    @classmethod
    def _owes(cls, snapshot: Snapshot, publication: Publication) -> bool:
        """Whether something is owed for it that it doesn't bring by itself."""
        if publication.has_bill:
            return False
        releasers = (
            [facts for _, facts in snapshot.files(Goreleaser)] if "goreleaser" in publication.how else []
        )
        return not any(facts.makes_bills for facts in releasers)

    @property
    def names(self) -> str:
        """What is published, for people."""
        return " and ".join(dict.fromkeys(publication.kind.value for publication in self.all))


@dataclass(frozen=True)
class PublishedFiles(PublishedThings):
    """Release files and packages."""

    kinds: ClassVar[tuple[Published, ...]] = (Published.FILES, Published.PACKAGE)

    @classmethod
    def _owes(cls, snapshot: Snapshot, publication: Publication) -> bool:
        """crates.io and Go know no signatures; npm and PyPI attest what a trusted publisher's token uploads."""
        if publication.kind is Published.PACKAGE:
            return "cargo" not in publication.how and not _is_trusted(snapshot, publication)
        releasers = (
            [facts for _, facts in snapshot.files(Goreleaser)] if "goreleaser" in publication.how else []
        )
        return not any(facts.signs for facts in releasers)


@dataclass(frozen=True)
class PublishedImages(PublishedThings):
    """Images."""

    kinds: ClassVar[tuple[Published, ...]] = (Published.IMAGE,)

    @classmethod
    def _owes(cls, snapshot: Snapshot, publication: Publication) -> bool:
        releasers = (
            [facts for _, facts in snapshot.files(Goreleaser)] if "goreleaser" in publication.how else []
        )
        return not any(facts.signs_images for facts in releasers)


def _is_trusted(snapshot: Snapshot, publication: Publication) -> bool:
    """Whether the job may ask for an identity token, with which registries know the workflow."""
    workflow = snapshot.get(publication.origin.path, Workflow)
    job = workflow.job(publication.origin.job) if workflow else None
    permissions = (job.permissions if job else None) or (workflow.permissions if workflow else None)
    return permissions is not None and permissions.writes("id-token")


def published_evidence(publications: tuple[Publication, ...]) -> tuple[Evidence, ...]:
    """The places that publish."""
    return tuple(
        Evidence(f"publishes {p.kind.value}: {p.how}", p.path, p.line) for p in publications[:_SHOWN]
    )
