"""Continuous integration other than GitHub's: GitLab, CircleCI, Azure, Travis, Bitbucket, Drone and their kin.

Their scripts are what matters; which job runs when is only seen as far as a job is allowed to fail.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from checks.facts.kinds import facts
from checks.facts.shell_commands import ShellCommand, shell_commands
from checks.facts.yaml_document import YamlNode, is_template, without_templates, yaml_documents

_SCRIPT_KEYS = frozenset(
    {"script", "before_script", "after_script", "run", "command", "commands", "bash", "pwsh", "powershell", "install",
     "before_install", "after_success", "test_script", "build_script", "install_script", "checks"}
)  # fmt: skip
_ALLOWED_TO_FAIL = ("allow_failure", "continueOnError", "soft_fail", "ignore_failure", "allow_failures")
_NAMED = frozenset({"image", "uses", "orb", "task", "template", "component", "include", "plugin"})
_GOES = re.compile(r"\s*cd\s+([\w./-]+)\s*$")
_REHEARSALS = ("dry_run", "dry-run")
_JENKINS_STEP = re.compile(
    r"""\b(?:sh|bat|powershell|pwsh)\s*[( ]\s*(?:script\s*:\s*)?('''|\"\"\"|'|")(.*?)\1""", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class PipelineScript:
    """A script of a job, with whether the job may fail and the folder that the lines before it went to."""

    text: str
    line: int
    may_fail: bool = False
    folder: str = ""

    @property
    def commands(self) -> tuple[ShellCommand, ...]:
        """Its commands."""
        found = shell_commands(self.text, line=self.line)
        if not self.may_fail:
            return found
        return tuple(replace(command, swallowed=command.swallowed or "the job may fail") for command in found)


@facts(
    ".gitlab-ci.yml",
    ".gitlab-ci/*.yml",
    ".gitlab/ci/*.yml",
    ".circleci/config.yml",
    ".circleci/*.yml",
    "azure-pipelines*.yml",
    ".azure-pipelines/*.yml",
    ".azure/*.yml",
    "bitbucket-pipelines.yml",
    ".travis.yml",
    ".drone.yml",
    ".woodpecker.yml",
    ".woodpecker.yaml",
    ".woodpecker/*.yml",
    ".woodpecker/*.yaml",
    ".buildkite/*.yml",
    ".buildkite/*.yaml",
    ".cirrus.yml",
    ".appveyor.yml",
    "appveyor.yml",
    ".semaphore/*.yml",
    "cloudbuild.yaml",
    "buildspec.yml",
    ".tekton/*.yaml",
    ".forgejo/workflows/*.yml",
    ".forgejo/workflows/*.yaml",
    ".gitea/workflows/*.yml",
    ".gitea/workflows/*.yaml",
    version=3,
)
@dataclass(frozen=True, slots=True)
class Pipeline:
    """The scripts of a pipeline in the order in which they are written, and the tools it names otherwise."""

    scripts: tuple[PipelineScript, ...] = ()
    named: tuple[tuple[str, int], ...] = ()  # images, tasks, orbs, templates, included files
    plugins: tuple[
        tuple[str, int], ...
    ] = ()  # images that take settings instead of commands, rehearsals left out

    @classmethod
    def extract(cls, text: str) -> Self:
        source = without_templates(text) if is_template(text) else text
        scripts: list[PipelineScript] = []
        named: list[tuple[str, int]] = []
        documents = yaml_documents(source)
        for document in documents:
            _read(document, scripts, named)
        plugins = (found for document in documents for found in _plugins(document))
        return cls(tuple(scripts), tuple(named), tuple(plugins))


@facts("Jenkinsfile", "Jenkinsfile.*", "*.jenkinsfile", version=1)
@dataclass(frozen=True, slots=True)
class Jenkinsfile:
    """The shell steps of a Jenkins pipeline."""

    scripts: tuple[PipelineScript, ...] = ()

    @classmethod
    def extract(cls, text: str) -> Self:
        return cls(
            tuple(
                PipelineScript(match.group(2), text.count("\n", 0, match.start(2)) + 1)
                for match in _JENKINS_STEP.finditer(text)
            )
        )


def _read(document: YamlNode, scripts: list[PipelineScript], named: list[tuple[str, int]]) -> None:
    stack: list[tuple[YamlNode, bool]] = [(document, False)]
    while stack:
        node, may_fail = stack.pop()
        may_fail = may_fail or any(node.flag(key) for key in _ALLOWED_TO_FAIL)
        following = [(item, may_fail) for item in node.items or ()]
        for entry in node.entries or ():
            if entry.key in _SCRIPT_KEYS:
                scripts += _scripts(entry.value, may_fail)
            if entry.key in _NAMED:
                named += [(value.text, value.line) for value in entry.value.walk() if value.text]
            following.append((entry.value, may_fail))
        stack += reversed(following)


def _plugins(document: YamlNode) -> Iterator[tuple[str, int]]:
    """Steps of Woodpecker and Drone that are a plugin: an image with settings."""
    for node in document.walk():
        image, rehearses = node.string("image"), any(node.flag("settings", key) for key in _REHEARSALS)
        if image and node.has("settings") and not rehearses:
            yield image, node.line_of("image")


def _scripts(node: YamlNode, may_fail: bool) -> Iterator[PipelineScript]:
    """The lines of one list run in one shell: where one goes, the next ones are."""
    folder = ""
    for item in (node, *(node.items or ())):
        if item.text:
            yield PipelineScript(item.text, item.text_line, may_fail, folder)
            if goes := _GOES.match(item.text):
                there = posixpath.normpath(posixpath.join(folder, goes.group(1)))
                folder = "" if there.startswith((".", "/", "$")) else there
