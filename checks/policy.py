"""The policy: what an organisation or a repository asks for. Read from YAML, with a line for everything wrong in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checks.model import Severity

SIZE_LIMIT = 64_000  # characters; a policy is short, and YAML is read only below this
DEPTH_LIMIT = 50


# A command with its first words ("scan-it all"), an action ("owner/name"), an owner ("owner/") or a reusable workflow.
ToolName = Annotated[str, Field(min_length=2, max_length=200, pattern=r"^[\w./-]+(?: [\w./-]+)*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OnFailure(StrEnum):
    """What a Check Run concludes when gonogo itself failed, or can't judge the change."""

    NEUTRAL = "neutral"
    FAILURE = "failure"


class CapabilityName(StrEnum):
    """What CI can be asked to do, as the policy names it."""

    TESTS = "tests"
    LINT = "lint"
    TYPE_CHECK = "type-check"
    SHELL_LINT = "shell-lint"
    SPELL_CHECK = "spell-check"
    SECRET_SCAN = "secret-scan"  # noqa: S105 - a name
    DEPENDENCY_AUDIT = "dependency-audit"
    STATIC_ANALYSIS = "static-analysis"
    IMAGE_SCAN = "image-scan"
    SBOM = "sbom"
    SIGNING = "signing"
    IMAGE_SIGNING = "image-signing"
    PROVENANCE = "provenance"
    DEPLOYMENT = "deployment"


class CheckPolicy(_Strict):
    """What the policy says of one check."""

    enabled: bool = Field(True, description="false: the check is not run")
    severity: Severity | None = Field(None, description="replaces the check's own severity")


class Waiver(_Strict):
    """A gap accepted by a person, with a reason and an expiry."""

    check: str = Field(description="id of the check")
    path: str | None = Field(None, description="glob over paths; absent: any path")
    subject: str | None = Field(None, description="the gap's subject; absent: any subject")
    reason: str = Field(min_length=1, description="why it is accepted")
    expires: dt.date = Field(description="last day on which it holds")


class Deliverables(_Strict):
    """Paths that must be there, under one name."""

    category: str = Field(description="name of the group, shown in the report")
    paths: tuple[str, ...] = Field(description="files or folders that must exist")


class Limits(_Strict):
    """Numbers that checks compare with."""

    function_lines: Annotated[int, Field(ge=1)] = Field(
        60, description="end line minus start line of the longest function"
    )
    coverage_percent: Annotated[int, Field(ge=0, le=100)] = Field(
        0,
        description="least share of lines that tests run, of all code and of each critical module, by the coverage report",
    )


class Licenses(_Strict):
    """SPDX identifiers of the licences that dependencies may have, or may not; `*` stands for any letters."""

    allowed: tuple[str, ...] = Field((), description="licences of dependencies that are allowed; absent: any")
    denied: tuple[str, ...] = Field((), description="licences of dependencies that are not: `AGPL-*`")


class Policy(_Strict):
    """`.github/gonogo.yml`, read from the base branch. Every key is optional."""

    fail_on: Severity = Field(
        Severity.HIGH, description="a new gap of this severity or above fails the pull request"
    )
    on_failure: OnFailure = Field(
        OnFailure.NEUTRAL, description="conclusion of the Check Run when gonogo itself failed"
    )
    on_undecided: OnFailure = Field(
        OnFailure.NEUTRAL,
        description="conclusion of the Check Run when a check could judge the base and can't judge the change, "
        "as when a file became unreadable",
    )
    score_threshold: Annotated[float, Field(ge=0, le=1)] = Field(
        0.8, description="share of applicable checks that must pass for production"
    )
    blocking_areas: tuple[str, ...] = Field(
        (), description="areas in which any new gap fails the pull request"
    )
    checks: dict[str, CheckPolicy] = Field({}, description="settings by id of the check")
    ignore: tuple[str, ...] = Field((), description="globs of paths whose gaps are not reported")
    deliverables: tuple[Deliverables, ...] = Field((), description="paths that are required to exist")
    capabilities: dict[CapabilityName, tuple[ToolName, ...]] = Field(
        {},
        description="what else counts as a "
        + ", ".join(f"`{name}`" for name in CapabilityName)
        + ": commands, actions, reusable workflows",
    )
    critical_modules: tuple[str, ...] = Field((), description="globs of modules that must be tested")
    licenses: Licenses = Field(Licenses(), description="licences that dependencies may have")
    limits: Limits = Field(Limits(), description="numbers that checks compare with")
    waivers: tuple[Waiver, ...] = Field((), description="accepted gaps")


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """Something wrong in a policy file, at a line (from 1)."""

    message: str
    line: int


@dataclass(frozen=True, slots=True)
class PolicyRead:
    """The policy that applies (the defaults where the file is broken), and what is wrong in the file."""

    policy: Policy
    problems: tuple[PolicyProblem, ...] = ()


def parse_policy(text: str) -> PolicyRead:
    """Read a policy file. A broken one is reported and the defaults apply: half a policy is no policy."""
    try:
        node = _compose(text)
        return PolicyRead(Policy.model_validate(_plain(node) if node else {}))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        return PolicyRead(Policy(), (PolicyProblem(f"not YAML: {problem}", mark.line + 1 if mark else 1),))
    except ValidationError as error:
        problems = ((_keys(e["loc"]), e["msg"]) for e in error.errors())
        told = (PolicyProblem(_sentence(where, said), _line(node, where)) for where, said in problems)
        return PolicyRead(Policy(), tuple(told))


def _compose(text: str) -> yaml.Node | None:
    if len(text) > SIZE_LIMIT:
        raise yaml.YAMLError(f"longer than {SIZE_LIMIT} characters")
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_LIMIT:
            raise yaml.YAMLError(f"nested more than {DEPTH_LIMIT} levels deep")
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read in a policy")
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _plain(node: yaml.Node) -> Any:
    """The node's value; dates and numbers stay text, which pydantic reads by the field's type."""
    if isinstance(node, yaml.MappingNode):
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise yaml.YAMLError("a key is no word")
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return None if node.tag.endswith(":null") else node.value


def _keys(where: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The way to a problem; pydantic marks a key that is itself wrong with a step more."""
    return tuple(step for step in where if step != "[key]")


def _line(node: yaml.Node | None, where: tuple[int | str, ...]) -> int:
    """The line of the nearest node on the way to a problem."""
    for step in where:
        following = _child(node, step)
        if following is None:
            break
        node = following
    return node.start_mark.line + 1 if node else 1


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode):
        item: yaml.Node = node.value[int(step)]
        return item
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == str(step)), None)


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, where)) or 'the file'}: {message[0].lower()}{message[1:]}"
