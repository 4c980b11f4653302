"""A report or a review in the format that was asked for."""

from __future__ import annotations

from bot.cli.inspection import Audited, Modules, Reviewed
from bot.cli.options import Format
from bot.cli.output import show, warn, write
from bot.rendering.json import audit_json, review_json
from bot.rendering.markdown import audit_markdown, review_markdown
from bot.rendering.module_table import modules_json, modules_view
from bot.rendering.policy_text import POLICY_PATH
from bot.rendering.sarif import audit_sarif, review_sarif
from bot.rendering.terminal import audit_view, review_view
from checks import PolicyProblem


def show_audit(audited: Audited, style: Format) -> None:
    report, problems, links = audited.report, audited.problems, audited.links
    match style:
        case Format.TEXT:
            show(audit_view(report, problems))
        case Format.MARKDOWN:
            write(audit_markdown(report, links, problems))
        case Format.JSON:
            _warned(problems)
            write(audit_json(report, problems))
        case Format.SARIF:
            _warned(problems)
            write(audit_sarif(report, links))


def show_modules(modules: Modules, style: Format) -> None:
    if style is Format.JSON:
        write(modules_json(modules.commit, modules.rows))
    else:
        show(modules_view(modules.rows))


def show_review(reviewed: Reviewed, style: Format) -> None:
    review, problems, links = reviewed.review, reviewed.problems, reviewed.links
    match style:
        case Format.TEXT:
            show(review_view(review, problems))
        case Format.MARKDOWN:
            write(review_markdown(review, links, problems))
        case Format.JSON:
            _warned(problems)
            write(review_json(review, problems))
        case Format.SARIF:
            _warned(problems)
            write(review_sarif(review, links))


def _warned(problems: tuple[PolicyProblem, ...]) -> None:
    """Machines read the formats that hold no words of ours: the person hears it on standard error."""
    warn(f"{POLICY_PATH}:{problem.line}: {problem.message}; the defaults apply" for problem in problems)
