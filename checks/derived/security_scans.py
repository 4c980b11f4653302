"""Security scans of the source: secrets, dependencies, code. What counts as one, and where it is owed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from checks.derived.ci_capability import Capability
from checks.derived.ci_commands import ContinuousIntegration
from checks.derived.project_kind import Project, ProjectKind
from checks.derived.update_ecosystems import RENOVATE, Ecosystem, Ecosystems
from checks.facts.dependabot import Dependabot
from checks.facts.pre_commit import PreCommit
from checks.facts.pyproject import Pyproject
from checks.facts.roles import Role
from checks.facts.source import Source
from checks.policy import CapabilityName
from checks.snapshot import Snapshot

SECRETS = Capability(
    "a secret scan",
    ("gitleaks", "trufflehog", "detect-secrets", "detect-secrets-hook", "git-secrets", "ggshield", "noseyparker", "secretlint", "kingfisher", "talisman", "whispers", "rusty-hog"),
    ("gitleaks/gitleaks-action", "zricethezav/gitleaks-action", "trufflesecurity/trufflehog", "gitguardian/ggshield-action", "gitguardian/ggshield/", "edplato/trufflehog-actions-scan",
     "reviewdog/action-detect-secrets", "super-linter/super-linter", "github/super-linter", "oxsecurity/megalinter", "aquasecurity/trivy-action", "secret-scanner/", "max/secret-scan"),
    ("Secret-Detection\\.gitlab-ci", "secret_detection", "secretlint", "detect-private-key", "trufflehog"),
    policy_name=CapabilityName.SECRET_SCAN,
)  # fmt: skip
AUDIT = Capability(
    "a dependency audit",
    ("pip-audit", "safety", "uv audit", "cargo audit", "cargo deny", "govulncheck", "nancy", "npm audit", "yarn audit", "yarn npm audit", "pnpm audit", "bun audit", "better-npm-audit", "audit-ci",
     "osv-scanner", "snyk", "trivy", "grype", "dependency-check", "bundler-audit", "bundle-audit", "composer audit", "retire", "cargo vet", "jf audit", "socket", "dep-scan", "auditjs"),
    ("actions/dependency-review-action", "pypa/gh-action-pip-audit", "rustsec/audit-check", "actions-rs/audit-check", "actions-rust-lang/audit", "embarkstudios/cargo-deny-action",
     "golang/govulncheck-action", "google/osv-scanner-action", "google/osv-scanner-action/", "snyk/actions", "snyk/actions/", "aquasecurity/trivy-action", "anchore/scan-action",
     "dependency-check/dependency-check_action", "pyupio/safety", "pyupio/safety-action", "oke-py/npm-audit-action", "socketdev/", "fossas/fossa-action", "sonatype-nexus-community/",
     "veracode/veracode-sca", "mend/", "debricked/"),
    ("Dependency-Scanning\\.gitlab-ci", "dependency_scanning", "snyk", "pip-audit", "python-safety-dependencies-check"),
    policy_name=CapabilityName.DEPENDENCY_AUDIT,
)  # fmt: skip
SAST = Capability(
    "static security analysis",
    ("codeql", "semgrep", "opengrep", "bandit", "gosec", "njsscan", "brakeman", "cargo geiger", "snyk code", "sonar-scanner", "pysonar", "mobsfscan", "horusec", "shiftleft", "sobelow",
     "psalm", "bearer", "pylint-secure", "rudra", "cargo careful", "eslint-plugin-security", "govulncheck", "zizmor", "cargo audit", "cargo deny", "ast-grep"),
    ("github/codeql-action/analyze", "github/codeql-action/init", "github/codeql-action/autobuild", "semgrep/semgrep-action", "returntocorp/semgrep-action", "securego/gosec", "pycqa/bandit-action",
     "tj-actions/bandit", "sonarsource/", "snyk/actions", "snyk/actions/", "checkmarx/", "veracode/", "bearer/bearer-action", "golang/govulncheck-action", "oxsecurity/megalinter",
     "super-linter/super-linter", "github/super-linter", "codacy/codacy-analysis-cli-action", "deepsource", "aquasecurity/trivy-action", "ossf/scorecard-action", "zizmorcore/zizmor-action",
     "mdegis/", "golangci/golangci-lint-action"),
    ("SAST\\.gitlab-ci", "codeql", "semgrep", "sonarcloud", "bandit"),
    policy_name=CapabilityName.STATIC_ANALYSIS,
)  # fmt: skip
_PACKAGES = frozenset({"pip", "npm", "gomod", "cargo", "bundler", "composer", "maven", "gradle", "nuget"})


@dataclass(frozen=True)
class CheckedCode:
    """Shipped source that CI looks at: without CI or without source nothing is owed. `count` is the number of files."""

    count: int
    is_service: bool

    def __len__(self) -> int:
        return self.count

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        if not len(snapshot.derived(ContinuousIntegration)):
            return cls(0, is_service=False)
        count = sum(snapshot.role(path) is Role.SHIPPED for path, _ in snapshot.files(Source))
        return cls(count, is_service(snapshot))


@dataclass(frozen=True)
class CheckedDependencies:
    """The ecosystems of packages that shipped code takes from, where there is CI."""

    ecosystems: tuple[Ecosystem, ...]
    is_service: bool
    updated_by: str | None = None  # the configuration of what proposes updates of all of them

    def __len__(self) -> int:
        return len(self.ecosystems)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        if not len(snapshot.derived(ContinuousIntegration)):
            return cls((), is_service=False)
        found = tuple(e for e in snapshot.derived(Ecosystems).found if e.name in _PACKAGES)
        return cls(found, is_service(snapshot), _updated_by(snapshot, found))


def _updated_by(snapshot: Snapshot, ecosystems: tuple[Ecosystem, ...]) -> str | None:
    for path, dependabot in snapshot.files(Dependabot):
        on = {update.ecosystem for update in dependabot.updates if not update.is_off}
        if all(on.intersection(ecosystem.names) for ecosystem in ecosystems):
            return path
    return next((path for path in RENOVATE if path in snapshot.paths), None)


def is_service(snapshot: Snapshot) -> bool:
    """Whether any component of the repository is deployed as a service."""
    return bool(snapshot.derived(Project).of_kind(ProjectKind.SERVICE))


def is_hook(snapshot: Snapshot, capability: Capability) -> bool:
    """Whether a hook of pre-commit does it before every commit, if CI doesn't."""
    pre_commit = snapshot.get(".pre-commit-config.yaml", PreCommit)
    own = capability.of(snapshot.derived(ContinuousIntegration))
    return pre_commit is not None and own.is_among_hooks(pre_commit.hooks)


def lints_for_security(snapshot: Snapshot) -> bool:
    """Whether ruff runs bandit's rules."""
    ci = snapshot.derived(ContinuousIntegration)
    selected: set[str] = set()
    for _, pyproject in snapshot.files(Pyproject):
        ruff = pyproject.tool.get("ruff")
        lint = ruff.get("lint", ruff) if isinstance(ruff, dict) else None
        for key in ("select", "extend-select"):
            rules = lint.get(key) if isinstance(lint, dict) else None
            selected |= {str(rule) for rule in rules} if isinstance(rules, list) else set()
    runs = next(ci.running("ruff"), None) or next(ci.using("astral-sh/ruff-action"), None)
    return runs is not None and bool(selected & {"S", "ALL"})
