"""Which commands and actions of CI judge a change: tests, linters, type checks, scans. Data, and the options that make them toothless."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from checks.derived.ci_capability import Capability
from checks.facts.shell_commands import ShellCommand
from checks.policy import CapabilityName


class CheckKind(StrEnum):
    """What a command of CI looks at."""

    TEST = "test"
    LINT = "lint"
    TYPES = "type check"
    SCAN = "security scan"


_TESTS = {
    "Python": Capability("a Python test run", ("pytest", "py.test", "unittest", "tox", "nox", "hatch test", "hatch run test", "manage.py test",
                                               "python manage.py test", "django-admin test", "coverage run", "nose2", "trial", "behave", "robot", "slipcover", "stestr", "ward"),
                         ("pavelzw/pytest-action",)),
    "Go": Capability("a Go test run", ("go test", "gotestsum", "ginkgo", "richgo test", "gotest", "go-junit-report", "tparse", "encore test")),
    "Rust": Capability("a Rust test run", ("cargo test", "cargo nextest", "cargo llvm-cov", "cargo tarpaulin", "cargo t", "cargo hack", "cross test", "cargo careful",
                                           "cargo miri", "cargo insta", "cargo make", "wasm-pack test", "cargo all-features", "cargo maelstrom", "cargo cov", "maturin develop")),
    "JavaScript": Capability("a JavaScript test run", ("jest", "vitest", "mocha", "ava", "tap", "jasmine", "karma", "playwright", "cypress", "wtr", "web-test-runner", "bun test",
                                                       "deno test", "ng test", "react-scripts test", "node --test", "tsx --test", "uvu", "qunit", "testcafe", "nightwatch", "wdio", "c8", "nyc",
                                                       "vue-cli-service test:unit", "craco test", "aegir test", "borp", "test-storybook", "hardhat test", "tstyche", "japa"),
                             ("cypress-io/github-action", "chromaui/action")),
}  # fmt: skip
TESTS = {language: replace(runner, policy_name=CapabilityName.TESTS) for language, runner in _TESTS.items()}
_LINTS = ("ruff", "flake8", "pylint", "black", "isort", "pycodestyle", "pydocstyle", "eslint", "biome", "oxlint", "prettier", "stylelint", "tslint", "standard", "xo",
          "golangci-lint", "go vet", "staticcheck", "revive", "gofmt", "gofumpt", "cargo clippy", "cargo fmt", "rustfmt", "shellcheck", "hadolint", "yamllint", "ansible-lint",
          "actionlint", "markdownlint", "markdownlint-cli2", "djlint", "sqlfluff", "tflint", "buf lint", "dprint", "next lint", "rubocop", "pre-commit run", "knip", "deptry",
          "lint-imports", "kube-linter", "kubeconform", "cargo machete", "cargo udeps")  # fmt: skip
_TYPES = (
    "mypy",
    "pyright",
    "basedpyright",
    "pytype",
    "pyre",
    "pyrefly",
    "ty check",
    "tsc",
    "vue-tsc",
    "svelte-check",
    "tsgo",
    "flow check",
    "dmypy",
)
_SCANS = ("bandit", "pip-audit", "safety", "semgrep", "trivy", "grype", "gosec", "govulncheck", "cargo audit", "cargo deny", "npm audit", "yarn audit", "yarn npm audit", "pnpm audit",
          "better-npm-audit", "audit-ci", "osv-scanner", "snyk", "gitleaks", "trufflehog", "detect-secrets", "detect-secrets-hook", "checkov", "tfsec", "kics", "zizmor",
          "docker scout", "dependency-check", "nancy", "cargo vet", "kubescape", "kubesec", "retire", "bun audit", "uv audit")  # fmt: skip
_EVERY_TEST = tuple(tool for capability in TESTS.values() for tool in capability.commands)
_SETUP = frozenset(
    {
        "install",
        "add",
        "update",
        "download",
        "pull",
        "login",
        "--version",
        "-V",
        "version",
        "uninstall",
        "init",
        "image-pull",
        "plugin",
        "--help",
    }
)
_TOOTHLESS = re.compile(
    r"^(?:--exit-zero|-no-fail|--no-fail|--soft-fail|--exit-code[= ]0|--no-exit-codes|--passWithNoTestsAtAll|--fail-level[= ]none|--no-error-on-unmatched)$"
)
ACTIONS: dict[str, CheckKind] = {
    "aquasecurity/trivy-action": CheckKind.SCAN, "securego/gosec": CheckKind.SCAN, "anchore/scan-action": CheckKind.SCAN,
    "golangci/golangci-lint-action": CheckKind.LINT, "gitleaks/gitleaks-action": CheckKind.SCAN, "trufflesecurity/trufflehog": CheckKind.SCAN,
    "bridgecrewio/checkov-action": CheckKind.SCAN, "snyk/actions": CheckKind.SCAN, "pre-commit/action": CheckKind.LINT, "embarkstudios/cargo-deny-action": CheckKind.SCAN,
    "rustsec/audit-check": CheckKind.SCAN, "pypa/gh-action-pip-audit": CheckKind.SCAN, "returntocorp/semgrep-action": CheckKind.SCAN, "astral-sh/ruff-action": CheckKind.LINT,
    "crate-ci/typos": CheckKind.LINT, "hadolint/hadolint-action": CheckKind.LINT, "ludeeus/action-shellcheck": CheckKind.LINT, "psf/black": CheckKind.LINT,
    "golang/govulncheck-action": CheckKind.SCAN, "dominikh/staticcheck-action": CheckKind.LINT, "aquasecurity/tfsec-action": CheckKind.SCAN, "google/osv-scanner-action": CheckKind.SCAN,
    "actions/dependency-review-action": CheckKind.SCAN, "super-linter/super-linter": CheckKind.LINT, "github/super-linter": CheckKind.LINT, "oxsecurity/megalinter": CheckKind.LINT,
    "biomejs/setup-biome": CheckKind.LINT, "zizmorcore/zizmor-action": CheckKind.SCAN, "ossf/scorecard-action": CheckKind.SCAN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A command that checks something: the tool's name and the kind of check."""

    tool: str
    kind: CheckKind


_TABLE = (
    (CheckKind.TEST, _EVERY_TEST),
    (CheckKind.TYPES, _TYPES),
    (CheckKind.SCAN, _SCANS),
    (CheckKind.LINT, _LINTS),
)
_JUDGED = tuple(dict.fromkeys(Judged(tool, kind) for kind, tools in _TABLE for tool in tools))
# By every name that a command may give the tool, with its place: where a command runs several, the first counts.
_PLACES = {
    name: place
    for place, one in reversed(tuple(enumerate(_JUDGED)))
    for name in (one.tool, one.tool.replace(" ", "-"))
}


def judged(command: ShellCommand) -> Judged | None:
    """What the command checks, if it checks anything: installing a tool or asking its version doesn't."""
    inner = command.unwrapped().words
    if len(inner) > 1 and inner[1] in _SETUP and inner[0] != "cargo":
        return None
    place = min((_PLACES[name] for name in command.names if name in _PLACES), default=None)
    return _JUDGED[place] if place is not None else None


def toothless(command: ShellCommand) -> str | None:
    """The option with which the tool itself never fails."""
    words = command.unwrapped().words
    pairs = [*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))]
    return next((word for word in pairs if _TOOTHLESS.match(word)), None)
