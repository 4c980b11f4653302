"""Tools that judge a change and have a configuration in the tree, with whether CI runs them.

The table is data: a tool, the files or tables that configure it, and what counts as running it. Without any CI there is
nothing to say of a single tool: that is one gap of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.ci.configuration_files import ConfigurationFiles
from checks.derived.ci_capability import Capability, place_of
from checks.derived.ci_commands import ContinuousIntegration
from checks.facts.pre_commit import PreCommit
from checks.facts.pyproject import Pyproject
from checks.facts.roles import Role
from checks.model import Evidence, Severity
from checks.snapshot import Snapshot

_WRAPPERS = (
    "super-linter/super-linter",
    "github/super-linter",
    "oxsecurity/megalinter",
    "trunk-io/trunk-action",
    "codacy/",
)


@dataclass(frozen=True)
class Tool:
    """A tool. `files` are globs on the path's last part, or on the whole path where they hold a slash."""

    name: str
    severity: Severity
    files: tuple[str, ...]
    runs: Capability
    table: str = ""  # [tool.<table>] in pyproject.toml


def _tool(
    name: str,
    severity: Severity,
    files: str,
    commands: str,
    actions: str = "",
    table: str = "",
    *,
    wrapped: bool = True,
) -> Tool:
    """A row: files, commands and actions separated by blanks; commands of two words are joined by +."""
    ran = tuple(command.replace("+", " ") for command in commands.split())
    used = (*actions.split(), *(_WRAPPERS if wrapped else ()))
    return Tool(name, severity, tuple(files.split()), Capability(name, ran, used), table)


_HIGH, _MEDIUM, _LOW = Severity.HIGH, Severity.MEDIUM, Severity.LOW
TOOLS = (
    _tool("cargo-deny", _HIGH, "deny.toml .deny.toml .cargo/deny.toml", "cargo+deny", "embarkstudios/cargo-deny-action", wrapped=False),
    _tool("cargo-audit", _HIGH, ".cargo/audit.toml audit.toml", "cargo+audit", "rustsec/audit-check actions-rs/audit-check actions-rust-lang/audit"),
    _tool("cargo-vet", _HIGH, "supply-chain/config.toml", "cargo+vet", "", wrapped=False),
    _tool("bandit", _HIGH, ".bandit bandit.yaml bandit.yml bandit.toml", "bandit", "pycqa/bandit-action tj-actions/bandit", "bandit"),
    _tool("semgrep", _HIGH, ".semgrep.yml .semgrep.yaml .semgrep/*.yml .semgrep/*.yaml .semgrepignore", "semgrep opengrep", "semgrep/semgrep-action returntocorp/semgrep-action"),
    _tool("trivy", _HIGH, "trivy.yaml trivy.yml .trivyignore .trivyignore.yaml", "trivy", "aquasecurity/trivy-action"),
    _tool("grype", _HIGH, ".grype.yaml .grype.yml", "grype", "anchore/scan-action"),
    _tool("gitleaks", _HIGH, ".gitleaks.toml gitleaks.toml .gitleaksignore", "gitleaks", "gitleaks/gitleaks-action zricethezav/gitleaks-action"),
    _tool("detect-secrets", _HIGH, ".secrets.baseline", "detect-secrets detect-secrets-hook", "reviewdog/action-detect-secrets"),
    _tool("gosec", _HIGH, ".gosec.json gosec.json", "gosec golangci-lint", "securego/gosec golangci/golangci-lint-action"),
    _tool("osv-scanner", _HIGH, "osv-scanner.toml", "osv-scanner", "google/osv-scanner-action google/osv-scanner-action/"),
    _tool("Snyk", _HIGH, ".snyk", "snyk", "snyk/actions snyk/actions/", wrapped=False),
    _tool("Checkov", _HIGH, ".checkov.yaml .checkov.yml .checkov.baseline", "checkov", "bridgecrewio/checkov-action"),
    _tool("tfsec", _HIGH, "tfsec.yml .tfsec/config.yml", "tfsec trivy", "aquasecurity/tfsec-action aquasecurity/trivy-action"),
    _tool("kube-linter", _MEDIUM, ".kube-linter.yaml .kube-linter.yml", "kube-linter", "stackrox/kube-linter-action"),
    _tool("zizmor", _MEDIUM, "zizmor.yml .github/zizmor.yml", "zizmor", "zizmorcore/zizmor-action woodruffw/zizmor-action"),
    _tool("golangci-lint", _HIGH, ".golangci.yml .golangci.yaml .golangci.toml .golangci.json", "golangci-lint", "golangci/golangci-lint-action"),
    _tool("hadolint", _MEDIUM, ".hadolint.yaml .hadolint.yml", "hadolint", "hadolint/hadolint-action jbergstroem/hadolint-gh-action"),
    _tool("actionlint", _LOW, ".github/actionlint.yaml .github/actionlint.yml", "actionlint", "raven-actions/actionlint rhysd/actionlint reviewdog/action-actionlint"),
    _tool("ShellCheck", _LOW, ".shellcheckrc", "shellcheck", "ludeeus/action-shellcheck reviewdog/action-shellcheck"),
    _tool("yamllint", _LOW, ".yamllint .yamllint.yml .yamllint.yaml", "yamllint", "ibiqlik/action-yamllint karancode/yamllint-github-action"),
    _tool("markdownlint", _LOW, ".markdownlint.json .markdownlint.yaml .markdownlint.yml .markdownlint.jsonc .markdownlint-cli2.*", "markdownlint markdownlint-cli2 mdl rumdl", "davidanson/markdownlint-cli2-action articulate/actions-markdownlint nosborn/github-action-markdown-cli"),
    _tool("typos", _LOW, "typos.toml _typos.toml .typos.toml", "typos", "crate-ci/typos"),
    _tool("codespell", _LOW, ".codespellrc", "codespell", "codespell-project/actions-codespell", "codespell"),
    _tool("cspell", _LOW, "cspell.json .cspell.json cspell.yaml cspell.config.* cspell.yml", "cspell", "streetsidesoftware/cspell-action"),
    _tool("Vale", _LOW, ".vale.ini", "vale", "errata-ai/vale-action vale-cli/vale-action"),
    _tool("lychee", _LOW, "lychee.toml .lychee.toml", "lychee", "lycheeverse/lychee-action"),
    _tool("cargo-tarpaulin", _MEDIUM, "tarpaulin.toml .tarpaulin.toml", "cargo+tarpaulin", "actions-rs/tarpaulin", wrapped=False),
    _tool("cargo-nextest", _LOW, ".config/nextest.toml", "cargo+nextest", "", wrapped=False),
    _tool("import-linter", _MEDIUM, ".importlinter", "lint-imports", "", "importlinter", wrapped=False),
    _tool("deptry", _MEDIUM, "", "deptry", "", "deptry", wrapped=False),
    _tool("vulture", _LOW, "", "vulture", "", "vulture", wrapped=False),
    _tool("interrogate", _LOW, "", "interrogate", "", "interrogate", wrapped=False),
    _tool("knip", _MEDIUM, "knip.json knip.jsonc knip.ts knip.config.*", "knip", "", "knip", wrapped=False),
    _tool("dependency-cruiser", _MEDIUM, ".dependency-cruiser.js .dependency-cruiser.cjs .dependency-cruiser.json", "depcruise", "", wrapped=False),
    _tool("TFLint", _MEDIUM, ".tflint.hcl", "tflint", "terraform-linters/setup-tflint"),
    _tool("Spectral", _LOW, ".spectral.yaml .spectral.yml .spectral.json", "spectral", "stoplightio/spectral-action"),
    _tool("SQLFluff", _LOW, ".sqlfluff", "sqlfluff", "", "sqlfluff"),
    _tool("SonarQube", _MEDIUM, "sonar-project.properties", "sonar-scanner pysonar", "sonarsource/ sonarsource/sonarcloud-github-action", wrapped=False),
)  # fmt: skip
_OURS = frozenset({Role.SHIPPED, Role.TOOL})


