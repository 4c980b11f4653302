"""What is wrong in a policy file, with its lines."""

from __future__ import annotations

from collections.abc import Iterable

from bot.rendering.harmless import code, plain
from checks import PolicyProblem

POLICY_PATH = ".github/gonogo.yml"
MOST_PROBLEMS = 10


def problem_lines(problems: Iterable[PolicyProblem], source: str = POLICY_PATH) -> tuple[str, ...]:
    """One alert that names the file and every problem in it; nothing where there is none."""
    found = tuple(problems)
    if not found:
        return ()
    lines = [
        f"> [!WARNING]\n> The policy {code(source)} of the base branch can't be used, so the defaults apply:"
    ]
    lines += [f"> - line {problem.line}: {plain(problem.message)}" for problem in found[:MOST_PROBLEMS]]
    if more := len(found) - MOST_PROBLEMS:
        lines += [f"> - and {more} more"] if more > 0 else []
    return ("\n".join(lines),)
