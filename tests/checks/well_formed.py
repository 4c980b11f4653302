"""Whether a page's snippet is what its language says it is: one reader for each language, which raises on a fault."""

from __future__ import annotations

import ast
import configparser
import json
import tomllib
from collections.abc import Callable

import tree_sitter_bash
import tree_sitter_go
import tree_sitter_javascript
import tree_sitter_rust
import tree_sitter_typescript
import yaml
from tree_sitter import Language, Parser

from checks.facts.dockerfile_reader import instructions
from checks.facts.makefile import Makefile

_INSTRUCTIONS = {
    *(
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "ONBUILD",
        "RUN",
    ),
    *("SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"),
}
_WORKFLOW = {"name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"}
_JOB = _WORKFLOW - {"on", "jobs"} | {
    *("needs", "if", "runs-on", "environment", "outputs", "steps", "timeout-minutes", "strategy"),
    *("continue-on-error", "container", "services", "uses", "with", "secrets"),
}
_STEP = {
    *("id", "if", "name", "uses", "run", "shell", "with", "env", "working-directory", "timeout-minutes"),
    "continue-on-error",
}
_COMPOSE = {"name", "include", "services", "networks", "volumes", "configs", "secrets"}


def read(language: str, text: str) -> None:
    """Raise whatever says that the text isn't well-formed."""
    READERS[language](text)


def _any(_: str) -> None:
    """A language whose reader would refuse nothing, or that nothing here reads."""


def _json(text: str) -> None:
    json.loads(text)


def _toml(text: str) -> None:
    tomllib.loads(text)


def _python(text: str) -> None:
    compile(text, "snippet", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _ini(text: str) -> None:
    configparser.ConfigParser(strict=False, interpolation=None).read_string(text)


def _dockerfile(text: str) -> None:
    unknown = [i.keyword for i in instructions(text) if i.keyword.upper() not in _INSTRUCTIONS]
    assert not unknown, f"no instructions of a Dockerfile: {unknown}"


def _make(text: str) -> None:
    assert Makefile.extract(text).targets, "no target"


def _yaml(text: str) -> None:
    """YAML, and in form as what it is: a workflow, steps, a compose file, a Kubernetes object."""
    for document in yaml.load_all(text, yaml.BaseLoader):  # `on` stays a word
        if isinstance(document, list):
            _steps(document)
        elif "jobs" in document:
            _keys(document, _WORKFLOW)
            for job in document["jobs"].values():
                _keys(job, _JOB)
                _steps(job.get("steps", []))
        elif "services" in document:
            _keys(document, _COMPOSE)
        elif "kind" in document:
            assert {"apiVersion", "metadata"} <= document.keys(), (
                "a Kubernetes object says its version and its name"
            )


def _steps(listed: list[object]) -> None:
    for step in listed:
        if isinstance(step, dict) and {"run", "uses"} & step.keys():
            _keys(step, _STEP)
            assert len({"run", "uses"} & step.keys()) == 1, f"a step runs or uses: {step}"


def _keys(mapping: dict[str, object], known: set[str]) -> None:
    assert mapping.keys() <= known, f"no keys of it: {sorted(mapping.keys() - known)}"


def _grammar(pointer: object) -> Callable[[str], None]:
    parser = Parser(Language(pointer))

    def parsed(text: str) -> None:
        assert not parser.parse(text.encode()).root_node.has_error, "the grammar finds a fault"

    return parsed


READERS: dict[str, Callable[[str], None]] = {
    "bash": _grammar(tree_sitter_bash.language()),
    "dockerfile": _dockerfile,
    "gitignore": _any,
    "go": _grammar(tree_sitter_go.language()),
    "ini": _ini,
    "javascript": _grammar(tree_sitter_javascript.language()),
    "json": _json,
    "make": _make,
    "makefile": _make,
    "markdown": _any,
    "python": _python,
    "rust": _grammar(tree_sitter_rust.language()),
    "sh": _grammar(tree_sitter_bash.language()),
    "terraform": _any,
    "text": _any,
    "toml": _toml,
    "typescript": _grammar(tree_sitter_typescript.language_typescript()),
    "yaml": _yaml,
}