@dataclass(frozen=True)
class ConfiguredTool:
    """A tool with its configuration."""

    tool: Tool
    path: str
    line: int
    place: str  # as people say it: the path, with the table
    run_by: tuple[Evidence, ...]  # nothing if nothing does


@dataclass(frozen=True)
class ConfiguredTools:
    """Every configured tool once, by its first configuration."""

    tools: tuple[ConfiguredTool, ...]

    def __len__(self) -> int:
        return len(self.tools)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        ci = snapshot.derived(ContinuousIntegration)
        if not len(ci):
            return cls(())
        found: list[ConfiguredTool] = []
        for tool in TOOLS:
            place = next(_configurations(snapshot, tool), None)
            if place:
                done = next(
                    tool.runs.performed(ci), ".pre-commit-config.yaml" if _is_hook(snapshot, tool) else None
                )
                found.append(ConfiguredTool(tool, *place, place_of(done) if done else ()))
        return cls(tuple(found))


def _configurations(snapshot: Snapshot, tool: Tool) -> Iterator[tuple[str, int, str]]:
    for path in snapshot.derived(ConfigurationFiles).matching(tool.files):
        yield path, 1, path
    for path, pyproject in snapshot.files(Pyproject) if tool.table else ():
        if pyproject.has_tool(tool.table) and snapshot.role(path) in _OURS:
            yield path, pyproject.line("tool", tool.table), f"[tool.{tool.table}] in {path}"


def _is_hook(snapshot: Snapshot, tool: Tool) -> bool:
    """A hook of pre-commit runs it on every developer's machine, if not in CI."""
    pre_commit = snapshot.get(".pre-commit-config.yaml", PreCommit)
    if pre_commit is None:
        return False
    names = [command.replace(" ", "-") for command in tool.runs.commands]
    return pre_commit.hook(*names) is not None or any(
        command.runs(*tool.runs.commands) for hook in pre_commit.hooks for command in hook.command
    )
