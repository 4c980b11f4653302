"""The licences of dependencies against those that the policy allows: SPDX expressions, read as they are written."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from checks.derived.supply_chain.reviewed_dependencies import ReviewedDependencies
from checks.facts.node_lock import NodeLock
from checks.facts.roles import Role
from checks.policy import Licenses
from checks.snapshot import Snapshot

_TOKEN = re.compile(r"[()]|[\w.+:/-]+(?:\s+WITH\s+[\w.-]+)?", re.IGNORECASE)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class LicensedPackage:
    """A package with its licence; `problem` says why the policy refuses it, None where it doesn't."""

    name: str
    path: str
    line: int | None
    license: str | None
    is_development: bool
    problem: str | None


@dataclass(frozen=True)
class DependencyLicenses:
    """Every package whose licence lock files or GitHub's dependency review tell. None where the policy says nothing of licences."""

    packages: tuple[LicensedPackage, ...]

    def __len__(self) -> int:
        return len(self.packages)

    @classmethod
    def derive(cls, snapshot: Snapshot) -> Self:
        licenses = snapshot.policy.licenses
        if not licenses.allowed and not licenses.denied:
            return cls(())
        found: dict[tuple[str, str], LicensedPackage] = {}
        for package in _packages(snapshot, licenses):
            key = package.path, package.name
            if key not in found or (package.problem and not found[key].problem):
                found[key] = package
        return cls(tuple(found.values()))


def _packages(snapshot: Snapshot, licenses: Licenses) -> Iterator[LicensedPackage]:
    for path, lock in snapshot.files(NodeLock):
        for one in lock.packages if snapshot.role(path) in (Role.SHIPPED, Role.TOOL) else ():
            problem = refusal(one.license, licenses)
            yield LicensedPackage(one.name, path, one.line, one.license, one.is_development, problem)
    for change in snapshot.derived(ReviewedDependencies).changed:
        if snapshot.get(change.manifest, NodeLock) is None:
            problem = refusal(change.license, licenses)
            is_development = change.scope == "development"
            yield LicensedPackage(change.name, change.manifest, None, change.license, is_development, problem)


def refusal(expression: str | None, licenses: Licenses) -> str | None:
    """Why the policy refuses a licence expression; None where it accepts it, or where none is stated."""
    if expression is None or is_satisfied(expression, lambda name: _accepts(name, licenses)):
        return None
    reason = "denied by" if _names_any(expression, licenses.denied) else "not among those allowed by"
    return f"`{expression}` is {reason} the policy"


def _names_any(expression: str, names: tuple[str, ...]) -> bool:
    return any(_matches(token, names) for token in _TOKEN.findall(expression[:_LONGEST]))


def _accepts(name: str, licenses: Licenses) -> bool:
    return not _matches(name, licenses.denied) and (not licenses.allowed or _matches(name, licenses.allowed))


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    """An exception (`GPL-2.0-only WITH Classpath-exception-2.0`) may be named alone or go with its licence."""
    candidates = (name.lower(), re.split(r"\s+WITH\s+", name, flags=re.IGNORECASE)[0].lower())
    return any(fnmatch.fnmatchcase(one, pattern.lower()) for one in candidates for pattern in patterns)


def is_satisfied(expression: str, accepts: Callable[[str], bool]) -> bool:
    """Whether the terms can be met: one side of each OR, both of each AND, which binds tighter."""
    levels: list[_Level] = [_Level()]
    for token in _TOKEN.findall(expression[:_LONGEST]):
        word = token.upper()
        if word == "(":
            levels.append(_Level())
        elif word == ")":
            if len(levels) > 1:
                inner = levels.pop().value
                levels[-1].take(inner)
        elif word == "OR":
            levels[-1].alternatives.append(None)
        elif word != "AND":
            levels[-1].take(accepts(token))
    while len(levels) > 1:
        inner = levels.pop().value
        levels[-1].take(inner)
    return levels[0].value


class _Level:
    """What stands between two parentheses: alternatives, each the terms that it joins; None where it has none yet."""

    def __init__(self) -> None:
        self.alternatives: list[bool | None] = [None]

    def take(self, value: bool) -> None:
        self.alternatives[-1] = value and self.alternatives[-1] is not False

    @property
    def value(self) -> bool:
        return any(self.alternatives)
