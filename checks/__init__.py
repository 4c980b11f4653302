"""The knowledge of gonogo: a snapshot in, a report out. Pure; this module is its public face."""

from checks.change import Change
from checks.compare import Review, Verdict, compare
from checks.coverage import SIZE_LIMIT as COVERAGE_LIMIT
from checks.coverage import Coverage, CoverageProblem, parse_coverage
from checks.dependency_changes import DependencyChanges, names_dependencies
from checks.facts.kinds import engine_of, extract, unreadable
from checks.failure import failure_text
from checks.model import Entry, Evidence, Gap, Outcome, Proof, Severity, Stage
from checks.modules import ModuleReach, module_table
from checks.pages import page
from checks.policy import OnFailure, Policy, PolicyProblem, PolicyRead, parse_policy
from checks.readiness import CriterionState, Readiness, StageVerdict, readiness
from checks.registry import Check, all_checks, find_check
from checks.report import CheckResult, Report, ReportedGap, audit
from checks.review import Tree, plan_review, review
from checks.snapshot import Request, Snapshot, plan

__all__ = [
    "COVERAGE_LIMIT",
    "Change",
    "Check",
    "CheckResult",
    "Coverage",
    "CoverageProblem",
    "CriterionState",
    "DependencyChanges",
    "Entry",
    "Evidence",
    "Gap",
    "ModuleReach",
    "OnFailure",
    "Outcome",
    "Policy",
    "PolicyProblem",
    "PolicyRead",
    "Proof",
    "Readiness",
    "Report",
    "ReportedGap",
    "Request",
    "Review",
    "Severity",
    "Snapshot",
    "Stage",
    "StageVerdict",
    "Tree",
    "Verdict",
    "all_checks",
    "audit",
    "compare",
    "engine_of",
    "extract",
    "failure_text",
    "find_check",
    "module_table",
    "names_dependencies",
    "page",
    "parse_coverage",
    "parse_policy",
    "plan",
    "plan_review",
    "readiness",
    "review",
    "unreadable",
]
